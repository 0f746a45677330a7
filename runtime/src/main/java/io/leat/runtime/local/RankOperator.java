package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.job.RankFunction;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.state.KeyedState;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Tells the first rows of each partition: once, when the partition is complete, or with every change. Where rows never go away, none is
 * kept that is not among the first.
 */
final class RankOperator implements Operator, PartitionRows.Touched {
    private final NodeSpec.Rank spec;
    private final PartitionSpec form;
    private final PartitionRows rows;
    private final KeyedState.Cursor cursor;
    private final BytesResult partition;
    private final Ranks ranks;
    private final RowOutput out;
    private final Watermarks watermarks;
    private final Outputs outputs;
    private final ToldRows before;
    private final ToldRows after;
    private final BytesResult told;

    RankOperator(NodeSpec.Rank spec, KeyedState state, Outputs outputs, int batchRows, BufferAllocator allocator) {
        this.spec = spec;
        this.form = spec.rows();
        this.rows = new PartitionRows(form, state, allocator);
        this.cursor = rows.cursor();
        this.partition = new BytesResult(allocator);
        this.ranks = new Ranks(allocator);
        this.out = new RowOutput(form, rows.form(), outputs, batchRows, allocator);
        this.watermarks = new Watermarks(spec.inputs().size());
        this.outputs = outputs;
        this.before = new ToldRows(allocator);
        this.after = new ToldRows(allocator);
        this.told = new BytesResult(allocator);
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
            if (spec.ranked() && spec.function() == RankFunction.ROW_NUMBER) {
                ToldRows.compareByPlace(before, after, this::tell);
            } else {
                ToldRows.compare(before, after, this::tell);
            }
        }
        if (!form.weighted()) {
            trim(of, length);
        }
    }

    /** Notes the first rows of a partition. */
    private void look(long of, int length, ToldRows into) {
        into.clear();
        ranks.begin();
        boolean inside = cursor.seek(of, length);
        while (inside && cursor.startsWith(of, length)) {
            for (long left = PartitionRows.count(cursor); left > 0; left--) {
                long place = ranks.next(cursor, spec.function());
                if (place > spec.limit()) {
                    return;
                }
                into.add(cursor);
                if (spec.ranked()) {
                    told.clear();
                    told.reserve(Long.BYTES);
                    told.length(Long.BYTES);
                    Memory.putLong(told.address(), place);
                    into.tell(into.size() - 1, told.address(), told.length());
                }
            }
            inside = cursor.next();
        }
    }

    /** Forgets the rows behind the first ones. */
    private void trim(long of, int length) {
        ranks.begin();
        boolean inside = cursor.seek(of, length);
        while (inside && cursor.startsWith(of, length)) {
            boolean needed = false;
            for (long left = PartitionRows.count(cursor); left > 0 && !needed; left--) {
                needed = ranks.next(cursor, spec.function()) <= spec.limit();
            }
            if (!needed) {
                cursor.remove();
            }
            inside = cursor.next();
        }
    }

    private void tell(ToldRows told, int index, int weight) {
        int row = out.begin(told.row(index), weight);
        if (spec.ranked()) {
            out.batch().column(out.firstAdded()).putLong(row, Memory.getLong(told.told(index)));
        }
        out.end();
    }

    // ---- complete partitions
    // -------------------------------------------------------------------------------------------

    @Override
    public void watermark(int input, long watermark) {
        if (!watermarks.advance(input, watermark)) {
            return;
        }
        rows.completeUpTo(watermarks.current(), cursor, partition, this::complete);
        out.flush();
        if (form.windowed() || watermarks.isEnd()) {
            outputs.watermark(watermarks.current());
        }
    }

    private void complete(KeyedState.Cursor at, long of, int length) {
        if (form.changes()) {
            return;
        }
        ranks.begin();
        boolean inside = true;
        while (inside && at.startsWith(of, length)) {
            for (long left = PartitionRows.count(at); left > 0; left--) {
                long place = ranks.next(at, spec.function());
                if (place > spec.limit()) {
                    return;
                }
                int row = out.begin(PartitionRows.row(at), 1);
                if (spec.ranked()) {
                    out.batch().column(out.firstAdded()).putLong(row, place);
                }
                out.end();
            }
            inside = at.next();
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
        partition.close();
        ranks.close();
        out.close();
        before.close();
        after.close();
        told.close();
    }
}
