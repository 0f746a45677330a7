package io.leat.runtime.connector;

import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A complete file of rows that are seen when their epoch is decided.
 *
 * @param sink whose rows they are, as {@link StagedSink.Run} names it
 * @param staged where it waits
 * @param target where it is seen; empty if its rows are written somewhere else
 * @param checksum of its bytes, CRC32C
 */
public record StagedPart(String sink, Path staged, Optional<Path> target, long rows, long bytes, int checksum) {
    private static final int BUFFER_BYTES = 64 << 10;

    /**
     * Reads the file where it waits.
     *
     * @throws ConnectorException if it is not the file that was staged
     * @throws java.nio.file.NoSuchFileException if it is not there
     */
    public void check(Disk disk) throws IOException {
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

    /** A file with rows of a decided epoch is not as it was. */
    public static ConnectorException damaged(Path file, String how) {
        return new ConnectorException(Kind.IO, "'" + file + "', which holds rows of a decided epoch, " + how);
    }
}
