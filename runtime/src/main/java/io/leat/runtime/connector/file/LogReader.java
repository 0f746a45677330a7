package io.leat.runtime.connector.file;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.file.log.LoggedFile;
import io.leat.runtime.connector.file.log.TableLog;
import io.leat.runtime.decode.RecordChunk;
import java.util.Map;

/**
 * Reads the files of a log one after another, and then those of entries that come: they are looked for by their number. A position counts the
 * bytes of all files before, which stay as they are, so that it means the same in each start.
 */
final class LogReader implements SourceReader.Records {
    private final TableLog log;
    private final boolean untilNow;
    private final Opener opener;
    /** How many files were begun. */
    private int begun;
    /** Where the file behind them begins. */
    private long end;

    private PlainFileReader current;
    private Map<String, Object> constants = Map.of();

    /** Opens a file of the table. */
    interface Opener {
        /**
         * @param base how many bytes are in the files before it
         */
        PlainFileReader open(LoggedFile file, long base);
    }

    /**
     * @param untilNow whether to stop at the last entry that was read at the start
     */
    LogReader(TableLog log, boolean untilNow, Opener opener) {
        this.log = log;
        this.untilNow = untilNow;
        this.opener = opener;
    }

    @Override
    public Status poll(RecordChunk chunk) {
        while (current != null || advance()) {
            Status status = current.poll(chunk);
            if (status != Status.END) {
                return status;
            }
            current.close();
            current = null;
        }
        return untilNow ? Status.END : Status.CAUGHT_UP;
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
        end += file.bytes();
    }

    @Override
    public void seek(String from) {
        long position = Long.parseLong(from);
        while (end < position) {
            if (begun == log.files().size()) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        "a log has " + end + " bytes of rows, and " + position
                                + " were read when the state was saved: it is an older copy of the table");
            }
            LoggedFile file = log.files().get(begun);
            if (position < end + file.bytes()) {
                begin(file);
                current.seek(from);
                return;
            }
            begun++;
            end += file.bytes();
        }
    }

    @Override
    public String position() {
        return current == null ? Long.toString(end) : current.position();
    }

    @Override
    public String identity() {
        return log.id();
    }

    @Override
    public long remaining() {
        long remaining = current == null ? 0 : current.remaining();
        for (LoggedFile file : log.files().subList(begun, log.files().size())) {
            remaining += file.bytes();
        }
        return remaining;
    }

    /** Of the file that was polled last. */
    @Override
    public Map<String, Object> constants() {
        return constants;
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
        }
    }
}
