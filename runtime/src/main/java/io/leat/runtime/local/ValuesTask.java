package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.window.Windowing;
import java.util.List;

/** Yields rows that stand in the query. */
final class ValuesTask implements AutoCloseable {
    private final List<Batch> batches;
    private final Outputs outputs;
    private int next;
    private boolean ended;

    /**
     * @param batches owned by this task from now on
     */
    ValuesTask(List<Batch> batches, Outputs outputs) {
        this.batches = batches;
        this.outputs = outputs;
    }

    boolean step() {
        if (ended) {
            return false;
        }
        if (next < batches.size()) {
            outputs.accept(batches.get(next++));
        } else {
            ended = true;
            outputs.watermark(Windowing.END);
        }
        return true;
    }

    boolean isEnded() {
        return ended;
    }

    void stop() {
        ended = true;
    }

    @Override
    public void close() {
        batches.forEach(Batch::close);
    }
}
