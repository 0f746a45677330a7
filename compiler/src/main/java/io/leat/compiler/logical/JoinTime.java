package io.leat.compiler.logical;

import io.leat.runtime.job.NodeSpec.JoinBound;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * How a join of streams is bound in time, which says what rows are late for it and what frees its state. Decided when a query is bound:
 * recognising more later would change which rows are late.
 */
public sealed interface JoinTime {

    /** The same bound over columns that have moved. */
    JoinTime map(IntUnaryOperator left, IntUnaryOperator right);

    /** No bound: any row may match any other one, whenever it comes. */
    record Unbounded() implements JoinTime {
        @Override
        public JoinTime map(IntUnaryOperator left, IntUnaryOperator right) {
            return this;
        }
    }

    /**
     * Event times lie apart by at least {@code from} and at most {@code to}: {@code right + from <= left <= right + to}, in
     * microseconds. A pair with a time that is NULL does not match. Where rows of one side only expire, one end is open, and rows of
     * the other side are never done with.
     */
    record Interval(TimeColumn left, TimeColumn right, long from, long to) implements JoinTime {
        /** For {@code from}: rows of the left side match however much later the right one is. */
        public static final long OPEN_FROM = JoinBound.Distance.OPEN_FROM;
        /** For {@code to}: rows of the right side match however much later the left one is. */
        public static final long OPEN_TO = JoinBound.Distance.OPEN_TO;

        /** Whether rows of the left side are done with some time after their own. */
        public boolean endsLeft() {
            return from != OPEN_FROM;
        }

        /** Whether rows of the right side are done with some time after their own. */
        public boolean endsRight() {
            return to != OPEN_TO;
        }

        /** Whether one end is open. */
        public boolean isOpen() {
            return !endsLeft() || !endsRight();
        }

        /** The same with the sides changed. */
        public Interval turned() {
            return new Interval(right, left, endsRight() ? -to : OPEN_FROM, endsLeft() ? -from : OPEN_TO);
        }

        @Override
        public JoinTime map(IntUnaryOperator ofLeft, IntUnaryOperator ofRight) {
            return new Interval(left.map(ofLeft), right.map(ofRight), from, to);
        }
    }

    /** Both rows belong to the same window, which ends at the time in these columns. */
    record SameWindow(int leftEnd, int rightEnd) implements JoinTime {
        @Override
        public JoinTime map(IntUnaryOperator left, IntUnaryOperator right) {
            return new SameWindow(left.applyAsInt(leftEnd), right.applyAsInt(rightEnd));
        }
    }

    /**
     * Of the rows of the right side with equal keys and {@code right + from <= left <= right + to}, the last one in time. Where several
     * have that time, it is the last of them by {@code ties}, or, if there are none, by the columns that are asked for.
     *
     * @param to {@link Long#MAX_VALUE} if a row of the right side stands until the next one comes
     * @param timed whether both columns are event times, so that watermarks tell when a row can be answered, and when one of the right
     *     side is over; otherwise the right side has an end, and rows of the left side wait for it
     * @param ties columns of the right side that say where rows stand in their sources
     * @param gone a column of the right side that says whether a row ends the one before it and is none itself; -1 if none does
     * @param first whether of rows at the same time the first one counts
     */
    record AsOf(
            TimeColumn left,
            TimeColumn right,
            long from,
            long to,
            boolean timed,
            List<Integer> ties,
            int gone,
            boolean first)
            implements JoinTime {
        public AsOf {
            ties = List.copyOf(ties);
        }

        @Override
        public JoinTime map(IntUnaryOperator ofLeft, IntUnaryOperator ofRight) {
            List<Integer> moved = ties.stream().map(ofRight::applyAsInt).toList();
            int newGone = gone < 0 ? gone : ofRight.applyAsInt(gone);
            return new AsOf(left.map(ofLeft), right.map(ofRight), from, to, timed, moved, newGone, first);
        }

        /** The same of a right side of versions. */
        public AsOf ofVersions(int ended, boolean firstOfTime) {
            return new AsOf(left, right, from, to, timed, ties, ended, firstOfTime);
        }

        /** The same with the columns that say where rows of the right side stand. */
        public AsOf withTies(List<Integer> columns) {
            return new AsOf(left, right, from, to, timed, columns, gone, first);
        }
    }

    /**
     * Rows of a table outside as they are now, asked for by key.
     *
     * @param left columns of the left side with the key
     * @param right columns of the right side, which is the table, that have to equal them
     */
    record Lookup(List<Integer> left, List<Integer> right) implements JoinTime {
        public Lookup {
            left = List.copyOf(left);
            right = List.copyOf(right);
        }

        @Override
        public JoinTime map(IntUnaryOperator ofLeft, IntUnaryOperator ofRight) {
            return new Lookup(
                    left.stream().map(ofLeft::applyAsInt).toList(),
                    right.stream().map(ofRight::applyAsInt).toList());
        }
    }

    /**
     * An event time, or another number to go by.
     *
     * @param shift what is to be added to the column, in microseconds: the bound of a window is its event time plus a constant
     */
    record TimeColumn(int column, long shift) {
        TimeColumn map(IntUnaryOperator moved) {
            return new TimeColumn(moved.applyAsInt(column), shift);
        }
    }
}
