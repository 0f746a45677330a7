package io.leat.compiler.expr;

import io.leat.compiler.expr.Expr.Column;
import io.leat.compiler.expr.Expr.Logical;
import io.leat.compiler.type.Casting;
import io.leat.grammar.source.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Questions about expressions and ways to rebuild them. */
public final class Exprs {
    private Exprs() {}

    public static void forEachColumn(Expr expression, Consumer<Column> action) {
        if (expression instanceof Column column) {
            action.accept(column);
            return;
        }
        for (Expr child : expression.children()) {
            forEachColumn(child, action);
        }
    }

    /** Positions of all columns that occur, in ascending order. */
    public static Set<Integer> columns(Expr expression) {
        Set<Integer> columns = new TreeSet<>();
        forEachColumn(expression, column -> columns.add(column.index()));
        return columns;
    }

    /** Whether a column of rows around the query occurs, at this level of depth. */
    public static boolean speaksOf(Expr expression, int level) {
        if (expression instanceof Expr.Outer outer) {
            return outer.level() == level;
        }
        for (Expr child : expression.children()) {
            if (speaksOf(child, level)) {
                return true;
            }
        }
        return false;
    }

    /** Rebuilds bottom-up: {@code change} sees each node after its operands were rebuilt. */
    public static Expr rewrite(Expr expression, Function<Expr, Expr> change) {
        List<Expr> children = expression.children();
        if (children.isEmpty()) {
            return change.apply(expression);
        }
        List<Expr> changed = new ArrayList<>(children.size());
        boolean same = true;
        for (Expr child : children) {
            Expr rewritten = rewrite(child, change);
            same &= rewritten == child;
            changed.add(rewritten);
        }
        return change.apply(same ? expression : expression.withChildren(changed));
    }

    /** The expression with its columns replaced by what stands in a projection. */
    public static Expr substitute(Expr expression, List<Expr> replacements) {
        return rewrite(expression, node -> node instanceof Column column ? replacements.get(column.index()) : node);
    }

    /** The expression with its columns at other positions. */
    public static Expr move(Expr expression, IntUnaryOperator moved) {
        return rewrite(
                expression,
                node -> node instanceof Column column
                        ? new Column(
                                moved.applyAsInt(column.index()),
                                column.name(),
                                column.type(),
                                column.nullable(),
                                column.at())
                        : node);
    }

    /** The operands of a conjunction, nested ones too, in order; the expression itself if it is none. */
    public static List<Expr> conjuncts(Expr expression) {
        List<Expr> conjuncts = new ArrayList<>();
        collectConjuncts(expression, conjuncts);
        return conjuncts;
    }

    private static void collectConjuncts(Expr expression, List<Expr> into) {
        if (expression instanceof Logical logical && logical.and()) {
            logical.operands().forEach(operand -> collectConjuncts(operand, into));
        } else {
            into.add(expression);
        }
    }

    /** All conditions together, in this order; TRUE if there are none. */
    public static Expr and(List<Expr> conditions) {
        List<Expr> flat = new ArrayList<>();
        conditions.forEach(condition -> collectConjuncts(condition, flat));
        if (flat.isEmpty()) {
            return Expr.Literal.of(true, Origin.NONE);
        }
        return flat.size() == 1
                ? flat.get(0)
                : new Logical(true, flat, flat.get(0).at());
    }

    public static Expr and(Expr first, Expr second) {
        return and(List.of(first, second));
    }

    /** Whether evaluating it may find no value for some row, so that it must not be evaluated for more rows than were asked. */
    public static boolean canFail(Expr expression) {
        if (expression instanceof Expr.Call call && call.function().canFail()) {
            return true;
        }
        if (expression instanceof Expr.Required required && required.value().nullable()) {
            return true;
        }
        if (expression instanceof Expr.Cast cast
                && !cast.orNull()
                && Casting.canFail(cast.value().type(), cast.type())) {
            return true;
        }
        for (Expr child : expression.children()) {
            if (canFail(child)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is NULL where one of its operands is, all of which are asked for. */
    public static boolean isStrict(Expr expression) {
        return expression instanceof Expr.Call
                || expression instanceof Expr.Cast
                || expression instanceof Expr.FieldAccess
                || expression instanceof Expr.Not
                || expression instanceof Expr.Compare compare
                        && !compare.operator().nullIsValue();
    }

    /** Whether it is NULL where all of these columns are. */
    public static boolean isNullWhere(Expr expression, IntPredicate columns) {
        if (expression instanceof Column column) {
            return columns.test(column.index());
        }
        return isStrict(expression) && expression.children().stream().anyMatch(child -> isNullWhere(child, columns));
    }

    /** Whether it is another one as the clock goes on; the time at which a row is read stays what it was. */
    public static boolean asksTheClock(Expr expression) {
        if (expression instanceof Expr.Call call) {
            boolean steady =
                    call.function().deterministic() || call.function().name().equals("PROCTIME");
            return !steady || call.arguments().stream().anyMatch(Exprs::asksTheClock);
        }
        return expression.children().stream().anyMatch(Exprs::asksTheClock);
    }

    /** Whether it yields the same for the same row, always. */
    public static boolean isDeterministic(Expr expression) {
        if (expression instanceof Expr.Call call && !call.function().deterministic()) {
            return false;
        }
        for (Expr child : expression.children()) {
            if (!isDeterministic(child)) {
                return false;
            }
        }
        return true;
    }
}
