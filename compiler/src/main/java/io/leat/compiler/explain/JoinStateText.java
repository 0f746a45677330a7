package io.leat.compiler.explain;

import io.leat.compiler.physical.Bound;
import io.leat.compiler.physical.PhysicalOperator.JoinStreams;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.job.NodeSpec.JoinSide;
import io.leat.runtime.type.Schema.Leaf;
import java.util.List;

/** What a join of two sides that go on keeps of each. */
final class JoinStateText {
    private final StateText state;
    private final Lines out;

    JoinStateText(StateText state, Lines out) {
        this.state = state;
        this.out = out;
    }

    void write(JoinStreams join) {
        side(join, true);
        side(join, false);
    }

    private void side(JoinStreams join, boolean isLeft) {
        String name = isLeft ? "left" : "right";
        JoinSide side = isLeft ? join.left() : join.right();
        boolean ordered = join.bound().isPresent() && join.bound().get() instanceof JoinBound.Distance;
        boolean alone = isLeft && join.kind().isDoneWithPartner(join.left(), join.right());
        String rows = alone ? "row without partner" : "row";
        out.add(
                0,
                join.id() + " join, " + name + " side: one entry per " + rows + ", by key"
                        + (ordered ? " and time" : ""));
        out.add(1, freed(join, isLeft));
        List<Leaf> leaves = side.schema().leaves();
        int firstKey = side.weighted() ? 1 : 0;
        int firstColumn = side.schema().firstLeaf(side.firstColumn());
        List<Leaf> keys = leaves.subList(firstKey, firstColumn);
        List<Leaf> columns = leaves.subList(firstColumn, leaves.size() - 1);
        out.add(
                1,
                "entry of " + KeyedBytes.keyAndRow(keys, ordered, columns) + ", and 20 bytes for weight and partners");
        if (ends(join, isLeft)) {
            out.add(1, "timer of 8 bytes and the entry's key");
        }
    }

    /** Whether rows of a side are freed before the other one ends. */
    private static boolean ends(JoinStreams join, boolean isLeft) {
        return join.bound().isPresent()
                && !(join.bound().get() instanceof JoinBound.Distance distance && !distance.ends(isLeft));
    }

    private String freed(JoinStreams join, boolean isLeft) {
        if (!ends(join, isLeft)) {
            Bound bound = isLeft ? join.leftKept() : join.rightKept();
            if (bound == Bound.INPUT) {
                return "bounded by its input; freed when the other side has ended";
            }
            return state.freed(
                    bound,
                    "",
                    join.at(),
                    (isLeft ? join.rightKept() : join.leftKept()) == Bound.CLOCK
                            ? "let the rows of this side leave as time passes, too"
                            : join.bound().isEmpty()
                                    ? "bound the join in time, or let the rows of both sides EXPIRE AFTER a time"
                                    : "let the rows of this side EXPIRE AFTER a time, too");
        }
        if (join.bound().get() instanceof JoinBound.Distance distance) {
            long beyond = isLeft ? -distance.from() : distance.to();
            return "freed when the watermark of the other side passes the row's time"
                    + (beyond == 0 ? "" : (beyond < 0 ? " - " : " + ") + Durations.text(Math.abs(beyond)));
        }
        return "freed when the watermarks of both sides pass the end of its window";
    }
}
