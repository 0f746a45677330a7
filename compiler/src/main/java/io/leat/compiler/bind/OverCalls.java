package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.WindowCall;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Window;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The window functions of a query while they are collected. An expression is first bound with a stand-in for each of them; {@link #over}
 * then makes the plan that computes them, and {@link #replace} turns expressions into ones over its columns.
 */
final class OverCalls {
    /** Columns from here on stand for window functions. */
    static final int STAND_IN = 1 << 25;

    private final Context context;
    private final Problems problems;
    private final BoundRelation rows;
    private final Optional<Groups> groups;
    private final List<Window.Named> named;
    private final Subqueries subqueries;
    private final Aliases aliases;
    private final List<Call> calls = new ArrayList<>();
    /** The columns that the calls have in {@link #over}'s plan. */
    private final List<Expr> columns = new ArrayList<>();
    /** What rows are partitioned and ordered by that is no column of the input, but stands behind those. */
    private final List<Expr> computed = new ArrayList<>();

    private int inputColumns;
    private boolean inside;

    /** A window function with its partitions, over the rows. */
    private record Call(Partitions partitions, WindowCall call) {}

    /** How rows are cut into partitions and ordered in them. */
    record Partitions(List<Expr> by, List<Order> order) {
        Partitions {
            by = List.copyOf(by);
            order = List.copyOf(order);
        }
    }

    /** An expression that rows are ordered by. */
    record Order(Expr value, boolean descending, boolean nullsFirst) {}

    /**
     * @param groups take the aggregates inside of window functions; empty where there are no groups
     * @param named the windows of a WINDOW clause
     * @param subqueries takes those of expressions
     * @param aliases names of selected values
     */
    OverCalls(
            Context context,
            BoundRelation rows,
            Optional<Groups> groups,
            List<Window.Named> named,
            Subqueries subqueries,
            Aliases aliases) {
        this.context = context;
        this.problems = context.problems();
        this.rows = rows;
        this.groups = groups;
        this.named = List.copyOf(named);
        this.subqueries = subqueries;
        this.aliases = aliases;
    }

    /** Binds an expression in which window functions may occur. */
    ExpressionBinder binder() {
        return new ExpressionBinder(context, rows, groups, Optional.of(this), aliases, Optional.of(subqueries));
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** Notes a window function and answers with a stand-in for its value. */
    Expr add(Expression.Over over) {
        if (inside) {
            problems.add(
                    ErrorCode.MISPLACED_WINDOW_FUNCTION,
                    over.at(),
                    "a window function cannot stand inside another one",
                    "compute the inner one first, in a subquery or an earlier step of a pipe");
            return Expr.Literal.ofNull(Type.NULL, over.at());
        }
        inside = true;
        try {
            return bind(over);
        } finally {
            inside = false;
        }
    }

    private Expr bind(Expression.Over over) {
        int before = problems.errors();
        OverBinder binder = new OverBinder(problems, binder(), named);
        Optional<OverBinder.Bound> bound = binder.bind(over);
        if (bound.isEmpty() || problems.errors() > before) {
            return Expr.Literal.ofNull(Type.NULL, over.at());
        }
        Call call = new Call(bound.get().partitions(), bound.get().call());
        int index = calls.indexOf(call);
        if (index < 0) {
            index = calls.size();
            calls.add(call);
        }
        WindowCall window = call.call();
        return new Expr.Column(STAND_IN + index, window.name(), window.type(), window.nullable(), over.at());
    }

    /**
     * Changes what the calls speak of.
     *
     * @param overGroups turns expressions over the rows into ones over their groups
     */
    void change(UnaryOperator<Expr> overGroups) {
        calls.replaceAll(call -> change(call, overGroups));
    }

    /**
     * The plan of the rows, or of their groups, with a column for each window function behind its own.
     *
     * @param expiry when a partition is over that got no more rows
     */
    LogicalPlan over(LogicalPlan input, Optional<Expiry> expiry, Origin at) {
        LogicalPlan plan = withColumns(input, at);
        columns.clear();
        columns.addAll(Collections.nCopies(calls.size(), null));
        List<Partitions> distinct =
                calls.stream().map(Call::partitions).distinct().toList();
        List<Integer> life = new ArrayList<>();
        if (expiry.isPresent() && !distinct.isEmpty()) {
            plan = expiry.get().lives(plan, expiringBy(distinct), "these partitions");
            life.addAll(Expiry.lifeColumns(plan));
        }
        for (Partitions partitions : distinct) {
            List<WindowCall> here = new ArrayList<>();
            for (int i = 0; i < calls.size(); i++) {
                if (calls.get(i).partitions().equals(partitions)) {
                    WindowCall call = calls.get(i).call();
                    int column = plan.output().size() + here.size();
                    columns.set(i, new Expr.Column(column, call.name(), call.type(), call.nullable(), call.at()));
                    here.add(call);
                }
            }
            List<Integer> by = Plans.concat(positions(partitions), life);
            List<SortKey> order = partitions.order().stream()
                    .map(each -> new SortKey(position(each.value()), each.descending(), each.nullsFirst()))
                    .toList();
            plan = new Over(plan, by, order, List.of(), here, here.get(0).at());
        }
        return plan;
    }

    private List<Integer> positions(Partitions partitions) {
        return partitions.by().stream().map(this::position).toList();
    }

    /** The columns by which partitions are kept apart that expire: the same for all, since a row is over once. */
    private List<Integer> expiringBy(List<Partitions> partitions) {
        List<Integer> by = positions(partitions.get(0));
        for (int i = 0; i < calls.size(); i++) {
            if (!Set.copyOf(positions(calls.get(i).partitions())).equals(Set.copyOf(by))) {
                throw problems.abandon(
                        ErrorCode.NOT_SUPPORTED,
                        calls.get(i).call().at(),
                        "partitions that expire are the same for all window functions of a query",
                        "write the same PARTITION BY everywhere, or compute the others in a query of their own");
            }
        }
        return by;
    }

    private LogicalPlan withColumns(LogicalPlan input, Origin at) {
        computed.clear();
        inputColumns = input.output().size();
        for (Call call : calls) {
            call.partitions().by().forEach(this::compute);
            call.partitions().order().forEach(each -> compute(each.value()));
        }
        if (computed.isEmpty()) {
            return input;
        }
        List<Expr> expressions = Plans.concat(Plans.columns(input, at), computed);
        List<String> names = new ArrayList<>(Plans.names(input));
        for (int i = 0; i < computed.size(); i++) {
            names.add("window" + (i + 1));
        }
        return new LogicalPlan.Project(input, expressions, names, at);
    }

    private void compute(Expr value) {
        if (!(value instanceof Expr.Column) && !computed.contains(value)) {
            computed.add(value);
        }
    }

    private int position(Expr value) {
        return value instanceof Expr.Column column ? column.index() : inputColumns + computed.indexOf(value);
    }

    private static Call change(Call call, UnaryOperator<Expr> change) {
        Partitions partitions = new Partitions(
                call.partitions().by().stream().map(change).toList(),
                call.partitions().order().stream()
                        .map(each -> new Order(change.apply(each.value()), each.descending(), each.nullsFirst()))
                        .toList());
        List<Expr> arguments = call.call().arguments().stream().map(change).toList();
        return new Call(partitions, call.call().withArguments(arguments));
    }

    /** The expression over the columns of {@link #over}. */
    Expr replace(Expr expression) {
        if (expression instanceof Expr.Column column) {
            return column.index() >= STAND_IN ? columns.get(column.index() - STAND_IN) : column;
        }
        if (expression.children().isEmpty()) {
            return expression;
        }
        return expression.withChildren(
                expression.children().stream().map(this::replace).toList());
    }
}
