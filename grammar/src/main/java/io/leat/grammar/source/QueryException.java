package io.leat.grammar.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A query text that does not compile, with everything that is wrong with it. */
public final class QueryException extends RuntimeException {
    /** Below 64 KiB, with room for the last line: terminals, log collectors and editors choke on more. */
    private static final int MAX_BYTES = 63 * 1024;

    private final transient SourceText source;
    private final transient List<Diagnostic> diagnostics;

    /** At least one of the diagnostics is an error. */
    public QueryException(SourceText source, List<Diagnostic> diagnostics) {
        super(render(source, inOrder(diagnostics)));
        this.source = source;
        this.diagnostics = inOrder(diagnostics);
    }

    public SourceText source() {
        return source;
    }

    /** In the order of the text. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    private static List<Diagnostic> inOrder(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .sorted(Comparator.comparingInt(diagnostic -> diagnostic.at().start()))
                .toList();
    }

    /** All messages, an empty line between two, below 64 KiB of UTF-8. */
    private static String render(SourceText source, List<Diagnostic> diagnostics) {
        List<String> rendered = new ArrayList<>();
        int bytes = 0;
        for (Diagnostic diagnostic : diagnostics) {
            String text = diagnostic.render(source);
            bytes += text.getBytes(StandardCharsets.UTF_8).length + 2;
            if (bytes > MAX_BYTES && !rendered.isEmpty()) {
                rendered.add("… and " + (diagnostics.size() - rendered.size()) + " more");
                break;
            }
            rendered.add(text);
        }
        return String.join("\n\n", rendered);
    }
}
