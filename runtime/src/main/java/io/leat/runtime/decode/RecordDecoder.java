package io.leat.runtime.decode;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.kernel.Encodings;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;

/**
 * Turns raw records into rows of a batch: the base of generated decoders, which know the columns that are used.
 *
 * <p>Calling order: {@link #beginPartition} once, then {@link #decode} for each chunk until it is exhausted. A record that is no
 * row is reported and takes no row. One decoder per partition; one thread at a time.
 */
public abstract class RecordDecoder implements AutoCloseable {
    /** Records above this size are rejected without being looked into. */
    public static final int MAX_RECORD_BYTES = 16 << 20;

    private static final long BYTE_ORDER_MARK = 0xBFBBEFL;

    protected final Schema schema;
    private Batch out;
    /** Takes records apart that tell what happened to a row; null where a record is a row. */
    private DebeziumEnvelope envelope;
    /** Whether an update tells the row before it, too. */
    private boolean tellsBefore;
    /** What the rows of the last record do, one or two, and the number of them. */
    private final RowChange[] changes = new RowChange[2];

    private int changed;
    private RejectReason reason;
    private int reasonColumn;
    private String change;
    private long skipped;

    /** Receives what a decoder has to say of records. */
    public interface Listener {
        /** The row just written comes from this record of the chunk. */
        void decoded(int row, int origin);

        /** A record became no row. The reason begins with the name of {@code why}. */
        void rejected(RecordChunk chunk, int origin, RejectReason why, String reason);

        /** A record without value was passed over. */
        void absent(int origin);

        /** What the row just reported as decoded does, in a changelog; otherwise every row comes. */
        default void changed(int row, RowChange change) {
            throw new IllegalStateException("a table of rows has a change");
        }

        /** Whether a record without value says that a row goes: it becomes one without values, to be found by the key of the record. */
        default boolean takesAbsent() {
            return false;
        }
    }

    protected RecordDecoder(DecoderContext context) {
        this.schema = context.schema();
    }

    /**
     * Records are changes as Debezium writes them.
     *
     * @param before whether an update is two rows, the old one and the new one; otherwise the new one
     */
    public final void readChanges(boolean isLines, boolean before) {
        envelope = new DebeziumEnvelope(isLines);
        tellsBefore = before;
    }

    /** The next chunk begins a partition. */
    public void beginPartition() {
        // Most formats have nothing at the start of a partition.
    }

    /** Decodes records until the batch is full or the chunk is exhausted. */
    public final void decode(RecordChunk chunk, Batch batch, Listener listener) {
        if (out != batch) {
            out = batch;
            bind(batch);
        }
        while (!chunk.isExhausted() && hasRoom(batch)) {
            int origin = chunk.position();
            if (chunk.isLines()) {
                decodeLine(chunk, origin, listener);
            } else {
                decodeRecord(chunk, origin, listener);
            }
        }
    }

    /** A change may be two rows, which stand in the same batch. */
    private boolean hasRoom(Batch batch) {
        return !batch.isFull() && (!tellsBefore || batch.rows() + 2 <= batch.capacity());
    }

    private void decodeLine(RecordChunk chunk, int origin, Listener listener) {
        long start = chunk.address(origin);
        if (chunk.isFirstOfFile(origin)) {
            if ((Memory.getInt(start) & 0xFFFFFF) == BYTE_ORDER_MARK) {
                start += 3;
            }
            if (isHeader(start, chunk)) {
                chunk.position(chunk.next(origin));
                return;
            }
        }
        int row = out.rows();
        long end = envelope == null ? record(start, row) : changes(start, row);
        if (end > 0) {
            finish(row, origin, listener);
            chunk.position((int) (end - chunk.base()));
        } else if (end == BLANK) {
            skipped++;
            chunk.position(chunk.next(origin));
        } else {
            undo(row);
            chunk.position(chunk.next(origin));
            if (chunk.position() - origin > MAX_RECORD_BYTES) {
                fail(RejectReason.TOO_LARGE, -1);
            }
            listener.rejected(chunk, origin, reason, describe());
        }
    }

    private void decodeRecord(RecordChunk chunk, int origin, Listener listener) {
        chunk.position(chunk.next(origin));
        int length = chunk.length(origin);
        int row = out.rows();
        if (length < 0) {
            if (listener.takesAbsent()) {
                undo(row);
                out.rows(row + 1);
                listener.decoded(row, origin);
                listener.changed(row, RowChange.GOES);
            } else {
                listener.absent(origin);
            }
            return;
        }
        long start = chunk.address(origin);
        if (length >= 3 && (Memory.getInt(start) & 0xFFFFFF) == BYTE_ORDER_MARK) {
            start += 3;
        }
        long end = length > MAX_RECORD_BYTES ? fail(RejectReason.TOO_LARGE, -1) : whole(start, row);
        if (end > 0 && end != chunk.address(origin) + length + 1) {
            end = fail(RejectReason.MALFORMED, -1);
        }
        if (end == BLANK) {
            end = fail(RejectReason.MALFORMED, -1);
        }
        if (end > 0) {
            finish(row, origin, listener);
        } else {
            undo(row);
            listener.rejected(chunk, origin, reason, describe());
        }
    }

    private long whole(long start, int row) {
        return envelope == null ? record(start, row) : changes(start, row);
    }

