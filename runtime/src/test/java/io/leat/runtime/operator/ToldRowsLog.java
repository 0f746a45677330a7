package io.leat.runtime.operator;

import io.leat.runtime.batch.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes what an operator tells, columns of whole numbers, and sums it up. */
public final class ToldRowsLog extends Receiver {
    private final boolean weighted;
    private final Map<List<Long>, Long> rows = new HashMap<>();

    /**
     * @param weighted whether the first column is a weight
     */
    public ToldRowsLog(boolean weighted) {
        this.weighted = weighted;
    }

    /** Outputs that lead here. */
    public Outputs outputs() {
        Outputs outputs = new Outputs();
        outputs.add(this, 0);
        return outputs;
    }

    /** How many times each row is there, rows that are not left out. */
    public Map<List<Long>, Long> rows() {
        return rows;
    }

    @Override
    public void accept(int input, Batch batch) {
        for (int number = 0; number < batch.rows(); number++) {
            List<Long> row = new ArrayList<>();
            for (int leaf = weighted ? 1 : 0; leaf < batch.columns(); leaf++) {
                row.add(batch.column(leaf).getLong(number));
            }
            long weight = weighted ? batch.column(0).getLong(number) : 1;
            rows.merge(row, weight, (old, more) -> old + more == 0 ? null : old + more);
        }
    }

    @Override
    public void watermark(int input, long watermark) {
        // Rows are looked at, not times.
    }
}
