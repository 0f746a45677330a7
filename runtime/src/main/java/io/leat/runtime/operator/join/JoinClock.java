package io.leat.runtime.operator.join;

import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.operator.Watermarks;
import io.leat.runtime.window.Windowing;

/**
 * The time of a join of two sides: when a row can have no partner any more, and what watermark goes on. All rows that come have times
 * that are not before the watermark of their side, so with {@code right + from <= left <= right + to} a row of the left side is done
 * with when the right side's watermark is above {@code left - from}, and one of the right side when the left side's is above
 * {@code right + to}. Without bound, or where it is open at that end, it is when the other side has ended.
 */
final class JoinClock {
    private static final int SLICES_IN_RANGE = 8;
    private static final long MIN_SLICE_MICROS = 1_000_000;

    private final int leftInputs;
    private final Watermarks left;
    private final Watermarks right;
    private final JoinBound bound;

    JoinClock(NodeSpec.StreamJoin spec) {
        this.leftInputs = spec.leftInputs();
        this.left = new Watermarks(leftInputs);
        this.right = new Watermarks(spec.inputs().size() - leftInputs);
        this.bound = spec.bound().orElse(null);
    }

    /** Notes the watermark of an input; true if that of its side moved. */
    boolean advance(int input, long watermark) {
        return input < leftInputs ? left.advance(input, watermark) : right.advance(input - leftInputs, watermark);
    }

    /** Whether the rows of a key are to be kept in the order of time, since partners are in a range of it. */
    boolean isOrdered() {
        return bound instanceof JoinBound.Distance;
    }

    /** The earliest time that a partner of a row of this side can have. */
    long earliestPartner(long time, boolean isLeft) {
        JoinBound.Distance distance = (JoinBound.Distance) bound;
        if (!distance.ends(!isLeft)) {
            return Windowing.NEVER;
        }
        return isLeft ? Windowing.minus(time, distance.to()) : Windowing.minus(time, -distance.from());
    }

    /** The latest time that a partner of a row of this side can have. */
    long latestPartner(long time, boolean isLeft) {
        JoinBound.Distance distance = (JoinBound.Distance) bound;
        if (!distance.ends(isLeft)) {
            return Windowing.END;
        }
        return isLeft ? Windowing.minus(time, distance.from()) : Windowing.minus(time, -distance.to());
    }

    /** Whether rows of this side can be done with before the other side ends, each in its own time. */
    boolean ends(boolean isLeft) {
        return bound instanceof JoinBound.Distance distance ? distance.ends(isLeft) : bound != null;
    }

    /** About how long slices should be in which rows are freed: few in the range of a row's partners, and not many of few rows. */
    long sliceWidth() {
        long range = 0;
        if (bound instanceof JoinBound.Distance distance) {
            long from = distance.ends(true) ? distance.from() : distance.to();
            long to = distance.ends(false) ? distance.to() : distance.from();
            range = distance.ends(true) && distance.ends(false) ? to - from : Math.abs(from);
        }
        return Math.max(MIN_SLICE_MICROS, range / SLICES_IN_RANGE);
    }

    /** What a row of this side is freed by: when {@link #dueUpTo} reaches it. */
    long due(long time, boolean isLeft) {
        if (bound instanceof JoinBound.Distance) {
            return latestPartner(time, isLeft);
        }
        return bound instanceof JoinBound.SameWindow ? time - 1 : Windowing.END;
    }

    /** Rows of this side with a due time up to here are free. */
    long dueUpTo(boolean isLeft) {
        long other = isLeft ? right.current() : left.current();
        if (bound instanceof JoinBound.SameWindow) {
            // A window is over when neither side can add to it; a side that has ended adds nothing to any window.
            return Windowing.minus(Math.min(left.current(), right.current()), 1);
        }
        return ends(isLeft) ? Windowing.minus(other, 1) : other;
    }

    /** Whether a partner can still come for a row of this side. */
    boolean mayHavePartner(long time, boolean isLeft) {
        boolean otherEnded = isLeft ? right.isEnd() : left.isEnd();
        if (otherEnded) {
            return false;
        }
        return !ends(isLeft) || due(time, isLeft) > dueUpTo(isLeft);
    }

    /** The watermark of what is emitted. Without bound in time there is none before the end. */
    long forward() {
        if (left.isEnd() && right.isEnd()) {
            return Windowing.END;
        }
        if (bound instanceof JoinBound.Distance distance) {
            if (!distance.ends(true)) {
                return Windowing.NEVER;
            }
            return Math.min(left.current(), Windowing.minus(right.current(), -distance.from()));
        }
        return bound instanceof JoinBound.SameWindow ? Math.min(left.current(), right.current()) : Windowing.NEVER;
    }
}
