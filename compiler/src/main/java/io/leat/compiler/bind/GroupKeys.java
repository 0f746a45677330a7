package io.leat.compiler.bind;

import io.leat.compiler.bind.SelectedValues.Value;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.function.Aggregates;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Query;
import io.leat.runtime.type.Type;
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
    private final Aliases aliases;

    /**
     * @param subqueries takes those of the keys
     * @param aliases names of selected values
     */
    GroupKeys(Context context, BoundRelation rows, Subqueries subqueries, Aliases aliases) {
        this.problems = context.problems();
        this.rows = rows;
        this.expressions = subqueries.binder(aliases);
        this.aliases = aliases;
    }

    /** Binds them as expressions over the rows. */
    Groupings bind(List<? extends Query.Grouping> groupBy, List<Query.SelectItem> selected) {
        List<Expr> keys = new ArrayList<>();
        List<Set<Integer>> sets = List.of(Set.of());
        for (Query.Grouping grouping : groupBy) {
            List<Set<Integer>> more = new ArrayList<>();
            if (grouping instanceof Query.GroupAll) {
                more.add(all(selected, keys));
            } else if (grouping instanceof Query.GroupingSets written) {
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
            set.add(note(key(each, selected), keys));
        }
        return set;
    }

    /** Everything that is selected and made of one row. */
    private Set<Integer> all(List<Query.SelectItem> selected, List<Expr> keys) {
        Set<Integer> set = new TreeSet<>();
        for (Value value : new SelectedValues(problems, rows).of(selected)) {
            boolean isKey = value.written().isEmpty()
                    || !aliases.isOfSeveralRows(value.written().get(), rows);
            if (isKey) {
                set.add(note(bind(value), keys));
            }
        }
        return set;
    }

    private int note(Expr value, List<Expr> keys) {
        Expr key = expressions.conversions().settled(value);
        if (!keys.contains(key)) {
            keys.add(key);
        }
        return keys.indexOf(key);
    }

    private Expr bind(Value value) {
        return value.column().isPresent()
                ? rows.column(value.column().get(), value.at())
                : aliases.before(
                        value.item(), () -> expressions.bind(value.written().orElseThrow()));
    }

    private Expr key(Expression written, List<Query.SelectItem> selected) {
        if (written instanceof Expression.NumberLiteral) {
            List<Value> values = selected.isEmpty() ? List.of() : new SelectedValues(problems, rows).of(selected);
            Optional<Integer> ordinal = SortBinder.ordinal(problems, written, values.size());
            return ordinal.isPresent() ? bind(values.get(ordinal.get())) : expressions.bind(written);
        }
        if (written instanceof Expression.Reference reference
                && reference.name().parts().size() == 1
                && rows.named(reference.name().last().text()).isEmpty()) {
            return aliases.bind(reference.name().last(), expressions).orElseGet(() -> expressions.bind(written));
        }
        if (written instanceof Expression.Call call
                && Aggregates.exists(call.name().text().toUpperCase(Locale.ROOT))) {
            problems.add(
                    ErrorCode.MISPLACED_AGGREGATE,
                    written.at(),
                    "rows cannot be grouped by an aggregate of them",
                    "aggregate in a subquery, and group its rows");
            return Expr.Literal.ofNull(Type.NULL, written.at());
        }
        return expressions.bind(written);
    }
}
