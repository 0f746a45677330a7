package io.leat.runtime.connector.file.log;

import java.util.regex.Pattern;

/**
 * A file of a table, as the log says that it is.
 *
 * @param path its name in the directory of the table
 * @param crc32c of its bytes, in hex
 */
public record LoggedFile(String path, long rows, long bytes, String crc32c) {
    /** A name that leads nowhere else, and that no reader takes for something other than data. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{8}");

    /**
     * @throws IllegalArgumentException if no log says so
     */
    public LoggedFile {
        if (path == null || !NAME.matcher(path).matches()) {
            throw new IllegalArgumentException("'" + path + "' is no name of a file of a table");
        }
        if (crc32c == null || !CHECKSUM.matcher(crc32c).matches() || rows < 0 || bytes < 0) {
            throw new IllegalArgumentException("'" + path + "' has no length and checksum");
        }
    }

    public static LoggedFile of(String path, long rows, long bytes, int checksum) {
        return new LoggedFile(path, rows, bytes, hex(checksum));
    }

    /** A checksum as it stands here. */
    public static String hex(int checksum) {
        return String.format("%08x", checksum);
    }
}
