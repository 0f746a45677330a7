package io.leat.grammar.source;

/**
 * Turns a {@link Diagnostic} into lines for a terminal.
 *
 * <p>Whatever stands in the query may be hostile or simply long: characters that would move the cursor are escaped, and a long
 * line is cut around the caret, so that a message stays a few hundred characters.
 */
final class Rendering {
    private static final int MAX_MESSAGE = 2_000;
    static final String CUT = "…";

    private final SourceText source;

    Rendering(SourceText source) {
        this.source = source;
    }

    String render(Diagnostic diagnostic) {
        StringBuilder out = new StringBuilder();
        out.append(diagnostic.severity().word())
                .append('[')
                .append(diagnostic.code().code())
                .append("]: ")
                .append(oneLine(diagnostic.message()));
        place(diagnostic.at(), out);
        for (Diagnostic.Note note : diagnostic.notes()) {
            out.append("\nnote: ").append(oneLine(note.message()));
            place(note.at(), out);
        }
        diagnostic.help().ifPresent(help -> out.append("\nhelp: ").append(oneLine(help)));
        return out.toString();
    }

    private void place(Origin at, StringBuilder out) {
        int line = source.line(at.start());
        int lineStart = source.lineStart(line);
        String text = source.lineText(line);
        // Between CR and LF, or on several lines: the first line shows its part.
        int start = Math.min(at.start() - lineStart, text.length());
        int end = Math.min(at.end() - lineStart, text.length());
        Excerpt excerpt = new Excerpt(text, start, end);
        String number = Integer.toString(line);
        out.append("\n  --> ").append(oneLine(source.name()));
        out.append(':').append(line).append(':').append(source.column(at.start()));
        out.append("\n ").append(number).append(" | ").append(excerpt.shown());
        out.append("\n ").append(" ".repeat(number.length())).append(" | ").append(excerpt.carets());
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(MAX_MESSAGE).forEach(character -> line.append(shown(character)));
        return text.codePointCount(0, text.length()) > MAX_MESSAGE
                ? line.append(CUT).toString()
                : line.toString();
    }

    /** A character itself, or an escape in its place if it is no visible one. */
    static String shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> escape(character);
            default -> Character.toString(character);
        };
    }

    private static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(character > 0xFFFF ? "\\U%08X" : "\\u%04X", character);
        };
    }
}
