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
        }
    }

    /**
     * Emits a group as it is now, with a weight in the first column: 1 when it appears, -1 when it goes away.
     *
     * @param at the number of the position of the aggregate
     */
    protected final void emitChange(
            AggregateTable groups, long entry, long windowStart, long windowEnd, int weight, int at) {
        if (weight < 0 && out.rows() + 1 == out.capacity()) {
            // What takes its place comes in the same batch, so that nobody's rows come between.
            flush();
        }
        int row = out.rows();
        try {
            groups.emit(entry, windowStart, windowEnd, out, row);
        } catch (RowError error) {
            throw new DataException(position(at), error);
        }
        out.column(0).putLong(row, weight);
        out.rows(row + 1);
        if (out.isFull()) {
            flush();
        }
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
