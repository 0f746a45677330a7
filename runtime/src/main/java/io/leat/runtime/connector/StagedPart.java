package io.leat.runtime.connector;

import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A complete file of rows that is seen when its epoch is decided.
 *
 * @param staged where it waits
 * @param target where it is seen
 * @param checksum of its bytes, CRC32C
 */
public record StagedPart(Path staged, Path target, long rows, long bytes, int checksum) {
    private static final int BUFFER_BYTES = 64 << 10;

    /**
     * Lets the file be seen; may be called any number of times, by several processes. False if it is neither in the one place nor in the
     * other. The directory is not synced.
     *
     * @param check whether to read the file before: it was written by another process
     * @throws ConnectorException if it is not the file that was staged, or cannot be moved
     */
    public boolean show(Disk disk, boolean check) {
        try {
            if (!disk.exists(target)) {
                if (check) {
                    check(disk);
                }
                disk.move(staged, target);
            } else if (disk.size(target) != bytes) {
                throw damaged(target, "has " + disk.size(target) + " bytes and not " + bytes);
            }
            return true;
        } catch (NoSuchFileException e) {
            return disk.exists(target); // another process was faster
        } catch (IOException e) {
            throw new ConnectorException(
                    Kind.IO, "'" + staged + "' cannot be moved to '" + target + "': " + Disk.reason(e), e);
        }
    }

    private void check(Disk disk) throws IOException {
        CRC32C sum = new CRC32C();
        long length = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = disk.read(staged)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sum.update(buffer, 0, read);
                length += read;
            }
        }
        if (length != bytes) {
            throw damaged(staged, "ends at byte " + length + " and not at " + bytes);
        }
        if ((int) sum.getValue() != checksum) {
            throw damaged(
                    staged,
                    "is damaged: bytes 0 to " + bytes + " have the CRC32C " + Integer.toHexString((int) sum.getValue())
                            + " and not " + Integer.toHexString(checksum));
        }
    }

    private static ConnectorException damaged(Path file, String how) {
        return new ConnectorException(Kind.IO, "'" + file + "', which holds rows of a decided epoch, " + how);
    }
}
