package io.leat.compiler.bind;

import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.Traits.Changelog;
import io.leat.compiler.logical.Traits.WindowColumns;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code EXPIRE AFTER} says of the rows of a relation: each stands for a time after its event time. Whatever keeps rows in the same
 * query goes by it: a pair of a join matches only while the rows stand ({@link JoinExpiry}), and a key of groups or partitions ends when
 * none of its rows stands any more ({@link #lives}). One that nothing went by is an error, since it would say nothing.
 */
final class Expiry {
    /** Hidden columns that keep the event time of rows until they are told apart. */
    static final String TIME = "$time";

    private final Problems problems;
    private final long micros;
    private final Origin at;
    private boolean used;

    Expiry(Problems problems, long micros, Origin at) {
        this.problems = problems;
        this.micros = micros;
        this.at = at;
    }

    long micros() {
        return micros;
    }

    Origin at() {
        return at;
    }

    /** Notes that something goes by it. */
    void use() {
        used = true;
    }

    boolean isUsed() {
        return used;
    }

    /**
     * The rows with the life of their key that they belong to, in the columns of {@link Sessions}: rows of a key that are less than the
     * time apart belong to one, and what comes later begins a new one.
     *
     * @param keys columns of the rows
     * @param what keeps the rows, as in "these groups"
     */
    LogicalPlan lives(LogicalPlan rows, List<Integer> keys, String what) {
        use();
        Optional<WindowColumns> window = rows.traits().window();
        if (window.isPresent() && window.get().endIsKnownFrom(keys)) {
            throw problems.abandon(
                    ErrorCode.MISPLACED_CLAUSE,
                    at,
                    what + " end with their window, and do not expire before",
                    "leave EXPIRE AFTER out");
        }
        OptionalInt time = rows.traits().eventTime();
        if (time.isEmpty() || rows.traits().changelog() != Changelog.APPEND) {
            throw withoutTime();
        }
        return new Sessions(rows, keys, time.getAsInt(), micros, false, at);
    }

    /** Says that rows have no event time where it is needed. */
    Problems.Abandoned withoutTime() {
        return problems.abandon(
                ErrorCode.NO_WATERMARK,
                at,
                "rows expire as event time goes on, and these have none",
                "declare a WATERMARK for the table, and keep its column up to here: ORDER BY, a join without bound in time, "
                        + "or groups leave no event time");
    }

    /** The rows of a query with their event time behind the columns that it selects. */
    static LogicalPlan withTime(LogicalPlan rows, LogicalPlan.Project selected) {
        OptionalInt time = rows.traits().eventTime();
        if (time.isEmpty()) {
            return selected;
        }
        return new LogicalPlan.Project(
                rows,
                Plans.concat(
                        selected.expressions(),
                        List.of(Plans.columns(rows, selected.at()).get(time.getAsInt()))),
                Plans.concat(selected.names(), List.of(TIME)),
                selected.at());
    }

    /** The columns of the life that {@link #lives} puts behind those of the rows. */
    static List<Integer> lifeColumns(LogicalPlan lives) {
        int first = lives.inputs().get(0).output().size();
        return List.of(first, first + 1);
    }
}
