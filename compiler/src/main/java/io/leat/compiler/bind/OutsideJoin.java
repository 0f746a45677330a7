package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.ClockFilter;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Repeat;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Unnest;
import io.leat.compiler.logical.WindowCall;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Relation.JoinKind;
import io.leat.runtime.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A plan joined with values of the rows outside at its leaves: its rows for each of the values, which stand behind the columns of each
 * node. A join with values is pushed down until nothing below speaks of the rows outside.
 */
final class OutsideJoin implements LogicalPlan.Visitor<LogicalPlan> {
    private final Problems problems;
    private final int level;
    private final LogicalPlan values;
    /** Which column outside each of the values is one of. */
    private final List<Integer> indexes;

    OutsideJoin(Problems problems, int level, LogicalPlan values, List<Integer> indexes) {
        this.problems = problems;
        this.level = level;
        this.values = values;
        this.indexes = indexes;
    }

    private LogicalPlan bind(LogicalPlan plan) {
        return Plans.speaksOf(plan, level) ? plan.accept(this) : each(plan, Exprs.and(List.of()), plan.at());
    }

    /** Rows that do not speak of values outside, with each of them. */
    private LogicalPlan each(LogicalPlan plan, Expr condition, Origin at) {
        return JoinPlans.join(JoinKind.INNER, plan, values, condition, Optional.empty(), at);
    }

    /**
     * An expression in which columns outside stand for values in the input.
     *
     * @param width of the input without the values
     */
    private Expr over(Expr expression, int width) {
        List<Field> fields = values.output();
        return Exprs.rewrite(expression, node -> {
            if (!(node instanceof Expr.Outer outer) || outer.level() != level) {
                return node;
            }
            int value = indexes.indexOf(outer.index());
            Field field = fields.get(value);
            return new Expr.Column(width + value, field.name(), field.type(), field.nullable(), node.at());
        });
    }

    private List<Integer> places(int width) {
        return IntStream.range(width, width + indexes.size()).boxed().toList();
    }

    /** The columns of a plan in another order. */
    private static LogicalPlan ordered(LogicalPlan plan, List<Integer> order) {
        List<Expr> columns = Plans.columns(plan, plan.at());
        List<String> names = Plans.names(plan);
        return new LogicalPlan.Project(
                plan,
                order.stream().map(columns::get).toList(),
                order.stream().map(names::get).toList(),
                plan.at());
    }

