package io.leat.grammar.tree;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints names, and lists of anything. Quotes that were written stay; others come where the name needs them. */
final class NamePrinter {
    private NamePrinter() {}

    static String name(Name name) {
        return name.parts().stream().map(NamePrinter::identifier).collect(Collectors.joining("."));
    }

    static String identifier(Identifier identifier) {
        return identifier.quoted() ? quoted(identifier.text()) : identifier(identifier.text());
    }

    static String identifier(String text) {
        return Words.isName(text) ? text : quoted(text);
    }

    /** A name on its own as a value. */
    static String column(Name name) {
        Identifier first = name.parts().get(0);
        return name.parts().size() == 1 && !Words.isColumn(first.text()) ? quoted(first.text()) : name(name);
    }

    static String function(Identifier name) {
        return name.quoted() || !Words.isFunction(name.text()) ? quoted(name.text()) : name.text();
    }

    static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    static String text(String value) {
        return '\'' + value.replace("'", "''") + '\'';
    }

    static <T> String list(Collection<T> items, Function<T, String> print) {
        return items.stream().map(print).collect(Collectors.joining(", "));
    }

    /** {@code (a, b)} with a space in front, or nothing. */
    static String columns(List<Identifier> columns) {
        return columns.isEmpty() ? "" : " (" + list(columns, NamePrinter::identifier) + ")";
    }

    static String renaming(PipeOperator.Renaming renaming) {
        return identifier(renaming.from()) + " AS " + identifier(renaming.to());
    }

    static String alias(Optional<Identifier> alias) {
        return alias.map(name -> " AS " + identifier(name)).orElse("");
    }
}
