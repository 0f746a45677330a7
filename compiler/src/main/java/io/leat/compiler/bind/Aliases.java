package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.function.Aggregates;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Operands;
import io.leat.grammar.tree.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The names that a select list gives to its values. Where no column has such a name it stands for the value: in the items behind it, and
 * in other clauses of the same query. The value is bound where the name is used, as if it were written there.
 */
final class Aliases {
    /** The limit named <em>aliases</em>: names of names of names would otherwise grow without bound. */
    private static final long MAX_TEXT = 500_000;

    private final Problems problems;
    private final List<Query.SelectItem> items;
    private final Map<String, List<Integer>> places = new HashMap<>();
    /** Only names of items before this one are known. */
    private int known;

    private long text;

    Aliases(Problems problems, List<Query.SelectItem> items) {
        this.problems = problems;
        this.items = List.copyOf(items);
        this.known = items.size();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Query.Column column && column.alias().isPresent()) {
                places.computeIfAbsent(column.alias().get().key(), key -> new ArrayList<>())
                        .add(i);
            }
        }
    }

    /** No names. */
    static Aliases none(Problems problems) {
        return new Aliases(problems, List.of());
    }

    /** Works on what belongs to an item, for which only the names of those before it are known. */
    <T> T before(int item, Supplier<T> work) {
        int outside = known;
        known = Math.min(outside, item);
        try {
            return work.get();
        } finally {
            known = outside;
        }
    }

    boolean has(Identifier name) {
        return place(name).isPresent();
    }

    private Optional<Integer> place(Identifier name) {
        return places.getOrDefault(name.key(), List.of()).stream()
                .filter(place -> place < known)
                .findFirst();
    }

    private Expression value(int place) {
        return ((Query.Column) items.get(place)).expression();
    }

    /** The value that a name stands for; empty if it is none of these. */
    Optional<Expr> bind(Identifier name, ExpressionBinder expressions) {
        Optional<Integer> place = place(name);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        Expression value = value(place.get());
        boolean isClear = places.get(name.key()).stream()
                .allMatch(other -> other >= known || value(other).equals(value));
        if (!isClear) {
            problems.add(
                    ErrorCode.AMBIGUOUS_COLUMN,
                    name.at(),
                    "'" + name + "' could be any of several selected values",
                    "give them different names");
        }
        Origin at = value.at();
        text += at.end() - at.start();
        if (text > MAX_TEXT) {
            throw problems.abandon(
                    ErrorCode.TOO_LARGE,
                    name.at(),
                    "with all names replaced by what they stand for, this query is longer than the limit 'aliases' of "
                            + MAX_TEXT + " characters",
                    "compute values that are used often in a subquery or an earlier step of a pipe");
        }
        return Optional.of(before(place.get(), () -> expressions.bind(value)));
    }

    /** Whether a value is made of several rows: by an aggregate or a window function in it, or in what a name in it stands for. */
    boolean isOfSeveralRows(Expression expression, BoundRelation rows) {
        Map<Integer, Boolean> found = new HashMap<>();
        return isOfSeveralRows(expression, rows, found);
    }

    private boolean isOfSeveralRows(Expression expression, BoundRelation rows, Map<Integer, Boolean> found) {
        if (expression instanceof Expression.Over || expression instanceof Expression.Call call && isOfGroups(call)) {
            return true;
        }
        if (expression instanceof Expression.Reference reference
                && reference.name().parts().size() == 1
                && rows.named(reference.name().last().text()).isEmpty()) {
            return place(reference.name().last())
                    .map(place -> isOfSeveralRows(place, rows, found))
                    .orElse(false);
        }
        return Operands.of(expression).stream().anyMatch(operand -> isOfSeveralRows(operand, rows, found));
    }

    /** Of an item, which is looked at once. */
    private boolean isOfSeveralRows(int place, BoundRelation rows, Map<Integer, Boolean> found) {
        Boolean before = found.get(place);
        if (before != null) {
            return before;
        }
        boolean is = before(place, () -> isOfSeveralRows(value(place), rows, found));
        found.put(place, is);
        return is;
    }

    private static boolean isOfGroups(Expression.Call call) {
        String name = call.name().text().toUpperCase(Locale.ROOT);
        return Aggregates.exists(name) || name.equals("GROUPING") || name.equals("GROUPING_ID");
    }
}
