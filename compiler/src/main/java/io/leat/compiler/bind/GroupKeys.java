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
import java.util.Set;
import java.util.TreeSet;

/**
 * What GROUP BY groups by. A number is the position of a selected expression; a plain name that is no column of the rows is the alias
 * of one.
 */
final class GroupKeys {
    private static final int MAX_SETS = 64;

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

    /** Binds them as expressions over the rows. */
    Groupings bind(List<? extends Query.Grouping> groupBy, List<Query.SelectItem> selected) {
        List<Expr> keys = new ArrayList<>();
        List<Set<Integer>> sets = List.of(Set.of());
        for (Query.Grouping grouping : groupBy) {
            List<Set<Integer>> more = new ArrayList<>();
            if (grouping instanceof Query.GroupingSets written) {
                written.sets().forEach(set -> more.add(set(set, selected, keys)));
            } else {
                more.add(set(List.of(((Query.GroupItem) grouping).expression()), selected, keys));
            }
            sets = sets.stream()
                    .flatMap(before -> more.stream().map(set -> both(before, set)))
                    .toList();
            if (sets.size() > MAX_SETS) {
                throw problems.abandon(
                        ErrorCode.TOO_LARGE,
                        grouping.at(),
                        "GROUP BY asks for " + sets.size() + " groupings, where " + MAX_SETS + " are possible",
                        "name the sets that are needed: GROUPING SETS ((a, b), (a), ())");
            }
        }
        return new Groupings(keys, sets);
    }

    private static Set<Integer> both(Set<Integer> one, Set<Integer> other) {
        Set<Integer> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    /** Where the keys of a set are among all of them. */
    private Set<Integer> set(List<Expression> written, List<Query.SelectItem> selected, List<Expr> keys) {
        Set<Integer> set = new TreeSet<>();
        for (Expression each : written) {
            Expr key = expressions.conversions().settled(expressions.bind(meant(each, selected)));
            if (!keys.contains(key)) {
                keys.add(key);
            }
            set.add(keys.indexOf(key));
        }
        return set;
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
