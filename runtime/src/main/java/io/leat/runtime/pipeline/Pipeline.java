package io.leat.runtime.pipeline;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.kernel.Zone;
import io.leat.runtime.state.AggregateTable;
import io.leat.runtime.state.WindowState;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Base of generated pipelines: fused filters, projections and joins between two places where rows rest.
 *
 * <p>{@link #process} is called once per batch and leaves nothing pending. One thread at a time.
 */
public abstract class Pipeline implements AutoCloseable {
    private static final int NONE = -1;

    /** Where rows are written; full batches go on through {@link #flush}. Null if rows go into an aggregate. */
    protected final Batch out;
    /** Where groups are kept. Null if the pipeline feeds no aggregate. */
    protected final WindowState state;
    /** The zone of the job. */
    protected final Zone zone;
    /** The clock value of the epoch in microseconds: what {@code now()} is. */
    protected long now;

    private final List<String> positions;
    private final BufferAllocator allocator;
    private final List<BytesResult> results = new ArrayList<>();
    private Sender sender;

    /** Rows of {@code out} in which a group was taken back, and told last, with what is known of the latter. */
    private int takenBackRow = NONE;

    private int toldRow = NONE;
    private boolean toldLeaving;
    private AggregateTable toldGroups;
    private int toldOrdinal;
    private int toldGeneration;

    /** Takes a full output batch; it is empty when the call returns. */
    public interface Sender {
        void send(Batch batch);
    }

    protected Pipeline(PipelineContext context) {
        this.out = context.output();
        this.state = context.state();
        this.zone = context.zone();
        this.positions = context.positions();
        this.allocator = context.allocator();
    }

    public final void sendTo(Sender newSender) {
        sender = newSender;
    }

    /** Sets what {@code now()} is from here on. */
    public final void now(long wallMicros) {
        now = wallMicros;
    }

    /** Works on all rows of the batch and sends what comes of them. */
    public abstract void process(Batch in);

    /** Sends the rows written so far. */
    protected final void flush() {
        if (out.rows() > 0) {
            sender.send(out);
            out.reset();
            takenBackRow = NONE;
            toldRow = NONE;
        }
    }

    /**
     * Emits that a group is no more what it is now, before a row changes it. Where a row gives way to another one, what was told in
     * between is dropped.
     *
     * @param weight of the row
     * @param at the number of the position of the aggregate
     */
    protected final void takeBack(
            AggregateTable groups, long entry, long windowStart, long windowEnd, long weight, int at) {
        boolean between = weight > 0
                && toldLeaving
                && toldRow != NONE
                && toldRow == out.rows() - 1
                && toldGroups == groups
                && toldOrdinal == groups.ordinal(entry)
                && toldGeneration == groups.generation();
        if (between) {
            out.rows(toldRow);
            toldRow = NONE;
            return;
        }
        if (out.isFull() || out.rows() + 2 > out.capacity()) {
            // What takes its place comes in the same batch, so that nobody's rows come between.
            flush();
        }
        emit(groups, entry, windowStart, windowEnd, -1, at);
        takenBackRow = out.rows() - 1;
    }

    /** Emits a group as it is now that a row of this weight has changed it; nothing if it is what it was. */
    protected final void tell(
            AggregateTable groups, long entry, long windowStart, long windowEnd, long weight, int at) {
        if (out.isFull()) {
            flush();
        }
        emit(groups, entry, windowStart, windowEnd, 1, at);
        int row = out.rows() - 1;
        if (takenBackRow != NONE && takenBackRow == row - 1 && out.isSame(takenBackRow, row, 1)) {
            out.rows(takenBackRow);
            takenBackRow = NONE;
            toldRow = NONE;
            return;
        }
        toldRow = row;
        toldLeaving = weight < 0;
        toldGroups = groups;
        toldOrdinal = groups.ordinal(entry);
        toldGeneration = groups.generation();
    }

    private void emit(AggregateTable groups, long entry, long windowStart, long windowEnd, int weight, int at) {
        int row = out.rows();
        try {
            groups.emit(entry, windowStart, windowEnd, out, row);
        } catch (RowError error) {
            throw new DataException(position(at), error);
        }
        out.column(0).putLong(row, weight);
        out.rows(row + 1);
    }

    /** A place for the result of a call site, closed with the pipeline. */
    protected final BytesResult bytesResult() {
        BytesResult result = new BytesResult(allocator);
        results.add(result);
        return result;
    }

    /**
     * An expression had no value for a row. Where no source row stands behind the row, as here, the job cannot go on.
     *
     * @param at the number of the expression's position
     */
    protected void failed(int row, RowError error, int at) {
        throw new DataException(position(at), error);
    }

    protected final String position(int at) {
        return positions.get(at);
    }

    @Override
    public void close() {
        results.forEach(BytesResult::close);
        results.clear();
        if (out != null) {
            out.close();
        }
    }
}
