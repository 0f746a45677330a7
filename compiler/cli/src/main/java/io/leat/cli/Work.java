package io.leat.cli;

import io.leat.cli.output.VisibleText;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.CompiledJob;
import java.util.Optional;

/**
 * A job to run.
 *
 * @param name of the file it comes from
 * @param source the query, if it was compiled just now
 */
record Work(CompiledJob job, String name, Optional<SourceText> source) {
    private static final int LONG_LINE = 120;

    /**
     * Where in the query something happened, as errors show it: a line with the place and, if the text is at hand, the line of the query
     * with a caret below.
     *
     * @param position {@code line:column}; empty if unknown
     */
    String place(String position) {
        if (position.isEmpty()) {
            return "";
        }
        StringBuilder place = new StringBuilder("\n  --> ")
                .append(VisibleText.escaped(name))
                .append(':')
                .append(position);
        source.ifPresent(text -> {
            int colon = position.indexOf(':');
            int line = Integer.parseInt(position.substring(0, colon));
            int column = Integer.parseInt(position.substring(colon + 1));
            String shown = text.lineText(line).replace('\t', ' ');
            if (shown.length() <= LONG_LINE) {
                String before = shown.substring(0, shown.offsetByCodePoints(0, column - 1));
                place.append("\n ").append(line).append(" | ").append(VisibleText.escaped(shown));
                place.append("\n ")
                        .append(" ".repeat(String.valueOf(line).length()))
                        .append(" | ");
                place.append(" ".repeat(VisibleText.width(VisibleText.escaped(before))))
                        .append('^');
            }
        });
        return place.toString();
    }
}
