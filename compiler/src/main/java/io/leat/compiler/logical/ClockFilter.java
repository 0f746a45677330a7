package io.leat.compiler.logical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.Traits.Changelog;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type.TimestampType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The rows for which a condition on the clock holds, as long as it does: a row is there from the last of some moments on and until the
 * first of others, and goes when that has come. A row of which a moment is NULL is never there.
 *
 * @param from none for rows that are there at once
 * @param until none for rows that stay
 */
public record ClockFilter(LogicalPlan input, List<Moment> from, List<Moment> until, Origin at) implements LogicalPlan {
    public ClockFilter {
        from = List.copyOf(from);
        until = List.copyOf(until);
        Plans.check(!from.isEmpty() || !until.isEmpty(), "a condition on the clock without moments");
        List<Field> fields = input.output();
        Plans.concat(from, until).forEach(moment -> Plans.checkColumns(moment.time(), fields));
    }

    /**
     * A moment of the clock, told by a row.
     *
     * @param shift how far behind {@code time} it is, in microseconds
     */
    public record Moment(Expr time, long shift) {
        public Moment {
            Plans.check(
                    time.type() instanceof TimestampType type && type.local() && !type.nanos(),
                    "a moment that is none of the clock");
        }

        /** The moment as rows tell it whose columns are others. */
        public Moment with(Expr newTime) {
            return new Moment(newTime, shift);
        }
    }

    @Override
    public List<Field> output() {
        return input.output();
    }

    /** No watermark speaks of rows that go: they may be of any age then. */
    @Override
    public Traits traits() {
        Traits traits = input.traits();
        return new Traits(traits.end(), Changelog.RETRACT, OptionalInt.empty(), Optional.empty(), traits.uniqueKeys());
    }

    @Override
    public List<LogicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public LogicalPlan withInputs(List<LogicalPlan> inputs) {
        return new ClockFilter(inputs.get(0), from, until, at);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.clockFilter(this);
    }
}
