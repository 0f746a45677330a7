package io.leat.compiler.optimize;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.ClockFilter;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.LogicalPlan.Project;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Repeat;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Unnest;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Brings a value from where it is computed below an operator to the rows above it. Below it, in the pipeline that ends there, the value is
 * computed for every row: a filter asked for it, the operator itself does, or it is a column. So bringing it along evaluates nothing that
 * was not evaluated.
 */
final class Carrier {
    private final Set<LogicalPlan> shared;
    private final boolean certain;

    /**
     * @param shared parts of the plan that stay as they are
     * @param certain whether what is said to be needed is needed in any case
     */
    Carrier(Set<LogicalPlan> shared, boolean certain) {
        this.shared = shared;
        this.certain = certain;
    }

    /**
     * Where a value is.
     *
     * @param plan its columns are those of the plan that was looked into; if it has one more, that is the last
     * @param column the one with the value
     * @param price what is carried more than before, as {@link ValueCost} counts; negative if less
     */
    record Carried(LogicalPlan plan, int column, int price) {
        Expr value(Expr expression) {
            Field field = plan.output().get(column);
            return new Expr.Column(column, field.name(), field.type(), field.nullable(), expression.at());
        }
    }

    /**
     * A value over the rows of a plan, if it is computed below an operator that these rows came from.
     *
     * @param needed what is needed of the rows beside the value
     */
    Optional<Carried> find(LogicalPlan plan, Expr value, Need[] needed) {
        if (plan instanceof Aggregate aggregate) {
            return ofKeys(aggregate, value);
        }
        if (shared.contains(plan)) {
            return Optional.empty();
        }
        if (plan instanceof Project project) {
            return find(project, value, needed);
        }
        if (plan instanceof StreamJoin join) {
            return find(join, value, needed);
        }
        boolean ordered = plan instanceof Over || plan instanceof TopN;
        boolean rests = rests(plan);
        if (!rests && !passesOn(plan) || !isOf(value, plan.inputs().get(0))) {
            return Optional.empty();
        }
        LogicalPlan input = plan.inputs().get(0);
        if (rests) {
            return ordered && !areOrdered(input) ? Optional.empty() : through(plan, input, over(value, input), needed);
        }
        return find(input, over(value, input), ofInput(plan, needed)).map(found -> passed(plan, found));
    }

    /** Whether the rows of a plan come from an operator in whose pipelines something may be computed already. */
    static boolean endsAtOperator(LogicalPlan plan) {
        boolean isOperator = rests(plan) || plan instanceof Aggregate || plan instanceof StreamJoin;
        boolean passes = plan instanceof Project || passesOn(plan);
        return isOperator || passes && endsAtOperator(plan.inputs().get(0));
    }

    /** Whether rows rest there, and go on as they are. */
    private static boolean rests(LogicalPlan plan) {
        return plan instanceof Over
                || plan instanceof TopN
                || plan instanceof ClockFilter
                || plan instanceof LogicalPlan.Sort
                || plan instanceof LogicalPlan.Limit;
    }

    /** Rows without a place follow each other by their columns: with other ones they would do so in another way. */
    static boolean areOrdered(LogicalPlan rows) {
        return RowOrder.placed(rows).isPresent();
    }

    // ---- what passes rows on within a pipeline
    // ---------------------------------------------------------------------------------

    /** Whether columns of the first input stand in front, and each row goes on within its pipeline. */
    private static boolean passesOn(LogicalPlan plan) {
        return plan instanceof Filter
                || plan instanceof Admission
                || plan instanceof LogicalPlan.Window
                || plan instanceof Join
                || plan instanceof Unnest
                || plan instanceof Repeat;
    }

    private Optional<Carried> find(Project project, Expr value, Need[] needed) {
        Expr below = Exprs.substitute(value, project.expressions());
        return find(project.input(), below, ofInput(project, needed)).map(found -> {
            Expr column = found.value(value);
            int there = project.expressions().indexOf(column);
            return there >= 0
                    ? new Carried(project.withInputs(List.of(found.plan())), there, found.price())
                    : new Carried(
                            with(project, found.plan(), column), project.names().size(), found.price());
        });
    }

    private static Project with(Project project, LogicalPlan input, Expr more) {
        return new Project(
                input,
                Plans.concat(project.expressions(), List.of(more)),
                Plans.concat(project.names(), List.of(name(project.names()))),
                project.at());
    }

    private static String name(List<String> others) {
        return "$value"
                + (1 + others.stream().filter(name -> name.startsWith("$value")).count());
    }