    private void finish(int row, int origin, Listener listener) {
        if (envelope == null) {
            out.rows(row + 1);
            listener.decoded(row, origin);
            return;
        }
        for (int i = 0; i < changed; i++) {
            out.rows(row + i + 1);
            listener.decoded(row + i, origin);
            listener.changed(row + i, changes[i]);
        }
    }

    /** Decodes a record that tells what happened: into this row, and if it is an update that tells both, the next one. */
    private long changes(long start, int row) {
        changed = 0;
        long end = envelope.read(start);
        if (end == BLANK) {
            return BLANK;
        }
        if (end < 0) {
            return fail(
                    end == DebeziumEnvelope.NOT_AN_OBJECT
                            ? RejectReason.NOT_AN_OBJECT
                            : end == JsonScanner.BAD_UTF8
                                    ? RejectReason.BAD_UTF8
                                    : end == JsonScanner.TOO_DEEP ? RejectReason.TOO_DEEP : RejectReason.MALFORMED,
                    -1);
        }
        boolean told = switch (envelope.op()) {
            case 'c', 'r' -> change(envelope.after(), "no row after it", RowChange.COMES, row);
            case 'd' -> change(envelope.before(), "no row before it", RowChange.GOES, row);
            case 'u' ->
                (!tellsBefore
                                || change(
                                        envelope.before(),
                                        "no row before it, and the table no primary key",
                                        RowChange.GIVES_WAY,
                                        row))
                        && change(envelope.after(), "no row after it", RowChange.COMES, row + changed);
            default -> lacks("no op of c, r, u or d");
        };
        return told ? end : -1;
    }

    private boolean change(long row, String missing, RowChange what, int to) {
        if (row == 0) {
            return lacks(missing);
        }
        if (image(row, to) < 0) {
            return false;
        }
        changes[changed++] = what;
        return true;
    }

    /** The record is no change, for it lacks what one needs; false. */
    private boolean lacks(String missing) {
        change = missing;
        fail(RejectReason.BAD_CHANGE, -1);
        return false;
    }

    /** Decodes a JSON object inside a record into a row, every column of it; answers with the address behind it, or negative. */
    protected long image(long address, int row) {
        throw new IllegalStateException("only JSON has rows inside records");
    }

    /** Decodes a part of a record that has bytes of its own, such as its key, into a row that is not counted yet. */
    public final boolean decodePart(long address, int length, Batch batch, int row) {
        if (out != batch) {
            out = batch;
            bind(batch);
        }
        return record(address, row) == address + length + 1;
    }

    private void undo(int row) {
        int last = Math.min(row + changed, out.capacity() - 1);
        for (int i = 0; i < out.columns(); i++) {
            Column column = out.column(i);
            for (int each = row; each <= last; each++) {
                column.putNull(each);
            }
        }
    }

    /** How many blank lines were passed over. */
    public final long skipped() {
        return skipped;
    }

    // ---- for generated decoders
    // ----------------------------------------------------------------------------------------

    /** What {@link #record} answers for a line without anything on it. */
    protected static final long BLANK = 0;

    /** Takes the columns that the decoder fills. */
    protected abstract void bind(Batch batch);

    /**
     * Decodes the record that begins here into the row, every column of it.
     *
     * @return the address behind the record and its terminator, {@link #BLANK}, or what {@link #fail} answers
     */
    protected abstract long record(long address, int row);

    /** Whether the first line of a file is no record but names columns. */
    protected boolean isHeader(long address, RecordChunk chunk) {
        return false;
    }

    /** Notes why the record is no row; the answer is negative. {@code column} is a leaf, or -1. */
    protected final long fail(RejectReason why, int column) {
        reason = why;
        reasonColumn = column;
        return -1;
    }

    /** Decodes base 64; false if the text is none. */
    protected static boolean fromBase64(long address, int length, BytesResult result) {
        try {
            Encodings.fromBase64(address, length, result);
            return true;
        } catch (RowError e) {
            return false;
        }
    }

    /** Why the last record was rejected, in words. */
    private String describe() {
        if (reasonColumn < 0) {
            return reason.name() + ": " + explain(reason);
        }
        Schema.Leaf leaf = schema.leaves().get(reasonColumn);
        return reason.name() + "(" + leaf.path() + "): " + explain(leaf.type());
    }

    /** What is wrong with a record as a whole, in words. */
    String explain(RejectReason why) {
        return switch (why) {
            case MALFORMED -> "not a well-formed record";
            case NOT_AN_OBJECT -> "not a JSON object";
            case BAD_UTF8 -> "not valid UTF-8";
            case TOO_DEEP -> "more than " + JsonScanner.MAX_DEPTH + " levels deep";
            case TOO_LARGE -> "larger than " + (MAX_RECORD_BYTES >> 20) + " MiB";
            case BAD_CHANGE -> "a change with " + change;
            case UNKNOWN_FIELD -> "a name that no column has";
            case DUPLICATE_KEY -> "the name of a column comes twice";
            case FIELD_COUNT -> "another number of fields than the table has columns";
            case TYPE_MISMATCH, OUT_OF_RANGE, MISSING_VALUE -> "not a value of its column";
        };
    }

    private String explain(Type type) {
        return switch (reason) {
            case TYPE_MISMATCH -> "not a value of type " + type.sql();
            case OUT_OF_RANGE -> "no value that " + type.sql() + " can hold";
            case MISSING_VALUE -> "no value, but the column is NOT NULL";
            default -> explain(reason);
        };
    }

    @Override
    public void close() {
        // Nothing to free here; subclasses may have scratch space.
    }
}
