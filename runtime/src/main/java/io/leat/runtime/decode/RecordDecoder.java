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
    private RejectReason reason;
    private int reasonColumn;
    private long skipped;

    /** Receives what a decoder has to say of records. */
    public interface Listener {
        /** The row just written comes from this record of the chunk. */
        void decoded(int row, int origin);

        /** A record became no row. */
        void rejected(RecordChunk chunk, int origin, String reason);

        /** A record without value was passed over. */
        void absent(int origin);
    }

    protected RecordDecoder(DecoderContext context) {
        this.schema = context.schema();
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
        while (!chunk.isExhausted() && !batch.isFull()) {
            int origin = chunk.position();
            if (chunk.isLines()) {
                decodeLine(chunk, origin, listener);
            } else {
                decodeRecord(chunk, origin, listener);
            }
        }
    }

    private void decodeLine(RecordChunk chunk, int origin, Listener listener) {
        long start = chunk.address(origin);
        if (chunk.offset(origin) == 0) {
            if ((Memory.getInt(start) & 0xFFFFFF) == BYTE_ORDER_MARK) {
                start += 3;
            }
            if (isHeader(start, chunk)) {
                chunk.position(chunk.next(origin));
                return;
            }
        }
        int row = out.rows();
        long end = record(start, row);
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
            listener.rejected(chunk, origin, describe());
        }
    }

    private void decodeRecord(RecordChunk chunk, int origin, Listener listener) {
        chunk.position(chunk.next(origin));
        int length = chunk.length(origin);
        if (length < 0) {
            listener.absent(origin);
            return;
        }
        int row = out.rows();
        long start = chunk.address(origin);
        if (length >= 3 && (Memory.getInt(start) & 0xFFFFFF) == BYTE_ORDER_MARK) {
            start += 3;
        }
        long end = length > MAX_RECORD_BYTES ? fail(RejectReason.TOO_LARGE, -1) : record(start, row);
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
            listener.rejected(chunk, origin, describe());
        }
    }

    private void finish(int row, int origin, Listener listener) {
        out.rows(row + 1);
        listener.decoded(row, origin);
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
        for (int i = 0; i < out.columns(); i++) {
            Column column = out.column(i);
            if (out.rows() < out.capacity()) {
                column.putNull(row);
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
            return reason.name() + ": " + explain();
        }
        Schema.Leaf leaf = schema.leaves().get(reasonColumn);
        return reason.name() + "(" + leaf.path() + "): " + explain(leaf.type());
    }

    private String explain() {
        return switch (reason) {
            case MALFORMED -> "not a well-formed record";
            case NOT_AN_OBJECT -> "not a JSON object";
            case BAD_UTF8 -> "not valid UTF-8";
            case TOO_DEEP -> "more than " + JsonScanner.MAX_DEPTH + " levels deep";
            case TOO_LARGE -> "larger than " + (MAX_RECORD_BYTES >> 20) + " MiB";
            case FIELD_COUNT -> "another number of fields than the table has columns";
            case TYPE_MISMATCH, OUT_OF_RANGE, MISSING_VALUE -> "not a value of its column";
        };
    }

    private String explain(Type type) {
        return switch (reason) {
            case TYPE_MISMATCH -> "not a value of type " + type.sql();
            case OUT_OF_RANGE -> "no value that " + type.sql() + " can hold";
            case MISSING_VALUE -> "no value, but the column is NOT NULL";
            default -> explain();
        };
    }

    @Override
    public void close() {
        // Nothing to free here; subclasses may have scratch space.
    }
}
