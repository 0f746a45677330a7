package io.leat.compiler.bind;

import io.leat.compiler.bind.Correlated.Match;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Repeat;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.TopN;
import io.leat.runtime.job.JoinKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes a subquery that speaks of the rows outside one that does not: what it says about them is pulled up, node by node, until it is
 * the condition of a join with them. Where it cannot be, since it is not an equality below groups or an order, the part of the subquery
 * below is computed for the distinct values outside, in {@link OutsideValues}, and what is pulled up from there are equalities.
 */
final class Decorrelation {
    private final Problems problems;
    private final int level;
    private final OutsideValues values;

    /**
     * @param level of the rows outside
     * @param values of the columns outside, for what is computed with them
     */
    Decorrelation(Problems problems, int level, OutsideValues values) {
        this.problems = problems;
        this.level = level;
        this.values = values;
    }

    private boolean speaks(LogicalPlan plan) {
        return Plans.speaksOf(plan, level);
    }

    private boolean speaks(Expr expression) {
        return Exprs.speaksOf(expression, level);
    }

    Correlated pull(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Project project) {
            Correlated input = pull(project.input());
            return input.with(
                    input.plan(),
                    project.expressions().stream().map(input::over).toList());
        }
        if (plan instanceof LogicalPlan.Filter filter) {
            return filter(filter);
        }
        if (plan instanceof LogicalPlan.Values only && only.rows().size() == 1) {
            LogicalPlan nothing = QueryBinder.nothing(plan.at()).plan();
            return new Correlated(nothing, only.rows().get(0), List.of(), true, List.of());
        }
        if (plan instanceof Aggregate aggregate && (aggregate.keys().isEmpty() || speaks(plan))) {
            return aggregate(aggregate);
        }
        if (!speaks(plan)) {
            return Correlated.alone(plan);
        }
        if (plan instanceof LogicalPlan.Sort sort) {
            // The order of a subquery's rows means nothing but to a limit.
            return pull(sort.input());
        }
        return pulled(plan).orElseGet(() -> values.compute(plan));
    }

    /** Empty if conditions cannot be pulled through a node. */
    private Optional<Correlated> pulled(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Window window) {
            return window(window);
        }
        if (plan instanceof Join join) {
            boolean inner = join.kind() == Join.Kind.INNER;
            return inner ? pairs(join, join.condition()) : leftOf(join, join.condition());
        }
        if (plan instanceof StreamJoin join) {
            if (join.kind() == JoinKind.INNER && !(join.time() instanceof JoinTime.AsOf)) {
                return pairs(join, join.condition());
            }
            return join.kind() == JoinKind.FULL ? Optional.empty() : leftOf(join, join.condition());
        }
        if (plan instanceof Sessions sessions) {
            return keyed(sessions.input()).map(rows -> sessions(sessions, rows));
        }
        if (plan instanceof Over over) {
            return keyed(over.input()).map(rows -> over(over, rows));
        }
        if (plan instanceof TopN top) {
            return keyed(top.input()).map(rows -> topN(top, rows));
        }
        if (plan instanceof LogicalPlan.Limit limit) {
            boolean sorted = limit.input() instanceof LogicalPlan.Sort;
            return keyed(sorted ? limit.input().inputs().get(0) : limit.input()).map(rows -> limit(limit, rows));
        }
        if (plan instanceof Repeat repeat) {
            Correlated input = pull(repeat.input());
            Expr times = input.over(repeat.times());
            return input.single() || speaks(times)
                    ? Optional.empty()
                    : Optional.of(input.with(new Repeat(input.plan(), times, repeat.at()), input.outputs()));
        }
        return Optional.empty();
    }

    private Correlated filter(LogicalPlan.Filter filter) {
        Correlated input = pull(filter.input());
        LogicalPlan plan = input.plan();
        List<Expr> conditions = new ArrayList<>(input.conditions());
        List<Expr> kept = new ArrayList<>(input.kept());
        for (Expr conjunct : Exprs.conjuncts(input.over(filter.condition()))) {
            if (input.single()) {
                kept.add(conjunct);
            } else if (speaks(conjunct) || !conditions.isEmpty() && Exprs.canFail(conjunct)) {
                // What may fail is not asked of rows that a condition before it leaves out.
                conditions.add(conjunct);
            } else {
                plan = JoinPlans.filter(plan, conjunct, filter.at());
            }
        }
        return new Correlated(plan, input.outputs(), conditions, input.single(), kept);
    }

    private Optional<Correlated> window(LogicalPlan.Window window) {
        Correlated input = pull(window.input());
        if (input.single() || !(input.outputs().get(window.timeColumn()) instanceof Expr.Column time)) {
            return Optional.empty();
        }
        LogicalPlan plan =
                new LogicalPlan.Window(input.plan(), time.index(), window.kind(), window.byClock(), window.at());
        int width = input.plan().output().size();
        List<Expr> bounds = Plans.columns(plan, window.at()).subList(width, width + 3);
        return Optional.of(input.with(plan, Plans.concat(input.outputs(), bounds)));
    }

    // ---- joins
    // ---------------------------------------------------------------------------------------------------------

    /** An inner join: what both sides and its condition say about the rows outside is asked of the pair. */
    private Optional<Correlated> pairs(LogicalPlan join, Expr condition) {
        Correlated left = pull(join.inputs().get(0));
        Correlated right = pull(join.inputs().get(1));
        if (left.single() || right.single()) {
            return Optional.empty();
        }
        int width = left.plan().output().size();
        List<Expr> outputs = new ArrayList<>(left.outputs());
        right.outputs().forEach(each -> outputs.add(Exprs.move(each, column -> width + column)));
        List<Expr> conditions = new ArrayList<>(left.conditions());
        right.conditions().forEach(each -> conditions.add(Exprs.move(each, column -> width + column)));
        List<Expr> own = new ArrayList<>();
        for (Expr conjunct : Exprs.conjuncts(Exprs.substitute(condition, outputs))) {
            (speaks(conjunct) ? conditions : own).add(conjunct);
        }
        return joined(join, left, right, Exprs.and(own))
                .map(plan -> new Correlated(plan, outputs, conditions, false, List.of()));
    }

    /** A join of which only the left side speaks of the rows outside. */
    private Optional<Correlated> leftOf(LogicalPlan join, Expr condition) {
        LogicalPlan rightPlan = join.inputs().get(1);
        if (speaks(condition) || speaks(rightPlan)) {
            return Optional.empty();
        }
        Correlated left = pull(join.inputs().get(0));
        if (left.single()) {
            return Optional.empty();
        }
        int oldWidth = join.inputs().get(0).output().size();
        int width = left.plan().output().size();
        List<Expr> both = new ArrayList<>(left.outputs());
        Plans.columns(rightPlan, join.at()).forEach(each -> both.add(Exprs.move(each, column -> width + column)));
        Expr own = Exprs.substitute(condition, both);
        if (speaks(own)) {
            return Optional.empty();
        }
        return joined(join, left, Correlated.alone(rightPlan), own).map(plan -> {
            List<Expr> outputs = new ArrayList<>(left.outputs());
            outputs.addAll(Plans.columns(plan, join.at())
                    .subList(width, width + join.output().size() - oldWidth));
            return left.with(plan, outputs);
        });
    }

    /** The same join of other sides; empty if the columns that bound it in time are none there. */
    private static Optional<LogicalPlan> joined(LogicalPlan join, Correlated left, Correlated right, Expr condition) {
        if (join instanceof Join each) {
            return Optional.of(new Join(each.kind(), left.plan(), right.plan(), condition, each.at()));
        }
        StreamJoin streams = (StreamJoin) join;
        boolean[] lost = new boolean[1];
        JoinTime time =
                streams.time().map(column -> position(left, column, lost), column -> position(right, column, lost));
        return lost[0]
                ? Optional.empty()
                : Optional.of(new StreamJoin(streams.kind(), left.plan(), right.plan(), condition, time, streams.at()));
    }

    private static int position(Correlated side, int column, boolean[] lost) {
        if (side.outputs().get(column) instanceof Expr.Column found) {
            return found.index();
        }
        lost[0] = true;
        return -1;
    }

    // ---- groups and orders
    // ---------------------------------------------------------------------------------------------

    /**
     * Rows that find those outside by equalities.
     *
     * @param plan the columns of the subquery, then those that are equal to something outside
     * @param keys the columns behind the first ones
     */
    private record Keyed(LogicalPlan plan, List<Integer> keys, List<Match> matches) {
        /** That columns of a plan, at new places, are equal to what they were. */
        List<Expr> conditions(LogicalPlan over, List<Integer> places) {
            List<Expr> conditions = new ArrayList<>();
            List<Expr> columns = Plans.columns(over, over.at());
            for (int i = 0; i < matches.size(); i++) {
                Expr outer = matches.get(i).outer();
                conditions.add(
                        new Expr.Compare(Expr.Compare.Operator.EQUAL, columns.get(places.get(i)), outer, outer.at()));
            }
            return conditions;
        }
    }

    private Optional<Keyed> keyed(LogicalPlan plan) {
        Correlated input = pull(plan);
        Optional<List<Match>> matches = input.matches(level);
        if (input.single() || matches.isEmpty() || input.outputs().stream().anyMatch(this::speaks)) {
            return Optional.empty();
        }
        List<Expr> expressions = new ArrayList<>(input.outputs());
        List<String> names = new ArrayList<>(Plans.names(plan));
        List<Integer> keys = new ArrayList<>();
        for (Match match : matches.get()) {
            int known = expressions.indexOf(match.inner());
            keys.add(known < 0 ? expressions.size() : known);
            if (known < 0) {
                names.add(match.inner() instanceof Expr.Column column ? column.name() : "key" + (names.size() + 1));
                expressions.add(match.inner());
            }
        }
        boolean same = expressions.equals(Plans.columns(input.plan(), plan.at()));
        LogicalPlan rows = same ? input.plan() : new LogicalPlan.Project(input.plan(), expressions, names, plan.at());
        return Optional.of(new Keyed(rows, keys, matches.get()));
    }

    private Correlated aggregate(Aggregate plan) {
        boolean single = plan.keys().isEmpty();
        if (!speaks(plan)) {
            return new Correlated(plan, results(plan, 0, true), List.of(), true, List.of());
        }
        boolean plain = Plans.expressions(plan).stream().noneMatch(this::speaks);
        Optional<Keyed> keyed = plain ? keyed(plan.input()) : Optional.empty();
        if (keyed.isEmpty()) {
            return values.compute(plan);
        }
        List<Expr> columns = Plans.columns(keyed.get().plan(), plan.at());
        List<Integer> keys = new ArrayList<>();
        plan.keys().forEach(key -> add(key, keys));
        keyed.get().keys().forEach(key -> add(key, keys));
        List<Expr> by = keys.stream().map(columns::get).toList();
        LogicalPlan groups = new AggregateBinder(problems)
                .aggregate(keyed.get().plan(), Optional.empty(), by, plan.calls(), plan.at());
        List<Expr> outputs = new ArrayList<>();
        List<Expr> grouped = Plans.columns(groups, plan.at());
        plan.keys().forEach(key -> outputs.add(grouped.get(keys.indexOf(key))));
        outputs.addAll(results(groups, plan.calls(), keys.size(), single));
        List<Integer> places = keyed.get().keys().stream().map(keys::indexOf).toList();
        return new Correlated(groups, outputs, keyed.get().conditions(groups, places), single, List.of());
    }

    private static void add(int key, List<Integer> keys) {
        if (!keys.contains(key)) {
            keys.add(key);
        }
    }

    private static List<Expr> results(Aggregate plan, int first, boolean single) {
        return results(plan, plan.calls(), first, single);
    }

    /** The aggregates of a plan; of a group that may not be there, those that count are 0. */
    static List<Expr> results(LogicalPlan plan, List<AggregateCall> calls, int first, boolean single) {
        List<Expr> results = new ArrayList<>();
        List<Expr> columns = Plans.columns(plan, plan.at());
        for (int i = 0; i < calls.size(); i++) {
            Expr column = columns.get(first + i);
            boolean counts = !calls.get(i).function().nullable();
            if (single && counts) {
                Expr zero = NullSafe.zero(column.type(), column.at());
                results.add(new Expr.Coalesce(List.of(nullable(column), zero), column.type(), column.at()));
            } else {
                results.add(single ? nullable(column) : column);
            }
        }
        return results;
    }

    private static Expr nullable(Expr column) {
        Expr.Column of = (Expr.Column) column;
        return new Expr.Column(of.index(), of.name(), of.type(), true, of.at());
    }

    private static Correlated sessions(Sessions sessions, Keyed rows) {
        int width = sessions.input().output().size();
        int newWidth = rows.plan().output().size();
        LogicalPlan plan = new Sessions(
                rows.plan(),
                both(sessions.keys(), rows.keys()),
                sessions.timeColumn(),
                sessions.gap(),
                sessions.byClock(),
                sessions.at());
        List<Expr> columns = Plans.columns(plan, sessions.at());
        List<Expr> outputs = Plans.concat(columns.subList(0, width), columns.subList(newWidth, newWidth + 3));
        return new Correlated(plan, outputs, rows.conditions(plan, rows.keys()), false, List.of());
    }

    private static Correlated over(Over over, Keyed rows) {
        int width = over.input().output().size();
        int newWidth = rows.plan().output().size();
        LogicalPlan plan = new Over(
                rows.plan(), both(over.partition(), rows.keys()), over.order(), List.of(), over.calls(), over.at());
        List<Expr> columns = Plans.columns(plan, over.at());
        List<Expr> outputs = Plans.concat(
                columns.subList(0, width),
                columns.subList(newWidth, newWidth + over.calls().size()));
        return new Correlated(plan, outputs, rows.conditions(plan, rows.keys()), false, List.of());
    }

    private static Correlated topN(TopN top, Keyed rows) {
        LogicalPlan plan = new TopN(
                rows.plan(),
                both(top.partition(), rows.keys()),
                top.order(),
                List.of(),
                top.function(),
                top.limit(),
                top.rank(),
                top.at());
        int width = top.input().output().size();
        List<Expr> columns = Plans.columns(plan, top.at());
        List<Expr> outputs = new ArrayList<>(columns.subList(0, width));
        if (top.rank().isPresent()) {
            outputs.add(columns.get(columns.size() - 1));
        }
        return new Correlated(plan, outputs, rows.conditions(plan, rows.keys()), false, List.of());
    }

    private static List<Integer> both(List<Integer> partition, List<Integer> keys) {
        List<Integer> both = new ArrayList<>(partition);
        keys.forEach(key -> add(key, both));
        return both;
    }

    private static Correlated limit(LogicalPlan.Limit limit, Keyed rows) {
        List<SortKey> order = limit.input() instanceof LogicalPlan.Sort sort ? sort.keys() : List.of();
        LogicalPlan plan = FirstRows.of(rows.plan(), rows.keys(), order, limit);
        int width = limit.output().size();
        List<Expr> outputs = IntStream.range(0, width)
                .mapToObj(Plans.columns(plan, limit.at())::get)
                .toList();
        return new Correlated(plan, outputs, rows.conditions(plan, rows.keys()), false, List.of());
    }
}
