package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.type.Schema;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Tells the rows of partitions with what window functions say of them: once, when the partition is complete, or with every change.
 * For a change the functions are asked before and after it, and the rows of which they say something else are told.
 */
final class OverOperator implements Operator, PartitionRows.Touched {
    private final PartitionSpec form;
    private final PartitionRows rows;
    private final KeyedState.Cursor cursor;
    private final BytesResult bytes;
    private final OrderedPartition partition;
    private final WindowFunctions functions;
    private final RowBytes results;
    private final RowOutput out;
    private final Watermarks watermarks;
    private final Outputs outputs;
    private final ToldRows before;
    private final ToldRows after;

    /**
     * @param totals are closed with it
     */
    OverOperator(
            NodeSpec.Over spec,
            List<FrameTotals> totals,
            KeyedState state,
            Outputs outputs,
            int batchRows,
            BufferAllocator allocator) {
        this.form = spec.rows();
        this.rows = new PartitionRows(form, state, allocator);
        this.cursor = rows.cursor();
        this.bytes = new BytesResult(allocator);
        this.partition = new OrderedPartition(form, rows.form(), allocator);
        this.functions = new WindowFunctions(spec, totals, allocator);
        Schema added = functions.schema();
        this.results =
                new RowBytes(added, IntStream.range(0, added.leaves().size()).toArray());
        this.out = new RowOutput(form, rows.form(), outputs, batchRows, allocator);
        this.watermarks = new Watermarks(spec.inputs().size());
        this.outputs = outputs;
        this.before = new ToldRows(allocator);
        this.after = new ToldRows(allocator);
    }

    /** How many rows are kept. */
    long entries() {
        return rows.entries();
    }

    @Override
    public void accept(int input, Batch batch) {
        rows.add(batch, this);
        out.flush();
    }

    // ---- changes
    // -------------------------------------------------------------------------------------------------------

    @Override
    public void before(long of, int length) {
        if (form.changes()) {
            look(of, length, before);
        }
    }

    @Override
    public void after(long of, int length) {
        if (form.changes()) {
            look(of, length, after);
            ToldRows.compare(before, after, this::tell);
        }
    }

    /** Notes the rows of a partition, and what is said of them. */
    private void look(long of, int length, ToldRows into) {
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

    // ---- complete partitions
    // -------------------------------------------------------------------------------------------

    @Override
    public void watermark(int input, long watermark) {
        if (!watermarks.advance(input, watermark)) {
            return;
        }
        rows.completeUpTo(watermarks.current(), cursor, bytes, this::complete);
        out.flush();
        if (form.windowed() || watermarks.isEnd()) {
            outputs.watermark(watermarks.current());
        }
    }

    private void complete(KeyedState.Cursor at, long of, int length) {
        if (form.changes()) {
            return;
        }
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
    public void endEpoch(long epoch) {
        rows.endEpoch();
    }

    @Override
    public boolean isDone() {
        return outputs.isDone();
    }

    @Override
    public void close() {
        rows.close();
        bytes.close();
        partition.close();
        functions.close();
        out.close();
        before.close();
        after.close();
    }
}
