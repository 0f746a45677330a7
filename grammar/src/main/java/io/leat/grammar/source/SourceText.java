package io.leat.grammar.source;

import java.util.Arrays;

/**
 * The text of a query file and its lines.
 *
 * <p>Lines and columns count from 1. A column is one code point; a tab is one column. A line ends with LF, CR or CRLF. A byte
 * order mark at the start is dropped and counts nowhere.
 */
public final class SourceText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String name;
    private final String text;
    private final int[] lineStarts;

    /**
     * @param name what messages call the text, usually the file name
     */
    public SourceText(String name, String text) {
        this.name = name;
        this.text = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        this.lineStarts = lineStarts(this.text);
    }

    public String name() {
        return name;
    }

    /** The text without a byte order mark; every {@link Origin} counts in it. */
    public String text() {
        return text;
    }

    public String text(Origin at) {
        return text.substring(at.start(), at.end());
    }

    public int lineCount() {
        return lineStarts.length;
    }

    /** The line of a UTF-16 offset; the end of the text belongs to the last line. */
    public int line(int offset) {
        checkOffset(offset);
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The column of a UTF-16 offset. */
    public int column(int offset) {
        return text.codePointCount(lineStart(line(offset)), offset) + 1;
    }

    /** A line without its end. */
    public String lineText(int line) {
        return text.substring(lineStart(line), lineEnd(line));
    }

    /** The offset at which a line begins. */
    public int lineStart(int line) {
        return lineStarts[line - 1];
    }

    /** The offset at which the end of a line begins. */
    public int lineEnd(int line) {
        if (line == lineStarts.length) {
            return text.length();
        }
        int end = lineStarts[line] - 1;
        boolean pair = end > lineStart(line) && text.charAt(end) == '\n' && text.charAt(end - 1) == '\r';
        return pair ? end - 1 : end;
    }

    @Override
    public String toString() {
        return name;
    }

    private void checkOffset(int offset) {
        if (offset < 0 || offset > text.length()) {
            throw new IndexOutOfBoundsException("offset " + offset + " of " + text.length());
        }
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int lines = 1;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            boolean endsLine = character == '\n'
                    || (character == '\r' && !(at + 1 < text.length() && text.charAt(at + 1) == '\n'));
            if (endsLine) {
                if (lines == starts.length) {
                    starts = Arrays.copyOf(starts, lines * 2);
                }
                starts[lines++] = at + 1;
            }
        }
        return Arrays.copyOf(starts, lines);
    }
}
