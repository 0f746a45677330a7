package io.leat.runtime.connector.file;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.file.log.LoggedFile;
import io.leat.runtime.connector.file.log.TableLog;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A file that the log of a table names: it has as many bytes as the log says, and, if it is read from its beginning to its end, the checksum. Otherwise
 * it is refused. Its writer may be moving it while it is opened.
 */
final class LoggedData extends DataFile {
    private static final int CHECKED_BYTES = 256 << 10;
    /** So that one look takes a moment only. */
    private static final int BLOCKS_PER_CHECK = 64;

    private final Disk disk;
    private final LoggedFile logged;
    private final Path place;
    private final Path staged;
    private final CRC32C sum = new CRC32C();
    /** How many bytes are summed up, from the first one on without a gap. */
    private long summed;

    LoggedData(Disk disk, TableLog log, LoggedFile logged, OpenFiles openFiles) {
        super(disk, log.place(logged), openFiles);
        this.disk = disk;
        this.logged = logged;
        this.place = log.place(logged);
        this.staged = log.staged(logged);
    }

    /** The file as it is now, which must have the length that the log says. */
    InputFile inspect() {
        try {
            try {
                return inspect(whereItIs());
            } catch (NoSuchFileException e) {
                return inspect(place); // it was moved behind the look
            }
        } catch (IOException e) {
            throw FileErrors.reading(place.toString(), e);
        }
    }

    private InputFile inspect(Path at) throws IOException {
        long size = disk.size(at);
        if (size != logged.bytes()) {
            throw damaged("has " + size + " bytes and not " + logged.bytes());
        }
        return new InputFile(place, false, size, disk.modifiedMicros(at));
    }

    private Path whereItIs() throws IOException {
        if (disk.exists(place)) {
            return place;
        }
        if (disk.exists(staged)) {
            return staged;
        }
        if (disk.exists(place)) {
            return place; // it was moved between the two looks
        }
        throw damaged("is gone");
    }

    @Override
    Disk.ReadFile open() throws IOException {
        Disk.ReadFile file;
        try {
            file = disk.open(whereItIs());
        } catch (NoSuchFileException e) {
            file = disk.open(place); // it was moved behind the look
        }
        if (file.size() != logged.bytes()) {
            long size = file.size();
            file.close();
            throw damaged("has " + size + " bytes and not " + logged.bytes());
        }
        return file;
    }

    @Override
    int read(long position, ByteBuffer into) throws IOException {
        int from = into.position();
        int wanted = into.remaining();
        int read = super.read(position, into);
        if (read < wanted && position + read < logged.bytes()) {
            throw damaged("ends at byte " + (position + read) + " and not at " + logged.bytes());
        }
        if (position <= summed && summed < position + read) {
            ByteBuffer more = into.duplicate();
            more.limit(from + read).position((int) (from + summed - position));
            sum.update(more);
            summed = position + read;
            checkSum();
        }
        return read;
    }

    /** Reads some of it, and compares the checksum in the end. */
    @Override
    boolean check() throws IOException {
        ByteBuffer block = ByteBuffer.allocate(CHECKED_BYTES);
        for (int blocks = 0; blocks < BLOCKS_PER_CHECK && summed < logged.bytes(); blocks++) {
            block.clear();
            block.limit((int) Math.min(block.capacity(), logged.bytes() - summed));
            read(summed, block);
        }
        return summed == logged.bytes();
    }

    private void checkSum() {
        String found = LoggedFile.hex((int) sum.getValue());
        if (summed == logged.bytes() && !found.equals(logged.crc32c())) {
            throw damaged(
                    "is damaged: bytes 0 to " + summed + " have the CRC32C " + found + " and not " + logged.crc32c());
        }
    }

    private ConnectorException damaged(String how) {
        return new ConnectorException(
                Kind.IO, "'" + place + "', of which the log says that it has " + logged.rows() + " rows, " + how);
    }
}
