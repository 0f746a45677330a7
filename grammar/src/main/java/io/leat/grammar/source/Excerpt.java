package io.leat.grammar.source;

/** The part of one line around a range of it, and the carets below that range. */
final class Excerpt {
    private static final int MAX_WIDTH = 120;
    /** What stands behind the start of the range is worth more than what stands before it. */
    private static final int WIDTH_BEHIND = 80;

    private final String line;
    private final int rangeEnd;
    private final StringBuilder before = new StringBuilder();
    private final StringBuilder behind = new StringBuilder();
    private int from;
    private int to;
    private int widthBefore;
    private int widthBehind;
    private int widthOfRange;

    /** Offsets count in the line; an empty range gets one caret. */
    Excerpt(String line, int start, int end) {
        this.line = line;
        this.rangeEnd = end;
        this.from = start;
        this.to = start;
        takeBehind(WIDTH_BEHIND);
        takeBefore(MAX_WIDTH - widthBehind);
        takeBehind(MAX_WIDTH - widthBefore);
    }

    String shown() {
        return (isCutBefore() ? Rendering.CUT : "")
                + before.toString()
                + behind
                + (to < line.length() ? Rendering.CUT : "");
    }

    String carets() {
        return " ".repeat((isCutBefore() ? 1 : 0) + widthBefore) + "^".repeat(Math.max(1, widthOfRange));
    }

    private boolean isCutBefore() {
        return from > 0;
    }

    private void takeBehind(int maxWidth) {
        while (to < line.length() && widthBehind < maxWidth) {
            int character = line.codePointAt(to);
            String shown = shown(character);
            behind.append(shown);
            widthBehind += width(shown);
            if (to < rangeEnd) {
                widthOfRange += width(shown);
            }
            to += Character.charCount(character);
        }
    }

    private void takeBefore(int maxWidth) {
        while (from > 0 && widthBefore < maxWidth) {
            int character = line.codePointBefore(from);
            String shown = shown(character);
            before.insert(0, shown);
            widthBefore += width(shown);
            from -= Character.charCount(character);
        }
    }

    /** A tab takes the room of one character, so that the carets below stand where they should. */
    private static String shown(int character) {
        return character == '\t' ? " " : Rendering.shown(character);
    }

    private static int width(String shown) {
        return shown.codePointCount(0, shown.length());
    }
}
