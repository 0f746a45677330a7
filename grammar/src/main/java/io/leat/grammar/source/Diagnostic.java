package io.leat.grammar.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One message about a place in a query text.
 *
 * <p>A message says what was found and what was expected; the help says one thing to do about it; notes point at other places of
 * the same text that have a part in it. Messages are one line each: a control character in them is shown escaped.
 */
public record Diagnostic(ErrorCode code, String message, Origin at, Optional<String> help, List<Note> notes) {

    public Diagnostic {
        notes = List.copyOf(notes);
    }

    public Diagnostic(ErrorCode code, String message, Origin at) {
        this(code, message, at, Optional.empty(), List.of());
    }

    /** Whether the query still compiles. */
    public enum Severity {
        ERROR,
        WARNING;

        /** The word a message begins with. */
        public String word() {
            return this == ERROR ? "error" : "warning";
        }
    }

    /** A second place and what it has to do with the first. */
    public record Note(String message, Origin at) {}

    public Severity severity() {
        return code.severity();
    }

    public Diagnostic withHelp(String text) {
        return new Diagnostic(code, message, at, Optional.of(text), notes);
    }

    public Diagnostic withNote(String text, Origin place) {
        List<Note> more = new ArrayList<>(notes);
        more.add(new Note(text, place));
        return new Diagnostic(code, message, at, help, more);
    }

    /**
     * The message as a user reads it, without a line end after its last line:
     * <pre>
     * error[E0203]: no column 'pirce' in trades
     *   --&gt; turnover.sql:3:12
     *  3 | SELECT max(pirce) AS top
     *    |            ^^^^^
     * help: did you mean 'price'? trades has symbol, price, size, ts
     * </pre>
     */
    public String render(SourceText source) {
        return new Rendering(source).render(this);
    }
}
