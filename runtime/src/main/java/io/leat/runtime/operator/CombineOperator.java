package io.leat.runtime.operator;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.pipeline.Pipeline;
import io.leat.runtime.state.PartialGroups;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Groups the rows of this worker before an exchange, so that groups move instead of rows, as long as they are fewer: if a sample of rows
 * makes more than half as many groups, rows pass as they are for a while, and then there is another sample.
 *
 * <p>Groups move on before each watermark and at the end of each epoch, so whoever keeps them knows what he would know of the rows.
 */
public final class CombineOperator implements Operator {
    /** How many groups wait at most, besides those of a batch; of as many rows at least a sample is. */
    public static final int MAX_GROUPS = 2048;
    /** How many times a sample passes before the next one. */
    private static final int PASSING = 128;

    private final Pipeline update;
    private final PartialGroups groups;
    private final int maxGroups;
    private final Watermarks watermarks;
    private final Outputs outputs;
    private final Batch out;
    /** Rows of the sample so far, and the groups they made. */
    private long rowsTaken;

    private long groupsMade;
    /** Rows that still pass. */
    private long passing;

    /**
     * @param update puts rows into the groups
     * @param maxGroups how many groups wait at most, besides those of a batch
     */
    public CombineOperator(
            Pipeline update,
            PartialGroups groups,
            int maxGroups,
            int inputs,
            Outputs outputs,
            int batchRows,
            BufferAllocator allocator) {
        this.update = update;
        this.groups = groups;
        this.maxGroups = maxGroups;
        this.watermarks = new Watermarks(inputs);
        this.outputs = outputs;
        this.out = new Batch(PartialGroups.SCHEMA, batchRows, allocator);
    }

    @Override
    public void accept(int input, Batch rows) {
        if (passing > 0) {
            passing -= rows.rows();
            outputs.accept(rows);
            return;
        }
        if (!fits(rows)) {
            flush();
            if (!fits(rows)) {
                sampled(rows.rows(), rows.rows());
                outputs.accept(rows);
                return;
            }
        }
        update.process(rows);
        rowsTaken += rows.rows();
        if (groups.entries() >= maxGroups) {
            flush();
        }
    }

    private boolean fits(Batch rows) {
        int firstEnd = rows.columns() - 2;
        return groups.hasPlaceFor(rows, firstEnd - 1, firstEnd);
    }

    private void sampled(long rows, long made) {
        rowsTaken += rows;
        groupsMade += made;
        if (rowsTaken >= maxGroups) {
            passing = 2 * groupsMade > rowsTaken ? (long) PASSING * maxGroups : 0;
            rowsTaken = 0;
            groupsMade = 0;
        }
    }

    private void flush() {
        long made = groups.entries();
        groups.moveTo(out, this::send);
        send();
        sampled(0, made);
    }

    private void send() {
        outputs.flush(out);
    }

    @Override
    public void watermark(int input, long watermark) {
        if (watermarks.advance(input, watermark)) {
            flush();
            outputs.watermark(watermarks.current());
        }
    }

    @Override
    public long entries() {
        return groups.entries();
    }

    @Override
    public void save(StateWriter out) {
        // At the end of an epoch all groups have moved on.
    }

    @Override
    public void restore(StateReader in) {
        // Nothing was saved.
    }

    @Override
    public void endEpoch(long epoch) {
        flush();
    }

    @Override
    public boolean isDone() {
        return outputs.isDone();
    }

    @Override
    public void close() {
        update.close();
        groups.close();
        out.close();
    }
}
