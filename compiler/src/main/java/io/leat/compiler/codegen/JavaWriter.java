package io.leat.compiler.codegen;

import io.leat.grammar.source.Origin;
import java.util.ArrayList;
import java.util.List;

/** Writes Java source with indentation, and remembers which part of the query each line comes from. */
final class JavaWriter {
    private static final String INDENT = "    ";

    private final StringBuilder source = new StringBuilder();
    private final List<Origin> origins = new ArrayList<>();
    private int depth;
    private Origin current = Origin.NONE;

    JavaWriter(int depth) {
        this.depth = depth;
    }

    JavaWriter line(String text) {
        source.append(INDENT.repeat(text.isEmpty() ? 0 : depth)).append(text).append('\n');
        origins.add(current);
        return this;
    }

    /** Opens a block: the line gets a brace, what follows is indented until {@link #end}. */
    JavaWriter block(String head) {
        line(head + " {");
        depth++;
        return this;
    }

    /** Closes a block and opens another, as in {@code } else {}. */
    JavaWriter next(String head) {
        depth--;
        line("} " + head + " {");
        depth++;
        return this;
    }

    JavaWriter end() {
        depth--;
        return line("}");
    }

    JavaWriter comment(String text) {
        return line("// " + text);
    }

    /** What follows comes from there. */
    JavaWriter at(Origin origin) {
        current = origin;
        return this;
    }

    String text() {
        return source.toString();
    }

    /** The origin of each line, in order. */
    List<Origin> origins() {
        return origins;
    }
}
