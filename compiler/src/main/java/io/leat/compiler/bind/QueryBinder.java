package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.catalog.Catalog;
import io.leat.compiler.catalog.View;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.type.Types;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Query;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Queries to relations: one method per form of query. Clauses of SELECT, pipes and relations have binders of their own. */
final class QueryBinder {
    private final Context context;
    private final Problems problems;

    QueryBinder(Context context) {
        this.context = context;
        this.problems = context.problems();
    }

    Context context() {
        return context;
    }

    BoundRelation bind(Query query) {
        if (query instanceof Query.Select select) {
            return new SelectBinder(this).bind(select, List.of());
        }
        if (query instanceof Query.Values values) {
            return values(values);
        }
        if (query instanceof Query.SetOperation operation) {
            return setOperation(operation);
        }
        if (query instanceof Query.Ordered ordered) {
            return ordered(ordered);
        }
        if (query instanceof Query.Pipe pipe) {
            return new PipeBinder(this).bind(pipe);
        }
        if (query instanceof Query.With with) {
            return with(with);
        }
        if (query instanceof Query.About about) {
            return about.kind() == Query.About.Kind.DESCRIBE
                    ? new DescribeBinder(this).bind(about)
                    : new SummaryBinder(this).bind(about);
        }
        Context.Incoming fork = context.incoming().orElseThrow();
        return new PipeBinder(new QueryBinder(context.inFrontOf(fork))).input(fork.query());
    }

