package io.leat.grammar.tree;

import java.util.List;
import java.util.stream.Collectors;

/** Prints expressions, with parentheses only where the tree would otherwise be another. */
final class ExpressionPrinter implements ExpressionVisitor<String> {
    private static final ExpressionPrinter PRINTER = new ExpressionPrinter();

    private ExpressionPrinter() {}

    static String print(Expression expression) {
        return ExpressionVisitor.visit(expression, PRINTER);
    }

    static String printAll(List<Expression> expressions) {
        return NamePrinter.list(expressions, ExpressionPrinter::print);
    }

    /** For a place that takes this level and all stronger ones. */
    static String operand(Expression expression, Precedence weakest) {
        String text = print(expression);
        return Precedence.of(expression).compareTo(weakest) < 0 ? "(" + text + ")" : text;
    }

    private static String negated(boolean negated) {
        return negated ? "NOT " : "";
    }

    @Override
    public String nullLiteral(Expression.NullLiteral node) {
        return "NULL";
    }

    @Override
    public String booleanLiteral(Expression.BooleanLiteral node) {
        return node.value() ? "TRUE" : "FALSE";
    }

    @Override
    public String numberLiteral(Expression.NumberLiteral node) {
        return node.text();
    }

    @Override
    public String stringLiteral(Expression.StringLiteral node) {
        return NamePrinter.text(node.value());
    }

    @Override
    public String binaryLiteral(Expression.BinaryLiteral node) {
        return "X" + NamePrinter.text(node.hexDigits());
    }

    @Override
    public String typedLiteral(Expression.TypedLiteral node) {
        return TypePrinter.print(node.type()) + " " + NamePrinter.text(node.text());
    }

    @Override
    public String intervalLiteral(Expression.IntervalLiteral node) {
        return "INTERVAL "
                + NamePrinter.text(node.text())
                + node.from().map(unit -> " " + unit).orElse("")
                + node.to().map(unit -> " TO " + unit).orElse("");
    }

    @Override
    public String parameter(Expression.Parameter node) {
        return ":" + NamePrinter.identifier(node.name());
    }

    @Override
    public String reference(Expression.Reference node) {
        return NamePrinter.column(node.name());
    }

    /** Behind a plain name a dot would make the field a part of the name. */
    @Override
    public String fieldAccess(Expression.FieldAccess node) {
        Expression value = node.value();
        return stepped(value, false) + "." + NamePrinter.identifier(node.field());
    }

    @Override
    public String element(Expression.Element node) {
        return stepped(node.array(), node.array() instanceof Expression.Reference) + "[" + print(node.position()) + "]";
    }

    /** What a field or an element is taken of. */
    private static String stepped(Expression value, boolean isPlain) {
        boolean standsAlone = isPlain
                || value instanceof Expression.FieldAccess
                || value instanceof Expression.Element
                || value instanceof Expression.Call
                || value instanceof Expression.Cast
                || value instanceof Expression.RowConstructor
                || value instanceof Expression.ArrayConstructor
                || value instanceof Expression.ScalarQuery;
        return standsAlone ? print(value) : "(" + print(value) + ")";
    }

    @Override
    public String unary(Expression.Unary node) {
        if (node.operator() == Expression.Unary.Operator.NOT) {
            return "NOT " + operand(node.operand(), Precedence.NOT);
        }
        String sign = node.operator() == Expression.Unary.Operator.MINUS ? "-" : "+";
        String operand = operand(node.operand(), Precedence.SIGN);
        // Two minus signs in a row begin a comment.
        return operand.startsWith(sign) ? sign + " " + operand : sign + operand;
    }

    @Override
    public String arithmetic(Expression.Arithmetic node) {
        Precedence weakest = Precedence.of(node) == Precedence.ADDITIVE ? Precedence.MULTIPLICATIVE : Precedence.SIGN;
        StringBuilder text = new StringBuilder(operand(node.operands().get(0), weakest));
        for (int index = 0; index < node.operators().size(); index++) {
            text.append(' ')
                    .append(node.operators().get(index).symbol())
                    .append(' ')
                    .append(operand(node.operands().get(index + 1), weakest));
        }
        return text.toString();
    }

