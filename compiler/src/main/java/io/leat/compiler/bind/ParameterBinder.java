package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr.Literal;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.runtime.type.Type;
import java.util.regex.Pattern;

/**
 * Query parameters as literals. A value is read by itself and never becomes part of the query text: digits are a number, {@code true}
 * and {@code false} booleans, anything else is text; in single quotes it is text in any case.
 */
final class ParameterBinder {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

    private final Context context;
    private final LiteralBinder literals;

    ParameterBinder(Context context, LiteralBinder literals) {
        this.context = context;
        this.literals = literals;
    }

    Literal bind(Expression.Parameter parameter) {
        String value = context.parameters().get(parameter.name());
        if (value == null) {
            context.problems()
                    .add(
                            ErrorCode.UNKNOWN_PARAMETER,
                            parameter.at(),
                            "the parameter :" + parameter.name() + " has no value",
                            "give it one with -D " + parameter.name() + "=value");
            return Literal.ofNull(Type.NULL, parameter.at());
        }
        return literal(value, parameter.at());
    }

    private Literal literal(String value, Origin at) {
        if (NUMBER.matcher(value).matches()) {
            boolean signed = value.startsWith("-") || value.startsWith("+");
            return literals.number(signed ? value.substring(1) : value, value.startsWith("-"), at);
        }
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return Literal.of(Boolean.parseBoolean(value), at);
        }
        boolean quoted = value.length() >= 2 && value.startsWith("'") && value.endsWith("'");
        return new Literal(quoted ? value.substring(1, value.length() - 1) : value, Type.VARCHAR, at);
    }
}