    /** A plan over an input with values, which has added columns behind them, with the values last. */
    private LogicalPlan behind(LogicalPlan plan, int width) {
        List<Integer> order = new ArrayList<>(range(0, width));
        order.addAll(range(width + indexes.size(), plan.output().size()));
        order.addAll(places(width));
        return ordered(plan, order);
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static int width(LogicalPlan plan) {
        return plan.output().size();
    }

    /**
     * @param byClock whether it is the time of the clock, which only rows have as they are read
     */
    private void requireTime(LogicalPlan before, LogicalPlan after, boolean byClock, Origin at) {
        boolean lost = before.traits().eventTime().isPresent()
                && after.traits().eventTime().isEmpty();
        if (lost || byClock) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    at,
                    "a subquery that asks this for each row outside needs the rows of both, and those of a stream lose their event time by that",
                    "compare a column of the subquery with one outside by =, or write it as a join");
        }
    }

    // ---- nodes
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public LogicalPlan scan(LogicalPlan.Scan plan) {
        return bind(plan);
    }

    @Override
    public LogicalPlan values(LogicalPlan.Values plan) {
        List<LogicalPlan> rows = new ArrayList<>();
        for (List<Expr> row : plan.rows()) {
            LogicalPlan one = QueryBinder.nothing(plan.at()).plan();
            rows.add(project(new LogicalPlan.Project(
                    one, row, plan.output().stream().map(Field::name).toList(), plan.at())));
        }
        return rows.size() == 1 ? rows.get(0) : new LogicalPlan.Union(rows, plan.at());
    }

    @Override
    public LogicalPlan filter(LogicalPlan.Filter plan) {
        Expr condition = over(plan.condition(), width(plan));
        return Plans.speaksOf(plan.input(), level)
                ? JoinPlans.filter(bind(plan.input()), condition, plan.at())
                : each(plan.input(), condition, plan.at());
    }

    @Override
    public LogicalPlan clockFilter(ClockFilter plan) {
        throw new IllegalStateException("conditions on the clock are told apart when it is known how rows are told");
    }

    @Override
    public LogicalPlan admission(Admission plan) {
        throw new IllegalStateException("conditions move to the doors of nodes when all is bound");
    }

    @Override
    public LogicalPlan project(LogicalPlan.Project plan) {
        LogicalPlan input = bind(plan.input());
        int width = width(plan.input());
        List<Expr> expressions = new ArrayList<>();
        plan.expressions().forEach(each -> expressions.add(over(each, width)));
        expressions.addAll(Plans.columns(input, plan.at()).subList(width, width(input)));
        List<String> names = new ArrayList<>(plan.names());
        names.addAll(Plans.names(values));
        return new LogicalPlan.Project(input, expressions, names, plan.at());
    }

    @Override
    public LogicalPlan join(Join plan) {
        Sides sides = sides(plan, plan.condition(), plan.kind() != Join.Kind.INNER);
        LogicalPlan join = new Join(plan.kind(), sides.left(), sides.right(), sides.condition(), plan.at());
        if (JoinPlans.streams(sides.right()) && !JoinPlans.streams(plan.right())) {
            // With values that go on, what was looked up goes on, too.
            join = plan.kind() == Join.Kind.MARK
                    ? JoinPlans.mark(sides.left(), sides.right(), sides.condition(), Optional.empty(), plan.at())
                    : JoinPlans.join(
                            JoinKind.valueOf(plan.kind().name()),
                            sides.left(),
                            sides.right(),
                            sides.condition(),
                            Optional.empty(),
                            plan.at());
        }
        return ordered(join, sides.order(plan));
    }

    @Override
    public LogicalPlan streamJoin(StreamJoin plan) {
        boolean both = plan.kind() != io.leat.runtime.job.JoinKind.INNER;
        if (plan.kind() == io.leat.runtime.job.JoinKind.FULL || plan.time() instanceof JoinTime.AsOf) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    plan.at(),
                    "this join cannot speak of the rows outside of a subquery",
                    "join first, in a view, and compare its columns with those outside");
        }
        Sides sides = sides(plan, plan.condition(), both);
        if (!(plan.time() instanceof JoinTime.Unbounded)) {
            requireTime(plan.left(), sides.left(), false, plan.at());
            requireTime(plan.right(), sides.right(), false, plan.at());
        }
        LogicalPlan join =
                new StreamJoin(plan.kind(), sides.left(), sides.right(), sides.condition(), plan.time(), plan.at());
        return ordered(join, sides.order(plan));
    }

    /**
     * The sides of a join, at least one with values, which agree where both have them.
     *
     * @param leftBound whether the left side has values; otherwise the right one
     */
    private record Sides(LogicalPlan left, LogicalPlan right, Expr condition, boolean leftBound, int count) {
        /** The columns of the join as it was, then the values. */
        List<Integer> order(LogicalPlan was) {
            int leftWidth = was.inputs().get(0).output().size();
            int more = was.output().size() - leftWidth;
            int first = left.output().size();
            int valuesAt =
                    leftBound ? leftWidth : first + was.inputs().get(1).output().size();
            List<Integer> order = new ArrayList<>(range(0, leftWidth));
            order.addAll(range(first, first + more));
            order.addAll(range(valuesAt, valuesAt + count));
            return order;
        }
    }

    private Sides sides(LogicalPlan plan, Expr condition, boolean asksOfLeft) {
        LogicalPlan left = plan.inputs().get(0);
        LogicalPlan right = plan.inputs().get(1);
        boolean rightSpeaks = Plans.speaksOf(right, level);
        boolean leftBound = asksOfLeft || Plans.speaksOf(left, level) || !rightSpeaks;
        LogicalPlan newLeft = leftBound ? bind(left) : left;
        LogicalPlan newRight = rightSpeaks ? bind(right) : right;
        int leftWidth = width(left);
        int shift = width(newLeft) - leftWidth;
        int valuesAt = leftBound ? leftWidth : width(newLeft) + width(right);
        Expr moved = over(Exprs.move(condition, column -> column < leftWidth ? column : column + shift), valuesAt);
        List<Expr> conditions = new ArrayList<>(List.of(moved));
        if (leftBound && rightSpeaks) {
            List<Expr> ofLeft = Plans.columns(newLeft, plan.at());
            List<Expr> ofRight = Plans.columns(newRight, plan.at());
            for (int i = 0; i < indexes.size(); i++) {
                Expr other = Exprs.move(ofRight.get(width(right) + i), column -> width(newLeft) + column);
                conditions.addAll(0, NullSafe.equal(ofLeft.get(leftWidth + i), other, plan.at()));
            }
        }
        return new Sides(newLeft, newRight, Exprs.and(conditions), leftBound, indexes.size());
    }

    @Override
    public LogicalPlan sessions(Sessions plan) {
        LogicalPlan input = bind(plan.input());
        requireTime(plan.input(), input, plan.byClock(), plan.at());
        int width = width(plan.input());
        List<Integer> keys = new ArrayList<>(plan.keys());
        keys.addAll(places(width));
        return behind(new Sessions(input, keys, plan.timeColumn(), plan.gap(), plan.byClock(), plan.at()), width);
    }

    @Override
    public LogicalPlan window(LogicalPlan.Window plan) {
        LogicalPlan input = bind(plan.input());
        requireTime(plan.input(), input, plan.byClock(), plan.at());
        return behind(plan.withInputs(List.of(input)), width(plan.input()));
    }

    @Override
    public LogicalPlan aggregate(LogicalPlan.Aggregate plan) {
        LogicalPlan input = bind(plan.input());
        int width = width(plan.input());
        List<Expr> columns = Plans.columns(input, plan.at());
        List<Integer> keys = new ArrayList<>(plan.keys());
        keys.addAll(places(width));
        List<AggregateCall> calls = plan.calls().stream()
                .map(call -> call.rewritten(each -> over(each, width)))
                .toList();
        LogicalPlan groups = new AggregateBinder(problems)
                .aggregate(
                        input, Optional.empty(), keys.stream().map(columns::get).toList(), calls, plan.at());
        int count = indexes.size();
        int own = plan.keys().size();
        if (own > 0) {
            List<Integer> order = new ArrayList<>(range(0, own));
            order.addAll(range(own + count, own + count + calls.size()));
            order.addAll(range(own, own + count));
            return ordered(groups, order);
        }
        // There is a result for each of the values, also where there is no row.
        List<Expr> found = Plans.columns(groups, plan.at());
        List<Expr> asked = Plans.columns(values, plan.at());
        List<Expr> equal = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            equal.addAll(NullSafe.equal(asked.get(i), Exprs.move(found.get(i), column -> count + column), plan.at()));
        }
        LogicalPlan all = JoinPlans.join(JoinKind.LEFT, values, groups, Exprs.and(equal), Optional.empty(), plan.at());
        List<Expr> expressions = new ArrayList<>(Decorrelation.results(all, calls, 2 * count, true));
        expressions.addAll(Plans.columns(all, plan.at()).subList(0, count));
        List<String> names = new ArrayList<>(Plans.names(plan));
        names.addAll(Plans.names(values));
        return new LogicalPlan.Project(all, expressions, names, plan.at());
    }

    @Override
    public LogicalPlan union(LogicalPlan.Union plan) {
        return new LogicalPlan.Union(plan.inputs().stream().map(this::bind).toList(), plan.at());
    }

    @Override
    public LogicalPlan repeat(Repeat plan) {
        return new Repeat(bind(plan.input()), over(plan.times(), width(plan)), plan.at());
    }

    @Override
    public LogicalPlan unnest(Unnest plan) {
        int width = width(plan.input());
        List<Expr> arrays =
                plan.arrays().stream().map(array -> over(array, width)).toList();
        return behind(new Unnest(bind(plan.input()), arrays, plan.padded(), plan.at()), width);
    }

    @Override
    public LogicalPlan sort(LogicalPlan.Sort plan) {
        // The order of a subquery's rows means nothing but to a limit.
        return bind(plan.input());
    }

    @Override
    public LogicalPlan limit(LogicalPlan.Limit plan) {
        boolean sorted = plan.input() instanceof LogicalPlan.Sort;
        LogicalPlan input = bind(sorted ? plan.input().inputs().get(0) : plan.input());
        LogicalPlan first = FirstRows.of(
                input,
                places(width(plan)),
                plan.input() instanceof LogicalPlan.Sort sort ? sort.keys() : List.of(),
                plan);
        return ordered(first, range(0, width(plan) + indexes.size()));
    }

    @Override
    public LogicalPlan over(Over plan) {
        int width = width(plan.input());
        List<Integer> partition = new ArrayList<>(plan.partition());
        partition.addAll(places(width));
        List<WindowCall> calls = plan.calls().stream()
                .map(call -> call.withArguments(
                        call.arguments().stream().map(each -> over(each, width)).toList()))
                .toList();
        return behind(new Over(bind(plan.input()), partition, plan.order(), List.of(), calls, plan.at()), width);
    }

    @Override
    public LogicalPlan topN(TopN plan) {
        int width = width(plan.input());
        List<Integer> partition = new ArrayList<>(plan.partition());
        partition.addAll(places(width));
        LogicalPlan first = new TopN(
                bind(plan.input()),
                partition,
                plan.order(),
                List.of(),
                plan.function(),
                plan.limit(),
                plan.rank(),
                plan.at());
        return behind(first, width);
    }
}
