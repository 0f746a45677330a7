package io.leat.runtime.operator.over;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.type.Schema;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/** Tells the rows of partitions with what window functions say of them. */
public final class OverOperator extends PartitionOperator {
    private final BytesResult bytes;
    private final OrderedPartition partition;
    private final WindowFunctions functions;
    private final RowBytes results;

    /**
     * @param totals are closed with it
     */
    public OverOperator(
            NodeSpec.Over spec,
            List<FrameTotals> totals,
            KeyedState state,
            Outputs outputs,
            int batchRows,
            BufferAllocator allocator) {
        super(spec.rows(), spec.inputs().size(), state, outputs, batchRows, allocator);
        this.bytes = new BytesResult(allocator);
        this.partition = new OrderedPartition(form, rows.form(), allocator);
        this.functions = new WindowFunctions(spec, totals, allocator);
        Schema added = functions.schema();
        this.results =
                new RowBytes(added, IntStream.range(0, added.leaves().size()).toArray());
    }

    @Override
    public void after(long of, int length) {
        if (form.changes()) {
            look(of, length, after);
            ToldRows.compare(before, after, this::tell);
        }
    }

    @Override
    void look(long of, int length, ToldRows into) {
        into.clear();
        cursor.seek(of, length);
        partition.load(cursor, of, length, into);
        RowList said = functions.of(partition);
        for (int row = 0; row < partition.size(); row++) {
            bytes.clear();
            results.pack(said.batch(row), RowList.at(row), bytes);
            into.tell(row, bytes.address(), bytes.length());
        }
    }

    private void tell(ToldRows told, int index, int weight) {
        int row = out.begin(told.row(index), weight);
        results.unpack(told.told(index), out.batch(), out.firstAdded(), row);
        out.end();
    }

    @Override
    void complete(KeyedState.Cursor at, long of, int length) {
        partition.load(at, of, length, null);
        RowList said = functions.of(partition);
        for (int row = 0; row < partition.size(); row++) {
            int to = out.begin(partition.rows(), row);
            for (int leaf = 0; leaf < said.schema().leaves().size(); leaf++) {
                out.batch().column(out.firstAdded() + leaf).copy(said.column(row, leaf), RowList.at(row), to);
            }
            out.end();
        }
    }

    @Override
    public void close() {
        super.close();
        bytes.close();
        partition.close();
        functions.close();
    }
}