    private BoundRelation values(Query.Values values) {
        ExpressionBinder expressions = new ExpressionBinder(context, nothing(values.at()));
        List<List<Expr>> rows = new ArrayList<>();
        int width = values.rows().get(0).size();
        for (List<Expression> row : values.rows()) {
            if (row.size() != width) {
                throw problems.abandon(
                        ErrorCode.COLUMN_COUNT,
                        row.isEmpty() ? values.at() : row.get(0).at(),
                        "a row of VALUES has " + row.size() + (row.size() == 1 ? " value" : " values")
                                + ", the first one has " + width,
                        "give every row as many; NULL is a value, too");
            }
            rows.add(row.stream().map(expressions::bind).toList());
        }
        List<Field> fields = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            fields.add(column(rows, column));
        }
        List<List<Expr>> converted = new ArrayList<>();
        for (List<Expr> row : rows) {
            List<Expr> cells = new ArrayList<>();
            for (int column = 0; column < width; column++) {
                Expr read = expressions
                        .conversions()
                        .literalAs(row.get(column), fields.get(column).type());
                cells.add(
                        expressions.conversions().cast(read, fields.get(column).type()));
            }
            converted.add(cells);
        }
        return BoundRelation.of(new LogicalPlan.Values(fields, converted, values.at()), "");
    }

    /** The type that the values of a column have in common. */
    private Field column(List<List<Expr>> rows, int column) {
        Type type = Type.NULL;
        boolean nullable = false;
        for (List<Expr> row : rows) {
            Expr value = row.get(column);
            nullable |= value.nullable();
            Optional<Type> common = new Conversions(context).common(type, value.type());
            if (common.isEmpty()) {
                problems.add(
                        ErrorCode.TYPE_MISMATCH,
                        value.at(),
                        "column " + (column + 1) + " of VALUES holds " + type.sql() + " and "
                                + value.type().sql(),
                        "cast one of them with CAST(… AS type)");
                break;
            }
            type = common.get();
        }
        return new Field("column" + (column + 1), Types.settled(type), nullable);
    }

    /** What a query without FROM is computed from: one row without columns. */
    static BoundRelation nothing(Origin at) {
        return new BoundRelation(new LogicalPlan.Values(List.of(), List.of(List.of()), at), List.of());
    }

    private BoundRelation setOperation(Query.SetOperation operation) {
        List<BoundRelation> inputs = new ArrayList<>();
        operation.inputs().forEach(input -> inputs.add(bind(input)));
        return setOperation(operation.operator(), inputs, operation.at());
    }

    BoundRelation setOperation(Query.SetOperator operator, List<BoundRelation> inputs, Origin at) {
        return new SetOperationBinder(this).bind(operator, inputs, at);
    }

    /** Each row once. */
    BoundRelation distinct(BoundRelation input, Origin at) {
        BoundRelation shown = show(input, input.expiry().isPresent(), at);
        int width = shown.names().size();
        refuseRows(shown.plan().output().subList(0, width), at);
        List<Expr> keys = Plans.columns(shown.plan(), at).subList(0, width);
        LogicalPlan groups = new AggregateBinder(problems).aggregate(shown.plan(), input.expiry(), keys, List.of(), at);
        return new BoundRelation(groups, shown.names());
    }

    /** Of the rows that agree in some columns, the first in an order; their columns come first. */
    BoundRelation first(BoundRelation rows, List<Integer> by, List<SortKey> order, Origin at) {
        List<Field> fields = rows.plan().output();
        if (by.stream().anyMatch(column -> fields.get(column).type() instanceof Type.RowType)) {
            throw problems.abandon(
                    ErrorCode.TYPE_MISMATCH, at, "a row with fields tells no rows apart", "take fields of the row");
        }
        SortBinder.check(problems, rows.plan(), order, at);
        if (rows.expiry().isEmpty()) {
            return new BoundRelation(FirstRows.one(rows.plan(), by, order, at), rows.names());
        }
        LogicalPlan lives = rows.expiry().get().lives(rows.plan(), by, "these rows");
        List<Integer> partition = Plans.concat(by, Expiry.lifeColumns(lives));
        return new BoundRelation(FirstRows.one(lives, partition, order, at), rows.names());
    }

    /** Refuses columns that are rows, where rows are told apart. */
    void refuseRows(List<Field> fields, Origin at) {
        for (Field field : fields) {
            if (field.type() instanceof Type.RowType) {
                throw problems.abandon(
                        ErrorCode.NOT_SUPPORTED,
                        at,
                        "rows cannot be told apart, and '" + field.name() + "' is one",
                        "select its fields");
            }
        }
    }

    private BoundRelation ordered(Query.Ordered ordered) {
        BoundRelation relation = ordered.input() instanceof Query.Select select
                        && !ordered.orderBy().isEmpty()
                ? new SelectBinder(this).bind(select, ordered.orderBy())
                : sort(bind(ordered.input()), ordered.orderBy(), ordered.at());
        return limit(relation, ordered.limit(), ordered.offset(), ordered.at());
    }

    /** Rows in the order of expressions over their visible columns. */
    BoundRelation sort(BoundRelation relation, List<? extends Query.Sorting> items, Origin at) {
        return items.isEmpty() ? relation : new SortBinder(context).sort(relation, items, at);
    }

    BoundRelation limit(BoundRelation relation, Optional<Expression> count, Optional<Expression> offset, Origin at) {
        if (count.isEmpty() && offset.isEmpty()) {
            return relation;
        }
        new EndChecks(problems).requireEnd(relation.plan(), "LIMIT", at);
        long rows = count.map(this::number).orElse(-1L);
        long skipped = offset.map(this::number).orElse(0L);
        return relation.with(new LogicalPlan.Limit(relation.plan(), rows, skipped, at));
    }

    private long number(Expression expression) {
        Expr bound = new ExpressionBinder(context, nothing(expression.at())).bind(expression);
        if (bound instanceof Literal literal && literal.value() instanceof Long value && value >= 0) {
            return value;
        }
        throw problems.abandon(
                ErrorCode.TYPE_MISMATCH,
                expression.at(),
                "LIMIT and OFFSET take a whole number that is not negative",
                "write it like LIMIT 10 OFFSET 5");
    }

    private BoundRelation with(Query.With with) {
        if (with.recursive()) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    with.at(),
                    "WITH RECURSIVE is not supported yet",
                    "leave RECURSIVE out if no query names itself");
        }
        Catalog catalog = context.catalog();
        for (Query.CommonTable table : with.tables()) {
            catalog = catalog.with(new View(table.name().text(), table.columns(), table.query(), catalog, table.at()));
        }
        return new QueryBinder(context.with(catalog)).bind(with.body());
    }

    /** The rows for which a condition holds; their columns come first. What must hold together is asked in order. */
    BoundRelation filter(BoundRelation rows, Expression condition) {
        return filter(rows, condition, Aliases.none(problems));
    }

    /**
     * As {@link #filter(BoundRelation, Expression)}.
     *
     * @param aliases names of values that the condition may speak of
     */
    BoundRelation filter(BoundRelation rows, Expression condition, Aliases aliases) {
        int before = problems.errors();
        LogicalPlan plan = rows.plan();
        List<Expr> plain = new ArrayList<>();
        for (Expression conjunct : SubqueryBinder.conjuncts(condition)) {
            Subqueries subqueries = Subqueries.of(context, rows);
            Optional<Subquery> test = test(rows, conjunct, subqueries.binder(aliases));
            Expr bound = test.isPresent()
                    ? Exprs.and(List.of())
                    : subqueries.binder(aliases).bindCondition(conjunct);
            if (problems.errors() > before) {
                continue;
            }
            if (test.isEmpty() && subqueries.isEmpty()) {
                plain.add(bound);
                continue;
            }
            plan = subqueries.join(filter(plan, plain, condition.at()));
            plain.clear();
            plan = test.isPresent()
                    ? new SubqueryJoin(context, rows.expiry(), column -> rows.column(column, condition.at()))
                            .filter(plan, test.get().change(subqueries::replace), isNegated(conjunct))
                    : JoinPlans.filter(plan, subqueries.replace(bound), conjunct.at());
        }
        return problems.errors() > before ? rows : rows.with(filter(plan, plain, condition.at()));
    }

    private static LogicalPlan filter(LogicalPlan plan, List<Expr> conditions, Origin at) {
        if (conditions.isEmpty()) {
            return plan;
        }
        Expr all = conditions.size() == 1 ? conditions.get(0) : new Expr.Logical(true, conditions, at);
        return JoinPlans.filter(plan, all, at);
    }

    /** A condition that is EXISTS or IN, perhaps behind NOT: rows are tested by it and need no value of it. */
    private Optional<Subquery> test(BoundRelation rows, Expression condition, ExpressionBinder expressions) {
        Expression asked = SubqueryBinder.withoutNot(condition);
        return SubqueryBinder.isTest(asked)
                ? Optional.of(new SubqueryBinder(context, rows).bind(asked, expressions))
                : Optional.empty();
    }

    private static boolean isNegated(Expression condition) {
        if (condition instanceof Expression.Unary not) {
            return !isNegated(not.operand());
        }
        return SubqueryBinder.isNegated(condition);
    }

    /** A query whose plan has its visible columns in order, under their names, and nothing else. */
    BoundRelation shown(Query query) {
        return show(bind(query), query.at());
    }

    /** The same rows with their visible columns in order, under their names, and nothing else. Columns that are only NULL are text. */
    BoundRelation show(BoundRelation relation, Origin at) {
        return show(relation, false, at);
    }

    /**
     * @param timed whether the event time comes behind the visible columns
     */
    BoundRelation show(BoundRelation relation, boolean timed, Origin at) {
        List<Entry> visible = relation.visible();
        List<Field> fields = relation.plan().output();
        boolean same = visible.size() == fields.size() && !timed;
        List<Expr> expressions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < visible.size(); i++) {
            Entry entry = visible.get(i);
            Expr column = new Conversions(context).settled(relation.column(entry, at));
            expressions.add(column);
            names.add(entry.name());
            entries.add(new Entry(entry.qualifier(), entry.name(), i, false));
            same = same
                    && entry.column() == i
                    && fields.get(i).name().equals(entry.name())
                    && column instanceof Expr.Column;
        }
        if (same) {
            return new BoundRelation(relation.plan(), entries);
        }
        LogicalPlan.Project plan = new LogicalPlan.Project(relation.plan(), expressions, names, at);
        return timed
                ? new BoundRelation(Expiry.withTime(relation.plan(), plan), entries, relation.expiry())
                : new BoundRelation(plan, entries);
    }
}
