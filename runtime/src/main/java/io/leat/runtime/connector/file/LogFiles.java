package io.leat.runtime.connector.file;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceReader.Status;
import io.leat.runtime.connector.file.log.LoggedFile;
import io.leat.runtime.connector.file.log.TableLog;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The files of a log one after another, and then those of entries that come: they are looked for by their number. A position counts the
 * bytes or rows of all files before, which stay as they are, so that it means the same in each start.
 */
final class LogFiles<R extends SourceReader> {
    private final TableLog log;
    private final boolean untilNow;
    private final Opener<R> opener;
    private final String unit;
    private final ToLongFunction<LoggedFile> length;
    /** How many files were begun. */
    private int begun;
    /** Where the file behind them begins. */
    private long end;

    private R current;
    private Map<String, Object> constants = Map.of();

    /** Opens a file of the table. */
    interface Opener<R> {
        /**
         * @param base how many bytes or rows are in the files before it
         */
        R open(LoggedFile file, long base);
    }

    /**
     * @param untilNow whether to stop at the last entry that was read at the start
     */
    private LogFiles(TableLog log, boolean untilNow, Opener<R> opener, String unit, ToLongFunction<LoggedFile> length) {
        this.log = log;
        this.untilNow = untilNow;
        this.opener = opener;
        this.unit = unit;
        this.length = length;
    }

    /** Files in which positions count bytes. */
    static <R extends SourceReader> LogFiles<R> ofBytes(TableLog log, boolean untilNow, Opener<R> opener) {
        return new LogFiles<>(log, untilNow, opener, "bytes of rows", LoggedFile::bytes);
    }

    /** Files in which positions count rows. */
    static <R extends SourceReader> LogFiles<R> ofRows(TableLog log, boolean untilNow, Opener<R> opener) {
        return new LogFiles<>(log, untilNow, opener, "rows", LoggedFile::rows);
    }

    /** Reads from the file that is next to be read. */
    Status poll(Function<R, Status> read) {
        while (current != null || advance()) {
            Status status = read.apply(current);
            if (status != Status.END) {
                return status;
            }
            current.close();
            current = null;
        }
        return untilNow ? Status.UP_TO_NOW : Status.CAUGHT_UP;
    }

    /** Begins the next file; false if there is none yet. */
    private boolean advance() {
        while (begun == log.files().size()) {
            if (untilNow || !log.next()) {
                return false;
            }
        }
        begin(log.files().get(begun));
        return true;
    }

    private void begin(LoggedFile file) {
        current = opener.open(file, end);
        constants = current.constants();
        begun++;
        end += length.applyAsLong(file);
    }

    void seek(String from) {
        long position = Long.parseLong(from);
        while (end < position) {
            if (begun == log.files().size()) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        "a log has " + end + " " + unit + ", and " + position
                                + " were read when the state was saved: it is an older copy of the table");
            }
            LoggedFile file = log.files().get(begun);
            if (position < end + length.applyAsLong(file)) {
                begin(file);
                current.seek(from);
                return;
            }
            begun++;
            end += length.applyAsLong(file);
        }
    }

    String position() {
        return current == null ? Long.toString(end) : current.position();
    }

    String identity() {
        return log.id();
    }

    long remaining() {
        long remaining = current == null ? 0 : current.remaining();
        for (LoggedFile file : log.files().subList(begun, log.files().size())) {
            remaining += file.bytes();
        }
        return remaining;
    }

    /** The file that is read; null if none is. */
    R current() {
        return current;
    }

    /** Of the file that was polled last. */
    Map<String, Object> constants() {
        return constants;
    }

    void close() {
        if (current != null) {
            current.close();
        }
    }
}
