package io.leat.compiler.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A part of a page that is made from what it is about, between a line {@code <!-- made from … -->} and a line {@code <!-- end -->}. A
 * page that says something else fails; {@code -Dgolden=update} writes it anew.
 */
record GeneratedPart(Path file, String of) {
    private static final boolean UPDATE = "update".equals(System.getProperty("golden"));
    private static final String END = "<!-- end -->";

    /** Compares the part with these lines, or puts them there. */
    void check(List<String> wanted) {
        try {
            List<String> lines = Files.readString(file).lines().toList();
            int begin = lines.indexOf("<!-- made from " + of + " -->") + 1;
            if (begin == 0) {
                throw new AssertionError(file + " has no part made from " + of);
            }
            int end = begin + lines.subList(begin, lines.size()).indexOf(END);
            if (UPDATE) {
                StringBuilder text = new StringBuilder();
                List.of(lines.subList(0, begin), wanted, lines.subList(end, lines.size()))
                        .forEach(part -> part.forEach(line -> text.append(line).append('\n')));
                Files.writeString(file, text);
            } else {
                String message = file + ", made from " + of + " (-Dgolden=update writes it anew)";
                assertEquals(String.join("\n", wanted), String.join("\n", lines.subList(begin, end)), message);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
