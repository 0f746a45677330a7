package io.leat.compiler.logical;

import io.leat.compiler.logical.Traits.Changelog;
import io.leat.compiler.logical.Traits.WindowColumns;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Field;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Rows with the session that they belong to: a run of rows with the same keys in which each is less than a gap behind the one before.
 * {@code window_start}, {@code window_end} and {@code window_time} stand behind the columns of the row; a session ends one gap behind
 * its last row. Rows come when their session is over. A row whose time is NULL belongs to none.
 *
 * @param keys columns of the input; none for one run of all rows
 * @param gap in microseconds
 * @param byClock whether the time is that of the clock, which ends the sessions, too
 */
public record Sessions(LogicalPlan input, List<Integer> keys, int timeColumn, long gap, boolean byClock, Origin at)
        implements LogicalPlan {
    public Sessions {
        keys = List.copyOf(keys);
        int width = input.output().size();
        Plans.check(timeColumn >= 0 && timeColumn < width, "sessions over no column");
        Plans.check(keys.stream().allMatch(key -> key >= 0 && key < width), "a key of sessions that is no column");
    }

    @Override
    public List<Field> output() {
        return Plans.withWindow(input.output(), timeColumn);
    }

    @Override
    public Traits traits() {
        Traits traits = input.traits();
        int first = input.output().size();
        return new Traits(
                traits.end(),
                Changelog.APPEND,
                OptionalInt.of(first + 2),
                Optional.of(new WindowColumns(new WindowKind.Session(gap), first, first + 1, first + 2, true)),
                traits.uniqueKeys());
    }

    @Override
    public List<LogicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public LogicalPlan withInputs(List<LogicalPlan> inputs) {
        return new Sessions(inputs.get(0), keys, timeColumn, gap, byClock, at);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.sessions(this);
    }
}
