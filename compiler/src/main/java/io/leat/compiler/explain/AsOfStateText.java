package io.leat.compiler.explain;

import io.leat.compiler.physical.Bound;
import io.leat.compiler.physical.PhysicalOperator.JoinStreams;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.job.NodeSpec.JoinSide;
import io.leat.runtime.type.Schema.Leaf;
import java.util.ArrayList;
import java.util.List;

/** What a join as of a time keeps: rows of the left side that wait for their answer, and rows of the right side that may be one. */
final class AsOfStateText {
    private AsOfStateText() {}

    static void write(JoinStreams join, JoinBound.AsOf bound, Lines out) {
        left(join, bound, out);
        right(join, bound, out);
    }

    private static void left(JoinStreams join, JoinBound.AsOf bound, Lines out) {
        out.add(0, join.id() + " join as of a time, left side: one entry per row that waits, by time");
        out.add(
                1,
                bound.timed()
                        ? "freed when the watermark of the right side passes the row's time" + shift(-bound.from())
                        : "freed when the right side has ended");
        out.add(
                1,
                "entry of " + KeyedBytes.keyAndRow(keys(join.left()), true, columns(join.left()))
                        + ", and 12 bytes for how often the row came");
    }

    private static void right(JoinStreams join, JoinBound.AsOf bound, Lines out) {
        out.add(0, join.id() + " join as of a time, right side: one entry per row, by key and time");
        out.add(
                1,
                bound.timed()
                        ? "freed when both watermarks pass the time of the next row of its key" + expiry(bound)
                        : "bounded by its input; freed when the left side has ended");
        if (bound.timed() && bound.to() == Long.MAX_VALUE && join.rightKept() == Bound.NOTHING) {
            out.add(
                    1,
                    bound.gone() < 0
                            ? "the last row of each key stays: bounded by the number of keys; EXPIRE AFTER on this side frees it"
                            : "the last row of each key stays until the key is deleted; EXPIRE AFTER on this side frees it");
        }
        List<Leaf> order = new ArrayList<>(keys(join.right()));
        List<Leaf> columns = columns(join.right());
        JoinSide side = join.right();
        for (int tie : bound.ties()) {
            int first = side.schema().firstLeaf(side.firstColumn() + tie);
            int last = side.schema().firstLeaf(side.firstColumn() + tie + 1);
            order.addAll(side.schema().leaves().subList(first, last));
        }
        out.add(1, "entry of " + KeyedBytes.keyAndRow(order, true, columns) + ", and 4 bytes for its key");
        if (bound.timed()) {
            out.add(1, "timer of 8 bytes and the entry's key");
        }
    }

    private static String expiry(JoinBound.AsOf bound) {
        return bound.to() == Long.MAX_VALUE ? "" : ", or its own time" + shift(bound.to() + 1);
    }

    private static String shift(long micros) {
        return micros == 0 ? "" : (micros < 0 ? " - " : " + ") + Durations.text(Math.abs(micros));
    }

    private static List<Leaf> keys(JoinSide side) {
        int firstKey = side.weighted() ? 1 : 0;
        return side.schema().leaves().subList(firstKey, side.schema().firstLeaf(side.firstColumn()));
    }

    private static List<Leaf> columns(JoinSide side) {
        List<Leaf> leaves = side.schema().leaves();
        return leaves.subList(side.schema().firstLeaf(side.firstColumn()), leaves.size() - 1);
    }
}