    /**
     * A node over a first input that may have a column more behind the others, with that column behind the others, too.
     *
     * @param change is made before the column is moved there
     */
    private static LogicalPlan behind(LogicalPlan node, LogicalPlan input, UnaryOperator<LogicalPlan> change) {
        int width = node.inputs().get(0).output().size();
        LogicalPlan widened = change.apply(CarryValues.widened(node, input));
        return input.output().size() == width ? widened : last(widened, width);
    }

    /** A plan with one of its columns behind the others. */
    private static LogicalPlan last(LogicalPlan plan, int column) {
        int width = plan.output().size();
        if (column == width - 1) {
            return plan;
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            if (i != column) {
                order.add(i);
            }
        }
        order.add(column);
        return Placing.project(plan, order);
    }

    // ---- operators
    // --------------------------------------------------------------------------------------------------

    /** Groups keep nothing but their keys: a value is there if it is one. */
    private static Optional<Carried> ofKeys(Aggregate aggregate, Expr value) {
        if (!Exprs.columns(value).stream()
                .allMatch(column -> column < aggregate.keys().size())) {
            return Optional.empty();
        }
        List<Expr> columns = Plans.columns(aggregate.input(), value.at());
        List<Expr> keys = aggregate.keys().stream().map(columns::get).toList();
        Expr below = Exprs.substitute(value, keys);
        return aggregate.keys().stream()
                .filter(key -> isColumn(aggregate.input(), key, below))
                .findFirst()
                .map(key -> new Carried(aggregate, aggregate.keys().indexOf(key), 0));
    }

    private static Carried passed(LogicalPlan node, Carried found) {
        int width = node.inputs().get(0).output().size();
        LogicalPlan over = behind(node, found.plan(), UnaryOperator.identity());
        return new Carried(
                over, found.column() < width ? found.column() : over.output().size() - 1, found.price());
    }

    /** What is kept, with each row, by an operator that lets columns of its input through. */
    private Optional<Carried> through(LogicalPlan node, LogicalPlan input, Expr value, Need[] needed) {
        // What a call that nobody looks at would take is not computed.
        List<Expr> own = !(node instanceof Over over)
                ? List.of()
                : Needs.keptCalls(over, needed).stream()
                        .flatMap(call -> call.arguments().stream())
                        .toList();
        int argument = own.stream().anyMatch(each -> isSame(each, value)) ? ValueCost.toCarry(value.type()) : 0;
        // Few of the rows that would carry it are there above.
        boolean leavesFew = node instanceof TopN || node instanceof LogicalPlan.Limit;
        return provide(input, value, ofInput(CarryValues.without(node, value), needed), computes(own, value))
                .filter(found -> !leavesFew || found.price() <= 0)
                .map(found -> {
                    LogicalPlan carries = behind(
                            node, found.plan(), widened -> CarryValues.replace(widened, value, found.value(value)));
                    int column = found.column() < input.output().size()
                            ? found.column()
                            : carries.output().size() - 1;
                    return new Carried(carries, column, found.price() - argument);
                });
    }

    /**
     * Whether one of several expressions asks for the value. They are evaluated in their order, behind all columns: if the value may fail, none
     * before it may, since a row is rejected for what fails first.
     */
    private boolean computes(List<Expr> expressions, Expr value) {
        if (!certain && Exprs.canFail(value)) {
            return false;
        }
        for (Expr each : expressions) {
            if (Evaluated.with(each, value)) {
                return true;
            }
            if (Exprs.canFail(value) && Exprs.canFail(each)) {
                return false;
            }
        }
        return false;
    }

    private Optional<Carried> find(StreamJoin join, Expr value, Need[] needed) {
        int width = join.left().output().size();
        boolean left = isOf(value, join.left());
        boolean shown = left || join.kind().hasRightColumns();
        boolean padded = join.kind() == JoinKind.FULL || !left && join.kind() == JoinKind.LEFT;
        // Where there is no row, what is carried is NULL.
        boolean same = !Exprs.canFail(value) && Exprs.isNullWhere(value, column -> left == column < width);
        if (!shown || padded && !same) {
            return Optional.empty();
        }
        return intoPairs(join, value, needed).map(pairs -> {
            boolean moved = pairs.added() == width && left;
            int column = moved ? join.output().size() : pairs.column();
            return new Carried(moved ? last(pairs.join(), width) : pairs.join(), column, pairs.price());
        });
    }

    /**
     * A join whose pairs have a value of one side in a column.
     *
     * @param column of the pairs
     * @param added the column of the join's output that was not there before; -1 if there is none
     */
    record Pairs(LogicalPlan join, int column, int added, int price) {}

