package io.leat.compiler.bind;

import io.leat.compiler.bind.Subquery.Question;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare.Operator;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Query;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Subqueries in expressions: what they ask, and what of it makes no sense. */
final class SubqueryBinder {
    private final Context context;
    private final Problems problems;
    private final BoundRelation rows;

    /**
     * @param rows those that the expression is about
     */
    SubqueryBinder(Context context, BoundRelation rows) {
        this.context = context;
        this.problems = context.problems();
        this.rows = rows;
    }

    /** Whether an expression asks another query. */
    static boolean isOne(Expression expression) {
        return expression instanceof Expression.Exists
                || expression instanceof Expression.InQuery
                || expression instanceof Expression.Quantified
                || expression instanceof Expression.ScalarQuery;
    }

    /** The conditions that must all hold; of conditions in parentheses those that test rows by themselves. */
    static List<Expression> conjuncts(Expression condition) {
        if (!(condition instanceof Expression.Logical logical && logical.and())) {
            return List.of(condition);
        }
        return logical.operands().stream()
                .flatMap(each -> tests(each) ? conjuncts(each).stream() : Stream.of(each))
                .toList();
    }

    private static boolean tests(Expression condition) {
        if (condition instanceof Expression.Logical logical && logical.and()) {
            return logical.operands().stream().anyMatch(SubqueryBinder::tests);
        }
        return isTest(withoutNot(condition));
    }

    /** Whether a condition is EXISTS, IN, ANY or ALL, by which rows are tested. */
    static boolean isTest(Expression condition) {
        return condition instanceof Expression.Exists
                || condition instanceof Expression.InQuery
                || condition instanceof Expression.Quantified;
    }

    /** Whether the opposite of a subquery is asked: NOT IN, and ALL, which is that there is none for which the opposite holds. */
    static boolean isNegated(Expression expression) {
        return expression instanceof Expression.InQuery in && in.negated()
                || expression instanceof Expression.Quantified quantified && quantified.all();
    }

    /** What stands behind any number of NOT. */
    static Expression withoutNot(Expression condition) {
        return condition instanceof Expression.Unary not && not.operator() == Expression.Unary.Operator.NOT
                ? withoutNot(not.operand())
                : condition;
    }

    /**
     * A subquery, for one that {@link #isOne}; of one that {@link #isNegated} it is the opposite.
     *
     * @param expressions binds what is looked for in it
     */
    Subquery bind(Expression written, ExpressionBinder expressions) {
        if (written instanceof Expression.Exists exists) {
            BoundRelation asked = rowsOf(exists.query());
            return new Subquery(
                    Question.EXISTS, asked.plan(), asked.expiry(), level(), List.of(), Operator.EQUAL, written.at());
        }
        if (written instanceof Expression.ScalarQuery scalar) {
            BoundRelation asked = rowsOf(scalar.query());
            LogicalPlan plan = asked.plan();
            requireColumns(asked, 1, "a query that stands for a value", scalar.query());
            if (plan.output().get(0).type() instanceof RowType) {
                throw problems.abandon(
                        ErrorCode.NOT_SUPPORTED,
                        written.at(),
                        "a subquery cannot stand for a row",
                        "select a field of the row");
            }
            return new Subquery(Question.VALUE, plan, asked.expiry(), level(), List.of(), Operator.EQUAL, written.at());
        }
        if (written instanceof Expression.Quantified quantified) {
            return quantified(quantified, expressions);
        }
        Expression.InQuery in = (Expression.InQuery) written;
        List<Expression> values =
                in.value() instanceof Expression.RowConstructor row ? row.values() : List.of(in.value());
        List<Expr> sought = values.stream().map(expressions::bind).toList();
        BoundRelation asked = rowsOf(in.query());
        requireColumns(asked, sought.size(), "the query of IN", in.query());
        return compared(asked, sought, Operator.EQUAL, expressions, written.at());
    }

    private Subquery quantified(Expression.Quantified written, ExpressionBinder expressions) {
        if (written.value() instanceof Expression.RowConstructor row) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    row.at(),
                    "several values are compared with a query by IN only",
                    "compare one value, or write EXISTS with the comparison in its WHERE");
        }
        Expr sought = expressions.bind(written.value());
        BoundRelation asked = rowsOf(written.query());
        requireColumns(asked, 1, "the query of " + (written.all() ? "ALL" : "ANY"), written.query());
        Operator operator = Operator.valueOf(written.operator().name());
        return compared(
                asked, List.of(sought), written.all() ? operator.negated() : operator, expressions, written.at());
    }

    private int level() {
        return Scope.of(rows, context).level();
    }

    /** The columns of a query, and behind them the event time if its rows expire. */
    private BoundRelation rowsOf(Query query) {
        QueryBinder queries = new QueryBinder(context.inside(Scope.of(rows, context)));
        BoundRelation asked = queries.bind(query);
        return queries.show(asked, asked.expiry().isPresent(), query.at());
    }

    private void requireColumns(BoundRelation asked, int wanted, String what, Query query) {
        int columns = asked.names().size();
        if (columns != wanted) {
            throw problems.abandon(
                    ErrorCode.COLUMN_COUNT,
                    query.at(),
                    wanted == 1
                            ? what + " selects not one column"
                            : what + " selects " + columns + (columns == 1 ? " column" : " columns") + " for " + wanted
                                    + " values",
                    wanted == 1 ? "select one" : "select as many as there are values");
        }
    }

    /** Values and columns in the types in which they are compared. */
    private Subquery compared(
            BoundRelation asked, List<Expr> sought, Operator operator, ExpressionBinder expressions, Origin at) {
        LogicalPlan plan = asked.plan();
        List<Expr> columns = Plans.columns(plan, at);
        List<Expr> left = new ArrayList<>();
        List<Expr> right = new ArrayList<>();
        for (int i = 0; i < sought.size(); i++) {
            Expr equal = expressions.compare(operator, sought.get(i), columns.get(i), at);
            if (!(equal instanceof Expr.Compare compare) || !equal.type().equals(Type.BOOLEAN)) {
                throw new Problems.Abandoned();
            }
            left.add(compare.left());
            right.add(compare.right());
        }
        right.addAll(columns.subList(sought.size(), columns.size()));
        LogicalPlan converted =
                right.equals(columns) ? plan : new LogicalPlan.Project(plan, right, Plans.names(plan), plan.at());
        return new Subquery(Question.IN, converted, asked.expiry(), level(), left, operator, at);
    }
}
