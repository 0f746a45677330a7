package io.leat.grammar.tree;

/**
 * Prints a tree as query text: one line, one spelling for everything, and read again it is an equal tree.
 *
 * <p>Names keep the quotes they were written with, and get quotes where they need them. What was written in short comes out in
 * full: {@code FROM t} as {@code SELECT * FROM t} (but not at the head of a pipe), {@code a::INT} as {@code CAST(a AS INT)},
 * {@code query |> INSERT INTO t} as {@code INSERT INTO t query}.
 */
public final class TreePrinter {
    private TreePrinter() {}

    /** A statement without the semicolon behind it. */
    public static String print(Statement statement) {
        return StatementPrinter.print(statement);
    }

    public static String print(Query query) {
        return QueryPrinter.print(query);
    }

    public static String print(Expression expression) {
        return ExpressionPrinter.print(expression);
    }

    public static String print(TypeName type) {
        return TypePrinter.print(type);
    }
}
