package io.leat.runtime.operator.over;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Rows of partitions on their way out: a packed row is taken apart, and the columns that go on stand behind the weight. */
final class RowOutput implements AutoCloseable {
    private final PartitionSpec spec;
    private final RowBytes form;
    private final Outputs outputs;
    private final Batch out;
    private final Batch unpacked;
    private final int[] from;
    private final int firstLeaf;

    /**
     * @param form how rows are packed
     */
    RowOutput(PartitionSpec spec, RowBytes form, Outputs outputs, int batchRows, BufferAllocator allocator) {
        this.spec = spec;
        this.form = form;
        this.outputs = outputs;
        this.out = new Batch(spec.output(), batchRows, allocator);
        List<Field> fields = spec.input().fields();
        this.unpacked = new Batch(new Schema(fields.subList(spec.firstKey(), fields.size() - 1)), 1, allocator);
        List<Integer> leaves = new ArrayList<>();
        for (int column : spec.columns()) {
            int position = column - spec.firstKey();
            for (int leaf = unpacked.schema().firstLeaf(position);
                    leaf < unpacked.schema().firstLeaf(position + 1);
                    leaf++) {
                leaves.add(leaf);
            }
        }
        this.from = leaves.stream().mapToInt(Integer::intValue).toArray();
        this.firstLeaf = spec.firstOutput();
    }

    Batch batch() {
        return out;
    }

    /** The leaf of the first column that the operator adds. */
    int firstAdded() {
        return firstLeaf + from.length;
    }

    /** Writes a packed row, and the weight if there is one; answers with the number of the row, for the columns that are added. */
    int begin(long packed, long weight) {
        unpacked.reset();
        form.unpack(packed, unpacked, 0, 0);
        int row = out.rows();
        if (spec.changes()) {
            out.column(0).putLong(row, weight);
        }
        for (int i = 0; i < from.length; i++) {
            out.column(firstLeaf + i).copy(unpacked.column(from[i]), 0, row);
        }
        return row;
    }

    /** As {@link #begin(long, long)}, of a row that is taken apart already, and has no weight. */
    int begin(RowList rows, int from) {
        int row = out.rows();
        for (int i = 0; i < this.from.length; i++) {
            out.column(firstLeaf + i).copy(rows.column(from, this.from[i]), RowList.at(from), row);
        }
        return row;
    }

    /** The row is complete. */
    void end() {
        out.rows(out.rows() + 1);
        if (out.isFull()) {
            outputs.flush(out);
        }
    }

    void flush() {
        outputs.flush(out);
    }

    @Override
    public void close() {
        out.close();
        unpacked.close();
    }
}
