package io.leat.grammar.tree;

import io.leat.grammar.tree.Window.Bound;
import io.leat.grammar.tree.Window.Frame;
import java.util.ArrayList;
import java.util.List;

/** Prints the windows of window functions; every frame with both its bounds. */
final class WindowPrinter {
    private WindowPrinter() {}

    /** Behind OVER: the name of a window, or its definition. */
    static String over(Window window) {
        boolean isName = window.partitionBy().isEmpty()
                && window.orderBy().isEmpty()
                && window.frame().isEmpty();
        return isName && window.base().isPresent()
                ? NamePrinter.identifier(window.base().get())
                : definition(window);
    }

    static String clause(List<Window.Named> windows) {
        return windows.isEmpty() ? "" : " WINDOW " + NamePrinter.list(windows, WindowPrinter::named);
    }

    private static String named(Window.Named named) {
        return NamePrinter.identifier(named.name()) + " AS " + definition(named.window());
    }

    private static String definition(Window window) {
        List<String> parts = new ArrayList<>();
        window.base().ifPresent(base -> parts.add(NamePrinter.identifier(base)));
        if (!window.partitionBy().isEmpty()) {
            parts.add("PARTITION BY " + ExpressionPrinter.printAll(window.partitionBy()));
        }
        if (!window.orderBy().isEmpty()) {
            parts.add(QueryPrinter.orderBy("ORDER BY ", window.orderBy()));
        }
        window.frame().ifPresent(frame -> parts.add(frame(frame)));
        return "(" + String.join(" ", parts) + ")";
    }

    private static String frame(Frame frame) {
        String exclusion = switch (frame.exclusion()) {
            case NO_OTHERS -> "";
            case CURRENT_ROW -> " EXCLUDE CURRENT ROW";
            case GROUP -> " EXCLUDE GROUP";
            case TIES -> " EXCLUDE TIES";
        };
        return frame.unit() + " BETWEEN " + bound(frame.start()) + " AND " + bound(frame.end()) + exclusion;
    }

    private static String bound(Bound bound) {
        String distance = bound.distance().map(WindowPrinter::distance).orElse("");
        return distance + bound.kind().name().replace('_', ' ');
    }

    /** A column could have the name UNBOUNDED. */
    private static String distance(Expression value) {
        boolean isName = value instanceof Expression.Reference;
        return (isName
                        ? "(" + ExpressionPrinter.print(value) + ")"
                        : ExpressionPrinter.operand(value, Precedence.ADDITIVE))
                + " ";
    }
}
