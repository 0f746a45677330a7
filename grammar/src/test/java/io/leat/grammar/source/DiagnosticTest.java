package io.leat.grammar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiagnosticTest {
    @Test
    void aRangeIsMarked() {
        assertRendered(
                """
                error[E0101]: no column 'pirce' in trades
                  --> turnover.sql:3:12
                 3 | SELECT max(pirce) AS top
                   |            ^^^^^
                help: did you mean 'price'? trades has symbol, price, size, ts""",
                "-- a\n-- b\nSELECT max(pirce) AS top\nFROM trades",
                new Diagnostic(ErrorCode.UNEXPECTED_TOKEN, "no column 'pirce' in trades", new Origin(21, 26))
                        .withHelp("did you mean 'price'? trades has symbol, price, size, ts"));
    }

    @Test
    void notesPointElsewhere() {
        assertRendered(
                """
                error[E0105]: EMIT stands twice
                  --> turnover.sql:10:1
                 10 | EMIT
                    | ^^^^
                note: the first time
                  --> turnover.sql:1:1
                 1 | EMIT
                   | ^^^^
                help: remove one""",
                "EMIT" + "\n".repeat(9) + "EMIT",
                new Diagnostic(ErrorCode.MISPLACED_CLAUSE, "EMIT stands twice", new Origin(13, 17))
                        .withHelp("remove one")
                        .withNote("the first time", new Origin(0, 4)));
    }

    @Test
    void ofSeveralLinesTheFirstShowsItsPart() {
        assertRendered("""
                error[E0101]: x
                  --> turnover.sql:1:3
                 1 | a (b
                   |   ^^""", "a (b\r\n c) d", error(new Origin(2, 9)));
    }

    @Test
    void anEmptyRangeHasOneCaret() {
        assertRendered("""
                error[E0101]: x
                  --> turnover.sql:2:1
                 2 |\s
                   | ^""", "ab\n", error(new Origin(3, 3)));
    }

    @Test
    void whatCannotBeSeenIsEscaped() {
        assertRendered(
                """
                error[E0101]: found '\\n\\u001B[31m\\t'
                  --> turnover.sql:1:4
                 1 | a \\u0000b\\u202E\\u001B \\uD800ü𝒳
                   |         ^""",
                "a \0b\u202E\u001B \uD800ü𝒳",
                new Diagnostic(ErrorCode.UNEXPECTED_TOKEN, "found '\n\u001B[31m\t'", new Origin(3, 4)));
    }

    @Test
    void tabsTakeOneColumn() {
        assertRendered("""
                error[E0101]: x
                  --> turnover.sql:1:4
                 1 |  a b
                   |    ^""", "\ta\tb", error(new Origin(3, 4)));
    }

    @Test
    void aLongLineIsCutAroundTheCaret() {
        String line = "x".repeat(500_000) + "HERE" + "y".repeat(500_000);
        String[] rendered =
                error(new Origin(500_000, 500_004)).render(source(line)).split("\n", -1);
        assertEquals("  --> turnover.sql:1:500001", rendered[1]);
        assertEquals(5 + 122, rendered[2].length());
        int caret = rendered[3].indexOf("^^^^");
        assertEquals("HERE", rendered[2].substring(caret, caret + 4));
        assertEquals(caret + 4, rendered[3].length());
    }

    @Test
    void aLongRangeIsCutToo() {
        String[] rendered = error(new Origin(0, 1_000_000))
                .render(source("x".repeat(1_000_000)))
                .split("\n", -1);
        assertEquals(5 + 120, rendered[3].length());
    }

    @Test
    void aCutNeverSplitsACharacter() {
        String line = "𝒳".repeat(1_000);
        for (int at = 0; at < 400; at++) {
            String rendered = error(new Origin(at * 2, at * 2 + 2)).render(source(line));
            assertEquals(rendered, new String(rendered.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        }
    }

    @Test
    void anExceptionHasAllMessagesInTheOrderOfTheText() {
        QueryException failure =
                new QueryException(source("ab"), List.of(error(new Origin(1, 2)), error(new Origin(0, 1))));
        assertEquals("""
                error[E0101]: x
                  --> turnover.sql:1:1
                 1 | ab
                   | ^

                error[E0101]: x
                  --> turnover.sql:1:2
                 1 | ab
                   |  ^""", failure.getMessage());
        assertEquals(0, failure.diagnostics().get(0).at().start());
        assertEquals("turnover.sql", failure.source().name());
    }

    @Test
    void anExceptionIsNeverLongerThanATerminalTakes() {
        for (String letter : List.of("x", "ü", "温", "𝒳", "\0")) {
            List<Diagnostic> many =
                    Collections.nCopies(10_000, error(new Origin(0, 1)).withHelp(letter.repeat(5_000)));
            String message = new QueryException(source(letter.repeat(1_000)), many).getMessage();
            assertTrue(message.getBytes(StandardCharsets.UTF_8).length < 64 * 1024, letter);
            assertTrue(message.matches("(?s).*\n\n… and \\d+ more"), message);
            int shown = message.split("error\\[").length - 1;
            assertTrue(message.endsWith("… and " + (10_000 - shown) + " more"), message);
        }
    }

    @Test
    void suggestionsAreWithinOneSlipPerThreeLetters() {
        List<String> known = List.of("symbol", "price", "size", "ts");
        assertEquals("price", Suggestion.nearest("pirce", known).orElseThrow());
        assertEquals("symbol", Suggestion.nearest("SYMBOLS", known).orElseThrow());
        assertEquals("size", Suggestion.nearest("siz", known).orElseThrow());
        assertTrue(Suggestion.nearest("volume", known).isEmpty());
        assertTrue(Suggestion.nearest("prxxe", known).isEmpty());
        assertTrue(Suggestion.nearest("", List.of()).isEmpty());
    }

    /** A half of a slip each way, for every way to slip. */
    @Test
    void everySlipIsOne() {
        IntStream.rangeClosed(0, 5).forEach(at -> {
            assertEquals("abcdef", near(new StringBuilder("abcdef").insert(at, 'x')));
            assertEquals("abcdef", near(new StringBuilder("abcdef").deleteCharAt(at)));
            StringBuilder changed = new StringBuilder("abcdef");
            changed.setCharAt(at, 'x');
            assertEquals("abcdef", near(changed));
        });
        assertEquals("abcdef", near(new StringBuilder("abdcef")));
    }

    private static String near(StringBuilder written) {
        return Suggestion.nearest(written.toString(), List.of("other", "abcdef"))
                .orElseThrow();
    }

    @Test
    void placesOutsideTheTextAreOurBug() {
        assertThrows(
                IndexOutOfBoundsException.class, () -> error(new Origin(3, 4)).render(source("ab")));
    }

    private static Diagnostic error(Origin at) {
        return new Diagnostic(ErrorCode.UNEXPECTED_TOKEN, "x", at);
    }

    private static void assertRendered(String expected, String text, Diagnostic diagnostic) {
        assertEquals(expected, diagnostic.render(source(text)));
    }

    private static SourceText source(String text) {
        return new SourceText("turnover.sql", text);
    }
}
