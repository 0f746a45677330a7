package io.leat.runtime.operator.join;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.operator.ClockedOperator;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.pipeline.DataException;
import io.leat.runtime.pipeline.Pipeline;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.window.Windowing;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Joins rows of two sides that go on. A row that comes meets the rows of the other side that are kept, and is kept itself as long as
 * partners can come. Rows have weights: those of a pair are multiplied, and a row has a partner if the weights of its partners do not
 * add up to 0.
 *
 * <p>What is due when, and what watermark goes on, is laid down in {@link JoinClock}. Pairs are found in {@link JoinProbe}.
 */
public final class StreamJoinOperator implements ClockedOperator {
    private final NodeSpec.StreamJoin spec;
    private final JoinKind kind;
    private final Outputs outputs;
    private final JoinRows left;
    private final JoinRows right;
    private final JoinClock clock;
    private final JoinProbe probe;
    private final Pipeline test;
    private final JoinOutput out;
    private final KeptRows.Leaving leavingLeft = (key, keyLength, value) -> left(key, value, true);
    private final KeptRows.Leaving leavingRight = (key, keyLength, value) -> left(key, value, false);
    private long forwarded = Windowing.NEVER;

    /**
     * @param test marks pairs; null if there is nothing to test
     */
    public StreamJoinOperator(
            NodeSpec.StreamJoin spec,
            Pipeline test,
            KeyedState.Factory states,
            Outputs outputs,
            int batchRows,
            BufferAllocator allocator) {
        this.spec = spec;
        this.kind = spec.kind();
        this.outputs = outputs;
        this.clock = new JoinClock(spec);
        this.left = new JoinRows(spec, clock, true, states, allocator);
        this.right = new JoinRows(spec, clock, false, states, allocator);
        this.out = new JoinOutput(spec, left.codec(), right.codec(), outputs, batchRows, allocator);
        this.test = test;
        this.probe = new JoinProbe(spec, left, right, clock, test, out, batchRows, allocator);
    }

    // ---- rows
    // ----------------------------------------------------------------------------------------------------------

    @Override
    public void accept(int input, Batch rows) {
        boolean isLeft = input < spec.leftInputs();
        try {
            for (int row = 0; row < rows.rows(); row++) {
                accept(rows, row, isLeft);
            }
        } catch (RowError error) {
            throw new DataException(spec.at(), error);
        }
        out.flush();
    }

    private void accept(Batch rows, int row, boolean isLeft) {
        JoinRows own = isLeft ? left : right;
        if (!own.read(rows, row, clock.isOrdered())) {
            alone(own, isLeft);
            return;
        }
        long partners = probe.find(own, isLeft);
        arrived(own, isLeft, partners);
    }

    /** A row that can have no partner, whatever comes. */
    private void alone(JoinRows own, boolean isLeft) {
        if (asks(isLeft) && kind != JoinKind.SEMI) {
            without(own.rowAddress(), isLeft, own.weight());
        }
    }

    /** Tells a row that has no partner. */
    private void without(long row, boolean isLeft, long weight) {
        if (kind == JoinKind.MARK) {
            out.marked(row, false, weight);
        } else {
            out.single(row, isLeft, weight);
        }
    }

    private boolean asks(boolean isLeft) {
        return isLeft ? kind.asksOfLeft() : kind.asksOfRight();
    }

    private void arrived(JoinRows own, boolean isLeft, long partners) {
        boolean stays = clock.mayHavePartner(own.time(), isLeft);
        boolean isDone = isLeft && partners != 0 && spec.isDoneWithPartner();
        if (asks(isLeft)) {
            if (partners == 0 && kind != JoinKind.SEMI && (spec.atOnce() || !stays)) {
                without(own.rowAddress(), isLeft, own.weight());
            } else if (partners != 0 && kind == JoinKind.SEMI) {
                out.single(own.rowAddress(), isLeft, own.weight());
            } else if (partners != 0 && kind == JoinKind.MARK) {
                out.marked(own.rowAddress(), true, own.weight());
            }
        }
        if (stays && !isDone) {
            own.keep(partners, clock.due(own.time(), isLeft));
        }
    }

    // ---- time
    // ----------------------------------------------------------------------------------------------------------

    @Override
    public void watermark(int input, long watermark) {
        if (!clock.advance(input, watermark)) {
            return;
        }
        free(left, true);
        free(right, false);
        out.flush();
        long next = clock.forward();
        if (next > forwarded) {
            forwarded = next;
            outputs.watermark(next);
        }
    }

    /** Lets go of rows that can have no partner any more. */
    private void free(JoinRows rows, boolean isLeft) {
        boolean isTold = asks(isLeft) && kind != JoinKind.SEMI && !spec.atOnce();
        KeptRows.Leaving receiver = !isTold ? null : isLeft ? leavingLeft : leavingRight;
        if (clock.ends(isLeft)) {
            rows.kept().freeUpTo(clock.dueUpTo(isLeft), receiver);
        } else if (clock.dueUpTo(isLeft) == Windowing.END) {
            rows.kept().freeAll(receiver);
        }
    }

    /** A row goes, and it is known whether it ever had a partner. */
    private void left(long key, long value, boolean isLeft) {
        if (KeptValue.partners(value) == 0) {
            without(key + KeptValue.rowOffset(value), isLeft, KeptValue.weight(value));
        }
    }

    @Override
    public void now(long wallMicros) {
        if (test != null) {
            test.now(wallMicros);
        }
    }

    /** How many rows are kept. */
    @Override
    public long entries() {
        return left.kept().entries() + right.kept().entries();
    }

    @Override
    public void save(StateWriter out) {
        left.kept().save(out.of("left"));
        right.kept().save(out.of("right"));
    }

    @Override
    public void restore(StateReader in) {
        left.kept().restore(in.of("left"));
        right.kept().restore(in.of("right"));
    }

    @Override
    public void endEpoch(long epoch) {
        left.kept().endEpoch();
        right.kept().endEpoch();
    }

    @Override
    public boolean isDone() {
        return outputs.isDone();
    }

    @Override
    public void close() {
        probe.close();
        out.close();
        left.close();
        right.close();
    }
}
