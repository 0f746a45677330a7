package io.leat.runtime.connector.file;

import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.decode.CsvLines;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.decode.RecordDecoder;

/**
 * Where records begin and end: at line ends, except those that stand in a quoted CSV field. Also finds, byte by byte, the end of
 * a record that is not kept because it is too large. One per reader.
 */
final class RecordBounds {
    /** A record of which this much was read without its end is cut there: enough for a decoder to see that it is too large. */
    static final int CUT_BYTES = RecordDecoder.MAX_RECORD_BYTES + 1;

    private final boolean quoting;
    private final byte delimiter;
    private final byte quote;
    private State state;

    /** Where the search for the end of a record stands. */
    private enum State {
        FIELD_START,
        PLAIN,
        QUOTED,
        /** Behind a quote in a quoted field: the end of the field, or the first of two that stand for one. */
        QUOTE_SEEN
    }

    private RecordBounds(boolean quoting, byte delimiter, byte quote) {
        this.quoting = quoting;
        this.delimiter = delimiter;
        this.quote = quote;
    }

    static RecordBounds of(FormatSpec format) {
        if (!format.name().equals("csv")) {
            return new RecordBounds(false, (byte) 0, (byte) 0);
        }
        byte delimiter = (byte) format.setting("field-delimiter", ",").charAt(0);
        byte quote = (byte) format.setting("quote-character", "\"").charAt(0);
        return new RecordBounds(true, delimiter, quote);
    }

    /** Starts a chunk whose first byte stands at this position of the file. */
    void begin(RecordChunk chunk, long position) {
        if (quoting) {
            chunk.beginCsv(position, delimiter, quote);
        } else {
            chunk.beginLines(position);
        }
    }

    /** How many bytes of a chunk are whole records. */
    int wholeRecords(RecordChunk chunk) {
        long from = chunk.base();
        long to = from + chunk.size();
        long end = quoting
                ? CsvLines.wholeRecordsEnd(from, to, delimiter, quote)
                : Math.max(from, CsvLines.lastLineEnd(from, to) + 1);
        return (int) (end - from);
    }

    /** The next bytes given to {@link #recordEnd} are the first ones of a record. */
    void beginRecord() {
        state = quoting ? State.FIELD_START : State.PLAIN;
    }

    /** The index behind the end of the record, which goes on with these bytes, or -1 if it is not among them. */
    int recordEnd(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = bytes[i];
            if (c == '\n' && state != State.QUOTED) {
                return i + 1;
            }
            if (quoting) {
                state = next(c);
            }
        }
        return -1;
    }

    private State next(byte c) {
        return switch (state) {
            case QUOTED -> c == quote ? State.QUOTE_SEEN : State.QUOTED;
            case QUOTE_SEEN -> c == quote ? State.QUOTED : afterPlain(c);
            case FIELD_START -> c == quote ? State.QUOTED : afterPlain(c);
            case PLAIN -> afterPlain(c);
        };
    }

    private State afterPlain(byte c) {
        return c == delimiter ? State.FIELD_START : State.PLAIN;
    }
}
