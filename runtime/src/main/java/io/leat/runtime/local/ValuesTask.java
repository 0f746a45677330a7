package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.Literals;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.state.Restorable;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.type.Schema;
import io.leat.runtime.window.Windowing;
import java.util.List;
import java.util.function.Function;

/** Yields rows that stand in the query. */
final class ValuesTask implements Restorable, AutoCloseable {
    private final Schema schema;
    /** As text, as {@link Literals} writes them. */
    private final List<List<String>> rows;

    private final Function<Schema, Batch> newBatch;
    private final Outputs outputs;
    private int next;
    private boolean ended;

    private ValuesTask(Schema schema, List<List<String>> rows, Function<Schema, Batch> newBatch, Outputs outputs) {
        this.schema = schema;
        this.rows = rows;
        this.newBatch = newBatch;
        this.outputs = outputs;
    }

    /**
     * @param yields whether this worker yields the rows of the node; otherwise it only says that there are none
     */
    static ValuesTask of(NodeSpec.Values literals, boolean yields, Function<Schema, Batch> newBatch, Outputs outputs) {
        return new ValuesTask(literals.schema(), yields ? literals.rows() : List.of(), newBatch, outputs);
    }

    boolean step() {
        if (ended) {
            return false;
        }
        if (next < rows.size()) {
            yieldRows();
        } else {
            ended = true;
            outputs.watermark(Windowing.END);
        }
        return true;
    }

    private void yieldRows() {
        try (Batch batch = newBatch.apply(schema)) {
            for (; next < rows.size() && !batch.isFull(); next++) {
                List<String> row = rows.get(next);
                for (int i = 0; i < row.size(); i++) {
                    Literals.put(batch.column(i), batch.rows(), row.get(i));
                }
                batch.rows(batch.rows() + 1);
            }
            outputs.accept(batch);
        }
    }

    @Override
    public void save(StateWriter out) {
        SectionWriter whole = out.whole();
        whole.entry();
        whole.putInt(next);
    }

    @Override
    public void restore(StateReader in) {
        in.wholeOfAll(whole -> {
            whole.next();
            next = Math.min(rows.size(), Math.max(next, whole.getInt()));
        });
    }

    boolean isEnded() {
        return ended;
    }

    void stop() {
        ended = true;
    }

    @Override
    public void close() {
        // Holds nothing between steps.
    }
}
