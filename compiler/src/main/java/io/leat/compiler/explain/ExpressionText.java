package io.leat.compiler.explain;

import io.leat.compiler.expr.Expr;
import java.util.List;
import java.util.stream.Collectors;

/** Expressions as they could stand in a query, with parentheses around every operator inside another one. */
final class ExpressionText implements Expr.Visitor<String> {
    private static final ExpressionText TEXT = new ExpressionText();

    private ExpressionText() {}

    static String of(Expr expression) {
        return expression.accept(TEXT);
    }

    static String all(List<Expr> expressions) {
        return expressions.stream().map(ExpressionText::of).collect(Collectors.joining(", "));
    }

    private static String inner(Expr expression) {
        String text = of(expression);
        boolean isWhole = expression instanceof Expr.Column
                || expression instanceof Expr.Literal
                || expression instanceof Expr.FieldAccess
                || expression instanceof Expr.Cast
                || expression instanceof Expr.Coalesce
                || expression instanceof Expr.Extreme
                || expression instanceof Expr.Required
                || expression instanceof Expr.Case
                || expression instanceof Expr.Call call && !isOperator(call);
        return isWhole ? text : "(" + text + ")";
    }

    private static boolean isOperator(Expr.Call call) {
        return !Character.isLetter(call.function().name().charAt(0));
    }

    @Override
    public String column(Expr.Column expr) {
        return expr.name();
    }

    @Override
    public String outer(Expr.Outer expr) {
        return expr.name();
    }

    @Override
    public String literal(Expr.Literal expr) {
        return LiteralText.of(expr);
    }

    @Override
    public String field(Expr.FieldAccess expr) {
        return inner(expr.row()) + "." + expr.name();
    }

    @Override
    public String call(Expr.Call expr) {
        String name = expr.function().name();
        if (isOperator(expr) && expr.arguments().size() == 2) {
            return inner(expr.arguments().get(0)) + " " + name + " "
                    + inner(expr.arguments().get(1));
        }
        return isOperator(expr) ? name + inner(expr.arguments().get(0)) : name + "(" + all(expr.arguments()) + ")";
    }

    @Override
    public String cast(Expr.Cast expr) {
        return (expr.orNull() ? "TRY_CAST(" : "CAST(") + of(expr.value()) + " AS "
                + expr.type().sql() + ")";
    }

    @Override
    public String compare(Expr.Compare expr) {
        return inner(expr.left()) + " " + expr.operator().symbol() + " " + inner(expr.right());
    }

    @Override
    public String logical(Expr.Logical expr) {
        return expr.operands().stream()
                .map(ExpressionText::inner)
                .collect(Collectors.joining(expr.and() ? " AND " : " OR "));
    }

    @Override
    public String not(Expr.Not expr) {
        return "NOT " + inner(expr.operand());
    }

    @Override
    public String isNull(Expr.IsNull expr) {
        return inner(expr.operand()) + " IS NULL";
    }

    @Override
    public String isTrue(Expr.IsTrue expr) {
        return inner(expr.operand()) + " IS TRUE";
    }

    @Override
    public String required(Expr.Required expr) {
        return "REQUIRED(" + of(expr.value()) + ")";
    }

    @Override
    public String in(Expr.In expr) {
        String list = expr.list().stream().limit(5).map(LiteralText::of).collect(Collectors.joining(", "));
        String more = expr.list().size() > 5 ? ", … " + (expr.list().size() - 5) + " more" : "";
        return inner(expr.value()) + " IN (" + list + more + (expr.hasNull() ? ", NULL" : "") + ")";
    }

    @Override
    public String choose(Expr.Case expr) {
        StringBuilder text = new StringBuilder("CASE");
        for (Expr.Case.Branch branch : expr.branches()) {
            text.append(" WHEN ")
                    .append(of(branch.condition()))
                    .append(" THEN ")
                    .append(of(branch.result()));
        }
        return text.append(" ELSE ").append(of(expr.otherwise())).append(" END").toString();
    }

    @Override
    public String coalesce(Expr.Coalesce expr) {
        return "COALESCE(" + all(expr.operands()) + ")";
    }

    @Override
    public String concat(Expr.Concat expr) {
        if (expr.separator().isPresent()) {
            return "CONCAT_WS(" + of(expr.separator().get()) + ", " + all(expr.operands()) + ")";
        }
        return expr.skipsNulls()
                ? "CONCAT(" + all(expr.operands()) + ")"
                : expr.operands().stream().map(ExpressionText::inner).collect(Collectors.joining(" || "));
    }

    @Override
    public String array(Expr.ArrayOf expr) {
        return "ARRAY[" + all(expr.elements()) + "]";
    }

    @Override
    public String element(Expr.Element expr) {
        return inner(expr.array()) + "[" + of(expr.position()) + "]";
    }

    @Override
    public String extreme(Expr.Extreme expr) {
        return (expr.greatest() ? "GREATEST(" : "LEAST(") + all(expr.operands()) + ")";
    }

    /** As the arguments of the call that takes it. How ties are settled is not said: it is always the same. */
    @Override
    public String item(Expr.Item expr) {
        String order = expr.order().stream().map(ExpressionText::key).collect(Collectors.joining(", "));
        return all(expr.values()) + (order.isEmpty() ? "" : " ORDER BY " + order);
    }

    private static String key(Expr.Item.Key key) {
        return inner(key.value()) + (key.descending() ? " DESC" : "") + (key.nullsFirst() ? " NULLS FIRST" : "");
    }
}
