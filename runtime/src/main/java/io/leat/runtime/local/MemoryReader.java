package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.type.Schema;
import java.util.List;

/** Reads the rows of a table in memory, the columns that are used. */
final class MemoryReader implements SourceReader.Rows {
    private final List<Batch> rows;
    private final int[] leaves;
    private int batch;
    private int row;
    private long count;

    /**
     * @param rows stay their owner's
     */
    MemoryReader(List<Batch> rows, SourceSpec spec) {
        this.rows = rows;
        this.leaves = leaves(spec);
    }

    /** For each leaf of the columns that are read, its leaf in the table. */
    private static int[] leaves(SourceSpec spec) {
        Schema read = spec.schema();
        Schema declared = spec.declared();
        int[] leaves = new int[read.leaves().size()];
        int next = 0;
        for (Schema.Leaf leaf : read.leaves()) {
            for (int i = 0; i < declared.leaves().size(); i++) {
                if (declared.leaves().get(i).path().equals(leaf.path())) {
                    leaves[next] = i;
                }
            }
            next++;
        }
        return leaves;
    }

    @Override
    public Status poll(Batch into) {
        while (batch < rows.size() && row == rows.get(batch).rows()) {
            batch++;
            row = 0;
        }
        if (batch == rows.size()) {
            return Status.END;
        }
        Batch from = rows.get(batch);
        while (row < from.rows() && !into.isFull()) {
            int to = into.rows();
            for (int i = 0; i < leaves.length; i++) {
                into.column(i).copy(from.column(leaves[i]), row, to);
            }
            into.rows(to + 1);
            row++;
            count++;
        }
        return Status.DATA;
    }

    @Override
    public void seek(String from) {
        count = Long.parseLong(from);
        long left = count;
        while (batch < rows.size() && left >= rows.get(batch).rows()) {
            left -= rows.get(batch++).rows();
        }
        row = (int) left;
    }

    @Override
    public String position() {
        return Long.toString(count);
    }

    @Override
    public void close() {
        // The rows stay their owner's.
    }
}
