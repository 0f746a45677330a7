package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Project;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.Unsettled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What groups of sessions take of a row: whatever of it may fail is computed before the row rests in its session, since only then there is
 * a record to reject. What looks at the bounds of the session stays where it is, and so does what is asked behind it.
 *
 * <pre>
 *   aggregate sum(1 / v) filter v &gt; 0      aggregate sum(c) filter v &gt; 0
 *     filter w &gt; 0                     =&gt;    filter w &gt; 0
 *       sessions                               project without c, and c behind
 *         x                                      sessions
 *                                                  project c = case when w &gt; 0 then case when v &gt; 0 then 1 / v
 *                                                    x
 * </pre>
 */
final class SessionInputs {
    private final Sessions sessions;
    /** Projections and filters between the sessions and their groups, lowest first. */
    private final List<LogicalPlan> between;
    /** Over the rows of the sessions, as all expressions here. */
    private final List<Expr> computed = new ArrayList<>();

    /** A condition or argument, and the place among what is computed before where it is found; -1 if it stays. */
    private record Asked(Expr expression, int place) {}

    /** Rows to be grouped, and what is taken of them. */
    record Grouped(LogicalPlan rows, List<AggregateCall> calls) {}

    private SessionInputs(Sessions sessions, List<LogicalPlan> between) {
        this.sessions = sessions;
        this.between = between;
    }

    static Grouped before(LogicalPlan rows, List<AggregateCall> calls) {
        List<LogicalPlan> between = new ArrayList<>();
        LogicalPlan below = rows;
        while (below instanceof Project || below instanceof Filter) {
            between.add(0, below);
            below = below.inputs().get(0);
        }
        return below instanceof Sessions sessions
                ? new SessionInputs(sessions, between).before(calls)
                : new Grouped(rows, calls);
    }

