package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Schema;
import io.leat.runtime.window.Windowing;
import java.util.List;
import java.util.Optional;

/** Where the rows of a pipeline end up. */
public sealed interface Terminal {
    Origin at();

    /**
     * Rows written to batches that go on to the next operator.
     *
     * @param weighted whether the first column of the schema is the weight of a change, passed on from the input
     */
    record Emit(List<Expr> columns, Schema schema, boolean weighted, Origin at) implements Terminal {
        public Emit {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Rows written to batches that an exchange spreads over workers, for an aggregate there: the weight if the aggregate wants one,
     * keys and arguments, then slice, first window end and hash.
     */
    record EmitSliced(
            List<Expr> keys, List<Expr> arguments, Slicing slicing, boolean weighted, Schema schema, Origin at)
            implements Terminal {
        public EmitSliced {
            keys = List.copyOf(keys);
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * Rows written to batches for an operator that keeps them by key: keys, columns, then a hash, by which an exchange and the
     * virtual partition go.
     *
     * @param hashed the keys, or some of them where rows stay on the worker that they were brought to by these
     * @param weighted whether the first column of the schema is the weight of a change: that of the input, or 1
     * @param late which rows the operator would refuse, so that they stop here, where their partition's watermark is known; empty if it
     *     takes all, or none can be late
     */
    record EmitKeyed(
            List<Expr> keys,
            List<Expr> hashed,
            List<Expr> columns,
            boolean weighted,
            Optional<LateRule> late,
            Schema schema,
            Origin at)
            implements Terminal {
        public EmitKeyed {
            keys = List.copyOf(keys);
            hashed = List.copyOf(hashed);
            columns = List.copyOf(columns);
        }
    }

    /**
     * A row is late if {@code time + allowance <= watermark}. For a window the time is its end; where a row must not be before the
     * watermark, it is its event time, with an allowance of one. A row whose time is NULL is never late.
     *
     * @param allowance in microseconds
     */
    record LateRule(Expr time, long allowance) {}

    /**
     * A value written into a column of the batch that is being worked on: the computed event time of a source.
     *
     * @param leaf the leaf that takes it
     */
    record Complete(Expr value, int leaf, Origin at) implements Terminal {}

    /**
     * Whether a condition is TRUE, written into a column of the batch that is being worked on.
     *
     * @param leaf the leaf that takes it
     */
    record Mark(Expr condition, int leaf, Origin at) implements Terminal {}

    /**
     * Rows put into the groups of an aggregate.
     *
     * @param keys in the order of the layout's keys
     * @param inputs one per aggregate call
     */
    record Update(HashAggregation aggregation, List<Expr> keys, List<Input> inputs, Slicing slicing, Origin at)
            implements Terminal {
        public Update {
            keys = List.copyOf(keys);
            inputs = List.copyOf(inputs);
        }
    }

    /** What one aggregate call takes from a row. */
    record Input(Optional<Expr> argument, Optional<Expr> filter) {}

    /** Which piece of state a row belongs to. */
    sealed interface Slicing {

        /** Groups over all rows. */
        record None() implements Slicing {}

        /** By the slice of event time; late for windows that its partition's watermark has passed. */
        record ByTime(Expr time, Windowing windowing, boolean judged) implements Slicing {}

        /**
         * By the end of a window: the row carries the bounds of its window, because it was expanded to its windows before, or
         * because it is a result of that window.
         *
         * @param bound a column of the row's window
         * @param toEnd how far the end of the window lies behind that column
         */
        record ByEnd(Expr bound, long toEnd, boolean judged) implements Slicing {}

        /** As the sending side of an exchange decided. */
        record Decided(Expr slice, Expr firstEnd) implements Slicing {}
    }
}
