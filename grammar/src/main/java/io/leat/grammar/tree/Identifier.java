package io.leat.grammar.tree;

import io.leat.grammar.source.Origin;
import java.util.Locale;

/**
 * A name as written, without its quotes. Names match without regard to case; the case written is kept for output.
 *
 * @param quoted whether it stood in double quotes or backticks
 */
public record Identifier(String text, boolean quoted, Origin at) implements Node {

    /** The form in which names are compared. */
    public String key() {
        return key(text);
    }

    public static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text;
    }
}
