package io.leat.grammar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SourceTextTest {
    @Test
    void linesEndWithEveryKindOfLineEnd() {
        SourceText source = source("a\nbc\r\nd\re\n");
        assertEquals(5, source.lineCount());
        assertEquals("a", source.lineText(1));
        assertEquals("bc", source.lineText(2));
        assertEquals("d", source.lineText(3));
        assertEquals("e", source.lineText(4));
        assertEquals("", source.lineText(5));
    }

    @Test
    void crlfIsOneLineEnd() {
        SourceText source = source("a\r\n\r\nb");
        assertEquals(3, source.lineCount());
        assertEquals("", source.lineText(2));
        assertEquals(3, source.line(5));
        assertEquals(1, source.column(5));
    }

    @Test
    void columnsCountCodePointsAndATabIsOne() {
        SourceText source = source("\t𝒳ü\tb");
        assertEquals(1, source.column(0));
        assertEquals(2, source.column(1));
        assertEquals(3, source.column(3));
        assertEquals(5, source.column(5));
    }

    @Test
    void aByteOrderMarkCountsNowhere() {
        SourceText source = source("\uFEFFab");
        assertEquals("ab", source.text());
        assertEquals(1, source.column(0));
        assertEquals("b", source.text(new Origin(1, 2)));
        assertEquals("", source("\uFEFF").text());
    }

    @Test
    void theEndOfTheTextHasAPlace() {
        assertEquals(1, source("").line(0));
        assertEquals(1, source("").column(0));
        assertEquals(2, source("a\n").line(2));
        assertEquals(2, source("a").column(1));
        assertThrows(IndexOutOfBoundsException.class, () -> source("a").line(2));
    }

    /** Against counting character by character, for texts of everything that matters to lines. */
    @Test
    void positionsAgreeWithCounting() {
        String[] parts = {"a", "\n", "\r", "\r\n", "\t", "𝒳", ""};
        for (int number = 0; number < parts.length * parts.length * parts.length * parts.length; number++) {
            String text = "";
            for (int rest = number, part = 0; part < 4; part++, rest /= parts.length) {
                text += parts[rest % parts.length];
            }
            assertPositions(text);
        }
    }

    private static void assertPositions(String text) {
        SourceText source = source(text);
        int line = 1;
        int column = 1;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            assertEquals(line, source.line(at), text);
            assertEquals(column, source.column(at), text);
            boolean inPair = text.startsWith("\r\n", at);
            boolean ends = !inPair && (text.charAt(at) == '\n' || text.charAt(at) == '\r');
            line += ends ? 1 : 0;
            column = ends ? 1 : column + 1;
        }
    }

    private static SourceText source(String text) {
        return new SourceText("test.sql", text);
    }
}