    @Override
    public String logical(Expression.Logical node) {
        Precedence weakest = node.and() ? Precedence.NOT : Precedence.AND;
        return node.operands().stream()
                .map(each -> operand(each, weakest))
                .collect(Collectors.joining(node.and() ? " AND " : " OR "));
    }

    @Override
    public String comparison(Expression.Comparison node) {
        boolean isTest = Precedence.isDistinctTest(node);
        return operand(node.left(), isTest ? Precedence.IS : Precedence.RANGE)
                + " "
                + node.operator().symbol()
                + " "
                + operand(node.right(), isTest ? Precedence.COMPARISON : Precedence.RANGE);
    }

    @Override
    public String between(Expression.Between node) {
        return operand(node.value(), Precedence.ADDITIVE)
                + " "
                + negated(node.negated())
                + "BETWEEN "
                + operand(node.low(), Precedence.ADDITIVE)
                + " AND "
                + operand(node.high(), Precedence.ADDITIVE);
    }

    @Override
    public String inList(Expression.InList node) {
        return operand(node.value(), Precedence.ADDITIVE)
                + " "
                + negated(node.negated())
                + "IN ("
                + printAll(node.list())
                + ")";
    }

    @Override
    public String inQuery(Expression.InQuery node) {
        return operand(node.value(), Precedence.ADDITIVE)
                + " "
                + negated(node.negated())
                + "IN "
                + QueryPrinter.inParentheses(node.query());
    }

    @Override
    public String quantified(Expression.Quantified node) {
        return operand(node.value(), Precedence.RANGE)
                + " "
                + node.operator().symbol()
                + (node.all() ? " ALL " : " ANY ")
                + QueryPrinter.inParentheses(node.query());
    }

    @Override
    public String exists(Expression.Exists node) {
        return "EXISTS " + QueryPrinter.inParentheses(node.query());
    }

    @Override
    public String scalarQuery(Expression.ScalarQuery node) {
        return QueryPrinter.inParentheses(node.query());
    }

    @Override
    public String like(Expression.Like node) {
        return operand(node.value(), Precedence.ADDITIVE)
                + " "
                + negated(node.negated())
                + (node.caseInsensitive() ? "ILIKE " : "LIKE ")
                + operand(node.pattern(), Precedence.ADDITIVE)
                + node.escape()
                        .map(escape -> " ESCAPE " + operand(escape, Precedence.ADDITIVE))
                        .orElse("");
    }

    @Override
    public String isNull(Expression.IsNull node) {
        return operand(node.value(), Precedence.IS) + " IS " + negated(node.negated()) + "NULL";
    }

    @Override
    public String isTruth(Expression.IsTruth node) {
        String truth = node.truth().map(value -> value ? "TRUE" : "FALSE").orElse("UNKNOWN");
        return operand(node.value(), Precedence.IS) + " IS " + negated(node.negated()) + truth;
    }

    @Override
    public String caseOf(Expression.Case node) {
        return "CASE"
                + node.operand().map(operand -> " " + print(operand)).orElse("")
                + node.branches().stream()
                        .map(branch -> " WHEN " + print(branch.condition()) + " THEN " + print(branch.result()))
                        .collect(Collectors.joining())
                + node.otherwise().map(value -> " ELSE " + print(value)).orElse("")
                + " END";
    }

    @Override
    public String cast(Expression.Cast node) {
        return (node.orNull() ? "TRY_CAST(" : "CAST(") + print(node.value()) + " AS " + TypePrinter.print(node.type())
                + ")";
    }

    @Override
    public String call(Expression.Call node) {
        String filter = node.filter()
                .map(condition -> " FILTER (WHERE " + print(condition) + ")")
                .orElse("");
        return CallPrinter.print(node) + filter + (node.ignoreNulls() ? " IGNORE NULLS" : "");
    }

    @Override
    public String over(Expression.Over node) {
        return call(node.call()) + " OVER " + WindowPrinter.over(node.window());
    }

    @Override
    public String unit(Expression.Unit node) {
        return node.unit().name();
    }

    @Override
    public String rowConstructor(Expression.RowConstructor node) {
        return "ROW(" + printAll(node.values()) + ")";
    }

    @Override
    public String arrayConstructor(Expression.ArrayConstructor node) {
        return "ARRAY[" + printAll(node.elements()) + "]";
    }
}
