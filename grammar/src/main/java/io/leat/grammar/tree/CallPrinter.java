package io.leat.grammar.tree;

import io.leat.grammar.tree.Expression.Call;
import io.leat.grammar.tree.Expression.Unit;
import java.util.List;

/** Prints calls without what stands behind their arguments; those with words between their arguments get the words back. */
final class CallPrinter {
    private CallPrinter() {}

    static String print(Call call) {
        if (call.name().quoted()
                || call.star()
                || call.distinct()
                || !call.orderBy().isEmpty()
                || call.arguments().isEmpty()) {
            return plain(call);
        }
        return switch (call.name().key()) {
            case "extract" -> extract(call);
            case "floor", "ceil", "ceiling" -> rounded(call);
            case "position" -> position(call);
            case "trim", "substring" -> call.name() + "(" + ExpressionPrinter.printAll(call.arguments()) + ")";
            default -> plain(call);
        };
    }

    private static String plain(Call call) {
        String distinct = call.distinct() ? "DISTINCT " : "";
        String arguments = call.star() ? "*" : ExpressionPrinter.printAll(call.arguments());
        String orderBy = QueryPrinter.orderBy(" ORDER BY ", call.orderBy());
        return NamePrinter.function(call.name()) + "(" + distinct + arguments + orderBy + ")";
    }

    private static String extract(Call call) {
        List<Expression> arguments = call.arguments();
        return arguments.size() == 2 && arguments.get(0) instanceof Unit unit
                ? call.name() + "(" + unit.unit() + " FROM " + ExpressionPrinter.print(arguments.get(1)) + ")"
                : plain(call);
    }

    private static String rounded(Call call) {
        List<Expression> arguments = call.arguments();
        return arguments.size() == 2 && arguments.get(1) instanceof Unit unit
                ? call.name() + "(" + beforeTo(arguments.get(0)) + " TO " + unit.unit() + ")"
                : call.name() + "(" + ExpressionPrinter.printAll(arguments) + ")";
    }

    /** An interval at the end would take the TO for its own. */
    private static String beforeTo(Expression argument) {
        String text = ExpressionPrinter.print(argument);
        boolean endsItself = argument instanceof Expression.Reference || argument instanceof Call;
        return endsItself ? text : "(" + text + ")";
    }

    /** Behind the first argument an IN could follow, so it is no condition without parentheses. */
    private static String position(Call call) {
        List<Expression> arguments = call.arguments();
        String first = ExpressionPrinter.operand(arguments.get(0), Precedence.ADDITIVE);
        String others = ExpressionPrinter.printAll(arguments.subList(1, arguments.size()));
        return call.name() + "(" + first + (others.isEmpty() ? "" : ", " + others) + ")";
    }
}
