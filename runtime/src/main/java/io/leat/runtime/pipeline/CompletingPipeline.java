package io.leat.runtime.pipeline;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.kernel.RowError;
import java.util.Arrays;

/**
 * Base of generated pipelines that compute one column of a source batch, its event time, from the others and write it into the
 * batch. A row for which that fails is no row of the source.
 */
public abstract class CompletingPipeline extends Pipeline {
    private boolean[] failed = new boolean[0];
    private String[] reasons = new String[0];
    private boolean anyFailed;

    protected CompletingPipeline(PipelineContext context) {
        super(context);
    }

    /** Computes the column for all rows; true if it could not for some. */
    public final boolean complete(Batch batch) {
        if (failed.length < batch.capacity()) {
            failed = new boolean[batch.capacity()];
            reasons = new String[batch.capacity()];
        } else if (anyFailed) {
            Arrays.fill(failed, false);
        }
        anyFailed = false;
        process(batch);
        return anyFailed;
    }

    /** Whether the column could not be computed, by row. */
    public final boolean[] failed() {
        return failed;
    }

    public final String reason(int row) {
        return reasons[row];
    }

    @Override
    protected final void failed(int row, RowError error, int at) {
        anyFailed = true;
        failed[row] = true;
        reasons[row] = error.reason().name() + " at " + position(at) + ": " + error.getMessage();
    }
}
