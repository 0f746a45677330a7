package io.leat.compiler.codegen;

import io.leat.grammar.source.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A class skeleton with named holes, written <code>{{name}}</code>. A hole within a line takes text; a hole that is a line of its
 * own takes lines, which get its indentation. A hole that is unknown or not filled is an error.
 */
final class Template {
    private static final Pattern HOLE = Pattern.compile("\\{\\{(\\w+)\\}\\}");

    private final String text;
    private final Map<String, String> words = new HashMap<>();
    private final Map<String, JavaWriter> lines = new HashMap<>();

    Template(String text) {
        this.text = text;
    }

    Template word(String hole, String value) {
        words.put(checked(hole), value);
        return this;
    }

    Template lines(String hole, JavaWriter value) {
        lines.put(checked(hole), value);
        return this;
    }

    private String checked(String hole) {
        if (!text.contains("{{" + hole + "}}")) {
            throw new IllegalArgumentException("no hole " + hole);
        }
        return hole;
    }

    /** A finished source with the place in the query that each of its lines comes from. */
    record Source(String text, List<Origin> origins) {}

    Source fill() {
        StringBuilder source = new StringBuilder();
        List<Origin> origins = new ArrayList<>();
        Set<String> open = new TreeSet<>();
        boolean nothing = false;
        for (String line : text.split("\n", -1)) {
            if (nothing && line.isEmpty()) {
                // Nothing stands at the start of a block, so nothing is to be set apart from what follows.
                nothing = false;
                continue;
            }
            nothing = false;
            Matcher hole = HOLE.matcher(line);
            boolean alone = hole.matches() || HOLE.matcher(line.strip()).matches();
            String name = alone ? line.strip().substring(2, line.strip().length() - 2) : "";
            if (alone && lines.containsKey(name)) {
                insert(lines.get(name), line.substring(0, line.indexOf('{')), source, origins);
                nothing =
                        lines.get(name).origins().isEmpty() && source.toString().endsWith("{\n");
                continue;
            }
            source.append(HOLE.matcher(line).replaceAll(match -> {
                String value = words.get(match.group(1));
                if (value == null) {
                    open.add(match.group(1));
                    return "";
                }
                return Matcher.quoteReplacement(value);
            }));
            source.append('\n');
            origins.add(Origin.NONE);
        }
        if (!open.isEmpty()) {
            throw new IllegalStateException("holes not filled: " + open);
        }
        return new Source(source.toString(), origins);
    }

    private static void insert(JavaWriter writer, String indent, StringBuilder source, List<Origin> origins) {
        List<Origin> lineOrigins = writer.origins();
        int number = 0;
        for (String line : writer.text().split("\n", -1)) {
            if (number == lineOrigins.size()) {
                break;
            }
            source.append(line.isEmpty() ? "" : indent).append(line).append('\n');
            origins.add(lineOrigins.get(number++));
        }
    }
}
