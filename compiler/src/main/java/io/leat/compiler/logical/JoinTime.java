package io.leat.compiler.logical;

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
     * microseconds. A pair with a time that is NULL does not match.
     */
    record Interval(TimeColumn left, TimeColumn right, long from, long to) implements JoinTime {
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
     * An event time.
     *
     * @param shift what is to be added to the column, in microseconds: the bound of a window is its event time plus a constant
     */
    record TimeColumn(int column, long shift) {
        TimeColumn map(IntUnaryOperator moved) {
            return new TimeColumn(moved.applyAsInt(column), shift);
        }
    }
}
