package io.leat.compiler.logical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.FrameSpec;
import io.leat.runtime.job.FrameSpec.BoundKind;
import io.leat.runtime.job.RankFunction;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@link LogicalPlan.Over} computes for each row from the rows of its partition. Arguments speak of the input's columns. */
public sealed interface WindowCall {
    /** The name of its column. */
    String name();

    Type type();

    boolean nullable();

    /** Everything that is computed from the rows before the partition is looked at. */
    List<Expr> arguments();

    /** The same call with other arguments, as many as {@link #arguments} has. */
    WindowCall withArguments(List<Expr> arguments);

    /** Where it stands in the query. */
    Origin at();

    /** The row's place in the order of its partition, as a number or a share. */
    record Ranking(RankFunction function, String name, Origin at) implements WindowCall {
        @Override
        public Type type() {
            return function.isShare() ? Type.DOUBLE : Type.BIGINT;
        }

        @Override
        public boolean nullable() {
            return false;
        }

        @Override
        public List<Expr> arguments() {
            return List.of();
        }

        @Override
        public WindowCall withArguments(List<Expr> arguments) {
            return this;
        }
    }

    /** {@code NTILE}: the partition in so many parts of nearly the same size, from 1. */
    record Tile(long buckets, String name, Origin at) implements WindowCall {
        public Tile {
            Plans.check(buckets > 0, "a partition in no parts");
        }

        @Override
        public Type type() {
            return Type.BIGINT;
        }

        @Override
        public boolean nullable() {
            return false;
        }

        @Override
        public List<Expr> arguments() {
            return List.of();
        }

        @Override
        public WindowCall withArguments(List<Expr> arguments) {
            return this;
        }
    }

    /**
     * {@code LAG} and {@code LEAD}: a value of the row that stands so many rows away.
     *
     * @param distance positive for rows behind this one, negative for rows before it
     * @param fallback what stands for a row that is not there, of this row, of the value's type; NULL without it
     * @param ignoreNulls whether rows with a NULL value do not count
     */
    record Shift(Expr value, long distance, Optional<Expr> fallback, boolean ignoreNulls, String name, Origin at)
            implements WindowCall {
        public Shift {
            Plans.check(fallback.isEmpty() || fallback.get().type().equals(value.type()), "a fallback of another type");
        }

        @Override
        public Type type() {
            return value.type();
        }

        @Override
        public boolean nullable() {
            return value.nullable() || fallback.isEmpty() || fallback.get().nullable();
        }

        @Override
        public List<Expr> arguments() {
            return fallback.map(each -> List.of(value, each)).orElse(List.of(value));
        }

        @Override
        public WindowCall withArguments(List<Expr> arguments) {
            Optional<Expr> other = fallback.map(each -> arguments.get(1));
            return new Shift(arguments.get(0), distance, other, ignoreNulls, name, at);
        }
    }

    /**
     * {@code FIRST_VALUE}, {@code LAST_VALUE} and {@code NTH_VALUE}: a value of one row of the frame.
     *
     * @param rank which row, from 1; negative if counted from the end
     * @param ignoreNulls whether rows with a NULL value do not count
     */
    record Pick(Expr value, long rank, boolean ignoreNulls, Frame frame, String name, Origin at) implements WindowCall {
        public Pick {
            Plans.check(rank != 0, "ranks count from 1");
        }

        @Override
        public Type type() {
            return value.type();
        }

        /** A frame may be empty, or too short. */
        @Override
        public boolean nullable() {
            return true;
        }

        @Override
        public List<Expr> arguments() {
            return List.of(value);
        }

        @Override
        public WindowCall withArguments(List<Expr> arguments) {
            return new Pick(arguments.get(0), rank, ignoreNulls, frame, name, at);
        }
    }

    /** An aggregate over the rows of the frame. */
    record Total(AggregateCall call, Frame frame) implements WindowCall {
        @Override
        public String name() {
            return call.name();
        }

        @Override
        public Type type() {
            return call.function().result();
        }

        @Override
        public boolean nullable() {
            return call.function().nullable();
        }

        @Override
        public List<Expr> arguments() {
            List<Expr> arguments = new ArrayList<>();
            call.argument().ifPresent(arguments::add);
            call.filter().ifPresent(arguments::add);
            return arguments;
        }

        @Override
        public WindowCall withArguments(List<Expr> arguments) {
            Optional<Expr> argument = call.argument().map(each -> arguments.get(0));
            Optional<Expr> filter = call.filter().map(each -> arguments.get(arguments.size() - 1));
            AggregateCall changed =
                    new AggregateCall(call.function(), argument, call.distinct(), filter, call.name(), call.at());
            return new Total(changed, frame);
        }

        @Override
        public Origin at() {
            return call.at();
        }
    }

    /**
     * Which rows around a row an aggregate is made of.
     *
     * @param exclusion what is taken out of them
     */
    record Frame(FrameSpec.Unit unit, Bound start, Bound end, FrameSpec.Exclusion exclusion) {
        /** All rows of the partition. */
        public static final Frame ALL =
                new Frame(FrameSpec.Unit.ROWS, Bound.FIRST, Bound.LAST, FrameSpec.Exclusion.NONE);

        /** From the first row to the last equal of this one: what stands for no frame where there is an order. */
        public static final Frame SO_FAR =
                new Frame(FrameSpec.Unit.RANGE, Bound.FIRST, Bound.CURRENT, FrameSpec.Exclusion.NONE);
    }

    /**
     * An end of a frame.
     *
     * @param distance of an end that is PRECEDING or FOLLOWING: never negative; a BIGINT for ROWS and GROUPS, otherwise a number of the
     *     order's type or an interval
     */
    record Bound(BoundKind kind, Optional<Expr.Literal> distance) {
        public static final Bound FIRST = new Bound(BoundKind.UNBOUNDED_PRECEDING, Optional.empty());
        public static final Bound CURRENT = new Bound(BoundKind.CURRENT_ROW, Optional.empty());
        public static final Bound LAST = new Bound(BoundKind.UNBOUNDED_FOLLOWING, Optional.empty());

        public Bound {
            Plans.check(kind.isOffset() == distance.isPresent(), "a bound with the wrong distance");
        }
    }
}
