package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.Literals;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.type.Schema;
import io.leat.runtime.window.Windowing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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

    /** A task for the rows of a node, in batches made by {@code newBatch}. */
    static ValuesTask of(NodeSpec.Values literals, Function<Schema, Batch> newBatch, Outputs outputs) {
        List<Batch> batches = new ArrayList<>();
        Batch batch = null;
        for (List<String> row : literals.rows()) {
            if (batch == null || batch.isFull()) {
                batch = newBatch.apply(literals.schema());
                batches.add(batch);
            }
            for (int i = 0; i < row.size(); i++) {
                Literals.put(batch.column(i), batch.rows(), row.get(i));
            }
            batch.rows(batch.rows() + 1);
        }
        return new ValuesTask(batches, outputs);
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
