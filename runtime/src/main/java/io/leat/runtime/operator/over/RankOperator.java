package io.leat.runtime.operator.over;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.RankFunction;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.state.KeyedState;
import org.apache.arrow.memory.BufferAllocator;

/** Tells the first rows of each partition. Where rows never go away, none is kept that is not among the first. */
public final class RankOperator extends PartitionOperator {
    private final NodeSpec.Rank spec;
    private final Ranks ranks;
    private final BytesResult told;

    /** From now on the state is the operator's, which closes it. */
    public RankOperator(
            NodeSpec.Rank spec, KeyedState state, Outputs outputs, int batchRows, BufferAllocator allocator) {
        super(spec.rows(), spec.inputs().size(), state, outputs, batchRows, allocator);
        this.spec = spec;
        this.ranks = new Ranks(allocator);
        this.told = new BytesResult(allocator);
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

    @Override
    void look(long of, int length, ToldRows into) {
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

    @Override
    void complete(KeyedState.Cursor at, long of, int length) {
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
    public void close() {
        super.close();
        ranks.close();
        told.close();
    }
}
