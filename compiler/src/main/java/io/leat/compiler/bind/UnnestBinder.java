package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.Unnest;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Relation;
import io.leat.grammar.tree.Relation.JoinCondition;
import io.leat.grammar.tree.Relation.JoinKind;
import io.leat.runtime.type.Type.ArrayType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code UNNEST(array, …)} behind a relation, of which each row goes on once for each element of arrays in it. */
final class UnnestBinder {
    private static final String NAME = "UNNEST";

    private final Context context;
    private final Problems problems;

    UnnestBinder(Context context) {
        this.context = context;
        this.problems = context.problems();
    }

    static boolean takes(Relation relation) {
        return relation instanceof Relation.TableFunction function
                && function.name().text().toUpperCase(Locale.ROOT).equals(NAME);
    }

    /** What stands on the left side, with the elements behind it. */
    BoundRelation bind(
            JoinKind kind, BoundRelation left, Relation.TableFunction function, JoinCondition condition, Origin at) {
        boolean always = condition instanceof Relation.Unconditional none && !none.natural()
                || condition instanceof Relation.On on && isTrue(on.condition());
        boolean padded = kind == JoinKind.LEFT;
        if (kind != JoinKind.CROSS && kind != JoinKind.INNER && !padded || !always) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    at,
                    "UNNEST joins each row with the elements of its own array, and nothing else",
                    "write CROSS JOIN UNNEST(a) AS u (x), and the condition in WHERE; or LEFT JOIN UNNEST(a) AS u (x) ON TRUE");
        }
        return bind(left, function, padded);
    }

    private static boolean isTrue(Expression condition) {
        return condition instanceof Expression.BooleanLiteral literal && literal.value();
    }

    /**
     * @param padded whether rows without elements go on, too
     */
    BoundRelation bind(BoundRelation left, Relation.TableFunction function, boolean padded) {
        List<Expr> arrays = arrays(left, function);
        int shown = arrays.size() + (function.ordinality() ? 1 : 0);
        List<Identifier> names = function.columns();
        if (names.size() > shown) {
            throw problems.abandon(
                    ErrorCode.COLUMN_COUNT,
                    names.get(shown).at(),
                    names.size() + " names for " + shown + (shown == 1 ? " column" : " columns"),
                    function.ordinality()
                            ? "name an element of each array, and their position"
                            : "write UNNEST(a) WITH ORDINALITY");
        }
        Unnest plan = new Unnest(left.plan(), arrays, padded, function.at());
        int width = left.plan().output().size();
        String qualifier = function.alias().map(Identifier::text).orElse("");
        List<Entry> entries = new ArrayList<>(left.names());
        for (int i = 0; i < shown; i++) {
            String name = i < names.size()
                    ? names.get(i).text()
                    : plan.output().get(width + i).name();
            entries.add(new Entry(qualifier, name, width + i, false));
        }
        return new BoundRelation(plan, entries, left.expiry());
    }

    private List<Expr> arrays(BoundRelation left, Relation.TableFunction function) {
        boolean plain = !function.arguments().isEmpty()
                && function.arguments().stream()
                        .allMatch(argument ->
                                argument.name().isEmpty() && argument.value() instanceof Relation.ExpressionArgument);
        if (!plain) {
            throw problems.abandon(
                    ErrorCode.NO_OVERLOAD, function.at(), "UNNEST takes arrays", "write CROSS JOIN UNNEST(a) AS u (x)");
        }
        ExpressionBinder binder = new ExpressionBinder(context, left);
        int before = problems.errors();
        List<Expr> arrays = new ArrayList<>();
        for (Relation.Argument argument : function.arguments()) {
            Expression written = ((Relation.ExpressionArgument) argument.value()).expression();
            Expr array = binder.conversions().settled(binder.bind(written));
            if (problems.errors() == before && !(array.type() instanceof ArrayType)) {
                problems.add(
                        ErrorCode.TYPE_MISMATCH,
                        written.at(),
                        "UNNEST takes an array, and not " + array.type().sql(),
                        "make one of values with ARRAY[a, b]");
            }
            arrays.add(array);
        }
        if (problems.errors() > before) {
            throw new Problems.Abandoned();
        }
        return arrays;
    }
}
