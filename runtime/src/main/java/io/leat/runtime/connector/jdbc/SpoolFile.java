package io.leat.runtime.connector.jdbc;

import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.connector.StagedSink;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A file of changes that wait for their epoch to be decided: sections as those of a snapshot, each behind its length and the number of its
 * entries. The first one says which columns rows have; the others have rows, each a kind and the bytes of
 * {@link io.leat.runtime.state.RowBytes}. That nothing is damaged follows from the checksum of the whole file, which whoever reads it has.
 */
final class SpoolFile {
    private static final int SECTION_ROWS = 256;
    private static final int BUFFER_BYTES = 64 << 10;

    private final Disk disk;
    private final Path path;
    private final CheckedOutputStream checked;
    private final DataOutputStream out;
    private SectionWriter section = new SectionWriter();
    private long rows;

    private SpoolFile(Disk disk, Path path) throws IOException {
        this.disk = disk;
        this.path = path;
        this.checked = new CheckedOutputStream(new BufferedOutputStream(disk.create(path), BUFFER_BYTES), new CRC32C());
        this.out = new DataOutputStream(checked);
    }

    /** Begins a file that must not exist yet. */
    static SpoolFile create(Disk disk, Path path, SinkTable table) throws IOException {
        SpoolFile file = new SpoolFile(disk, path);
        file.section.entry();
        file.section.putText(form(table));
        file.endSection();
        return file;
    }

    /** What rows of a table look like here. */
    private static String form(SinkTable table) {
        return table.columns().sql() + " by " + table.keyNames();
    }

    void add(boolean goes, byte[] packed) throws IOException {
        section.entry();
        section.putByte(goes ? 1 : 0);
        section.putBytes(packed, packed.length);
        rows++;
        if (section.entries() == SECTION_ROWS) {
            endSection();
        }
    }

    private void endSection() throws IOException {
        byte[] bytes = section.toBytes();
        out.writeInt(bytes.length);
        out.writeLong(section.entries());
        out.write(bytes);
        section = new SectionWriter();
    }

    /** Completes the file, which stays after a loss of power when its directory is synced. */
    StagedPart complete(StagedSink.Run run) throws IOException {
        if (section.entries() > 0) {
            endSection();
        }
        out.close();
        disk.sync(path);
        return new StagedPart(run.sink(), path, Optional.empty(), rows, out.size(), (int)
                checked.getChecksum().getValue());
    }

    /** Removes the file. What cannot be removed is in nobody's way. */
    void discard() {
        try {
            out.close();
            disk.delete(path);
        } catch (IOException e) {
            // As above.
        }
    }

    /** Takes rows as they were written. */
    interface Receiver {
        void row(boolean goes, byte[] packed) throws SQLException;
    }

    /** Reads a file that was found undamaged. */
    static void read(Disk disk, Path path, SinkTable table, Receiver receiver) throws IOException, SQLException {
        try (DataInputStream in = new DataInputStream(disk.read(path))) {
            SectionReader first = section(in).orElseThrow(() -> StagedPart.damaged(path, "is empty"));
            first.next();
            String form = first.getText();
            if (!form.equals(form(table))) {
                throw StagedPart.damaged(
                        path,
                        "has rows of (" + form + "), and table " + table.name() + " is (" + form(table)
                                + ") now: start the query that was stopped once more");
            }
            Optional<SectionReader> section = section(in);
            while (section.isPresent()) {
                while (section.get().next()) {
                    boolean goes = section.get().getByte() != 0;
                    receiver.row(goes, section.get().getBytes());
                }
                section = section(in);
            }
        }
    }

    private static Optional<SectionReader> section(DataInputStream in) throws IOException {
        if (in.available() == 0) {
            return Optional.empty();
        }
        int length = in.readInt();
        long entries = in.readLong();
        return Optional.of(new SectionReader(in.readNBytes(length), entries));
    }
}