    /**
     * @param value over the columns of both sides
     * @param needed what is needed of the join's output beside the value
     */
    Optional<Pairs> intoPairs(StreamJoin join, Expr value, Need[] needed) {
        int width = join.left().output().size();
        boolean left = isOf(value, join.left());
        boolean right = Exprs.columns(value).stream().allMatch(column -> column >= width);
        // The last row before a time is, among equals, found by its columns.
        if (join.time() instanceof JoinTime.Lookup
                || !left && !right
                || right && join.time() instanceof JoinTime.AsOf) {
            return Optional.empty();
        }
        LogicalPlan side = left ? join.left() : join.right();
        Expr own = over(left ? value : Exprs.move(value, column -> column - width), side);
        boolean computes = JoinKeys.of(join, left).stream().anyMatch(key -> Evaluated.with(key, own));
        Need[] ofSide = Needs.ofInputs(CarryValues.without(join, value), needed).get(left ? 0 : 1);
        return provide(side, own, ofSide, computes).map(found -> {
            int column = found.column() + (left ? 0 : width);
            Field field = found.plan().output().get(found.column());
            Expr there = new Expr.Column(column, field.name(), field.type(), field.nullable(), value.at());
            LogicalPlan widened = left
                    ? CarryValues.widened(join, found.plan())
                    : join.withInputs(List.of(join.left(), found.plan()));
            boolean more = widened.output().size() > join.output().size();
            int added = more ? left ? width : join.output().size() : -1;
            return new Pairs(CarryValues.replace(widened, value, there), column, added, found.price());
        });
    }

    // ---- below an operator
    // --------------------------------------------------------------------------------------------------

    /**
     * The rows that go into an operator, with a value.
     *
     * @param needed what is needed of them beside the value
     * @param computes whether the operator asks for the value of every row
     */
    private Optional<Carried> provide(LogicalPlan rows, Expr value, Need[] needed, boolean computes) {
        int freed = Exprs.columns(value).stream()
                .filter(column -> needed[column] == null)
                .mapToInt(column -> ValueCost.toCarry(rows.output().get(column).type()))
                .sum();
        int whole = ValueCost.toCarry(value.type()) - freed;
        boolean computed = computes || computes(rows, value);
        boolean isRead = certain || !Exprs.canFail(value);
        for (int column = 0; column < needed.length; column++) {
            boolean isThere = needed[column] != null;
            if ((computed || isThere && isRead) && isColumn(rows, column, value)) {
                return Optional.of(new Carried(rows, column, isThere ? -freed : whole));
            }
        }
        if (computed) {
            return Optional.of(new Carried(with(rows, value), rows.output().size(), whole));
        }
        return find(rows, value, needed).map(found -> new Carried(found.plan(), found.column(), found.price() + whole));
    }

    private static Project with(LogicalPlan rows, Expr value) {
        return rows instanceof Project project
                ? with(project, project.input(), Exprs.substitute(value, project.expressions()))
                : with(new Project(rows, Plans.columns(rows, value.at()), Plans.names(rows), value.at()), rows, value);
    }

    /** Whether what stands between an operator and the one below asks for the value of every row that gets through. */
    private static boolean computes(LogicalPlan rows, Expr value) {
        if (rows instanceof Project project) {
            return computes(project.input(), Exprs.substitute(value, project.expressions()));
        }
        if (rows instanceof LogicalPlan.Union union) {
            return union.inputs().stream().allMatch(input -> computes(input, over(value, input)));
        }
        if (rows instanceof Filter filter && Evaluated.whereTrue(filter.condition(), value)) {
            return true;
        }
        if (rows instanceof Admission admission && Evaluated.whereTrue(admission.condition(), value)) {
            return true;
        }
        return passesOn(rows)
                && isOf(value, rows.inputs().get(0))
                && computes(rows.inputs().get(0), value);
    }

    /** Whether a column of a plan, for every row, is what the expression yields. */
    private static boolean isColumn(LogicalPlan rows, int column, Expr value) {
        if (rows instanceof Project project) {
            return isSame(project.expressions().get(column), Exprs.substitute(value, project.expressions()));
        }
        return passesOn(rows)
                && isOf(value, rows.inputs().get(0))
                && column < rows.inputs().get(0).output().size()
                && isColumn(rows.inputs().get(0), column, value);
    }

    // ---- expressions
    // --------------------------------------------------------------------------------------------------

    static boolean isSame(Expr left, Expr right) {
        return Evaluated.normal(left).equals(Evaluated.normal(right));
    }

    private static boolean isOf(Expr value, LogicalPlan input) {
        int width = input.output().size();
        return Exprs.columns(value).stream().allMatch(column -> column < width);
    }

    /** The value over rows of a plan as these are: what an outer join makes NULL is not NULL below it. */
    private static Expr over(Expr value, LogicalPlan plan) {
        return Exprs.substitute(value, Plans.columns(plan, value.at()));
    }

    private static Need[] ofInput(LogicalPlan node, Need[] needed) {
        return Needs.ofInputs(node, needed).get(0);
    }
}
