package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.function.Aggregates;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What GROUP BY groups by. A number is the position of a selected expression; a plain name that is no column of the rows is the alias
 * of one.
 */
final class GroupKeys {
    private final Problems problems;
    private final BoundRelation rows;
    private final ExpressionBinder expressions;

    /**
     * @param subqueries takes those of the keys
     */
    GroupKeys(Context context, BoundRelation rows, Subqueries subqueries) {
        this.problems = context.problems();
        this.rows = rows;
        this.expressions = subqueries.binder();
    }

    /** Each key once, as an expression over the rows. */
    List<Expr> bind(List<Query.GroupItem> groupBy, List<Query.SelectItem> selected) {
        List<Expr> keys = new ArrayList<>();
        for (Query.GroupItem item : groupBy) {
            Expr key = expressions.conversions().settled(expressions.bind(meant(item.expression(), selected)));
            if (!keys.contains(key)) {
                keys.add(key);
            }
        }
        return keys;
    }

    private Expression meant(Expression written, List<Query.SelectItem> selected) {
        if (written instanceof Expression.NumberLiteral) {
            Optional<Integer> ordinal = SortBinder.ordinal(problems, written, selected.size());
            if (ordinal.isPresent() && selected.get(ordinal.get()) instanceof Query.Column column) {
                return column.expression();
            }
            return new Expression.NullLiteral(written.at());
        }
        if (written instanceof Expression.Reference reference
                && reference.name().parts().size() == 1
                && rows.named(reference.name().last().text()).isEmpty()) {
            return aliased(reference, selected).orElse(written);
        }
        if (written instanceof Expression.Call call
                && Aggregates.exists(call.name().text().toUpperCase(Locale.ROOT))) {
            problems.add(
                    ErrorCode.MISPLACED_AGGREGATE,
                    written.at(),
                    "rows cannot be grouped by an aggregate of them",
                    "aggregate in a subquery, and group its rows");
            return new Expression.NullLiteral(written.at());
        }
        return written;
    }

    private static Optional<Expression> aliased(Expression.Reference reference, List<Query.SelectItem> selected) {
        return selected.stream()
                .filter(Query.Column.class::isInstance)
                .map(Query.Column.class::cast)
                .filter(column -> column.alias()
                        .map(Identifier::key)
                        .equals(Optional.of(reference.name().last().key())))
                .map(Query.Column::expression)
                .findFirst();
    }
}