    private Grouped before(List<AggregateCall> calls) {
        List<Expr> columns = Plans.columns(sessions, sessions.at());
        List<Expr> conditions = new ArrayList<>();
        List<Integer> placesOfFilters = new ArrayList<>();
        for (LogicalPlan node : between) {
            if (node instanceof Project project) {
                List<Expr> over = columns;
                columns = project.expressions().stream()
                        .map(each -> Exprs.substitute(each, over))
                        .toList();
            } else {
                Asked condition = ask(((Filter) node).condition(), columns, conditions);
                conditions.add(condition.expression());
                placesOfFilters.add(condition.place());
            }
        }
        List<Places> places = new ArrayList<>();
        for (AggregateCall call : calls) {
            places.add(places(call, columns, conditions));
        }
        if (computed.isEmpty()) {
            return new Grouped(between.isEmpty() ? sessions : between.get(between.size() - 1), calls);
        }
        LogicalPlan rows = rows(placesOfFilters);
        List<AggregateCall> taking = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            taking.add(taking(calls.get(i), places.get(i), rows));
        }
        return new Grouped(rows, taking);
    }

    // ---- what is computed before

    /**
     * @param columns what an expression speaks of
     * @param conditions that hold where it is asked, in the order in which they are
     */
    private Asked ask(Expr expression, List<Expr> columns, List<Expr> conditions) {
        Expr over = Exprs.substitute(expression, columns);
        LogicalPlan input = sessions.input();
        boolean isKnown = isKnownBefore(over) && conditions.stream().allMatch(this::isKnownBefore);
        boolean isAskedAnyway = over instanceof Expr.Column && conditions.isEmpty();
        if (!isKnown || isAskedAnyway || !Unsettled.mayFail(input, over)) {
            return new Asked(over, -1);
        }
        Expr guarded = over;
        for (int i = conditions.size() - 1; i >= 0; i--) {
            guarded = where(conditions.get(i), guarded);
        }
        if (!computed.contains(guarded)) {
            computed.add(guarded);
        }
        return new Asked(over, computed.indexOf(guarded));
    }

    /** Whether an expression looks at no bounds of the session. */
    private boolean isKnownBefore(Expr expression) {
        int width = sessions.input().output().size();
        return Exprs.columns(expression).stream().allMatch(column -> column < width);
    }

    /** The value where a condition holds, otherwise NULL. */
    private static Expr where(Expr condition, Expr value) {
        return new Expr.Case(
                List.of(new Expr.Case.Branch(condition, value)),
                Expr.Literal.ofNull(value.type(), value.at()),
                value.type(),
                value.at());
    }

    private Places places(AggregateCall call, List<Expr> columns, List<Expr> conditions) {
        Optional<Asked> filter = call.filter().map(each -> ask(each, columns, conditions));
        List<Expr> all = new ArrayList<>(conditions);
        filter.ifPresent(each -> all.add(each.expression()));
        List<Integer> ofArgument = parts(call.argument()).stream()
                .map(part -> ask(part, columns, all).place())
                .toList();
        return new Places(filter.map(Asked::place).orElse(-1), ofArgument);
    }

    /** An argument; an item that is ordered by several values is put together behind the sessions. */
    private static List<Expr> parts(Optional<Expr> argument) {
        return argument.map(each -> each instanceof Expr.Item ? each.children() : List.of(each))
                .orElse(List.of());
    }

    /** Where the filter and the parts of the argument of a call are found. */
    private record Places(int filter, List<Integer> ofArgument) {}

    private AggregateCall taking(AggregateCall call, Places places, LogicalPlan rows) {
        Optional<Expr> argument = call.argument();
        if (argument.isPresent()) {
            List<Expr> parts = new ArrayList<>(parts(argument));
            for (int i = 0; i < parts.size(); i++) {
                parts.set(i, found(places.ofArgument().get(i), parts.get(i), rows));
            }
            argument = Optional.of(argument.get() instanceof Expr.Item item ? item.withChildren(parts) : parts.get(0));
        }
        Optional<Expr> filter = call.filter().map(each -> found(places.filter(), each, rows));
        return new AggregateCall(call.function(), argument, call.distinct(), filter, call.name(), call.at());
    }

    /** The column of what was computed before, or what is still to be asked. */
    private Expr found(int place, Expr asked, LogicalPlan rows) {
        int first = rows.output().size() - computed.size();
        return place < 0 ? asked : Plans.columns(rows, asked.at()).get(first + place);
    }

    // ---- the plan

    /** The sessions with what is computed before behind all columns, and what stood between them and their groups. */
    private LogicalPlan rows(List<Integer> placesOfFilters) {
        LogicalPlan input = sessions.input();
        int width = input.output().size();
        List<String> names = new ArrayList<>();
        computed.forEach(each -> names.add("$input" + (names.size() + 1)));
        LogicalPlan before = new Project(
                input,
                Plans.concat(Plans.columns(input, sessions.at()), computed),
                Plans.concat(Plans.names(input), names),
                sessions.at());
        LogicalPlan wider = sessions.withInputs(List.of(before));
        List<Expr> columns = Plans.columns(wider, sessions.at());
        int bounds = width + computed.size();
        List<Expr> order = new ArrayList<>(columns.subList(0, width));
        order.addAll(columns.subList(bounds, columns.size()));
        order.addAll(columns.subList(width, bounds));
        LogicalPlan rows = new Project(wider, order, Plans.concat(Plans.names(sessions), names), sessions.at());
        int filters = 0;
        for (LogicalPlan node : between) {
            if (node instanceof Project project) {
                List<Expr> all = Plans.columns(rows, project.at());
                rows = new Project(
                        rows,
                        Plans.concat(project.expressions(), all.subList(all.size() - computed.size(), all.size())),
                        Plans.concat(project.names(), names),
                        project.at());
            } else {
                Filter filter = (Filter) node;
                Expr condition = found(placesOfFilters.get(filters++), filter.condition(), rows);
                rows = new Filter(rows, condition, filter.at());
            }
        }
        return rows;
    }
}
