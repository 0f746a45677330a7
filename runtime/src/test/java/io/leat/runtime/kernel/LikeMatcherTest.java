package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.leat.runtime.kernel.OffHeap.Span;
import io.leat.runtime.kernel.RowError.Reason;
import io.leat.runtime.memory.Memory;
import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LikeMatcherTest {
    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final LikeMatcher matcher = new LikeMatcher();
    private final LikeMatcher folded = new LikeMatcher();

    private boolean like(String text, String pattern, int escape) {
        Span span = memory.text(text);
        Span patternSpan = memory.text(pattern);
        return matcher.matches(span.address(), span.length(), patternSpan.address(), patternSpan.length(), escape);
    }

    private boolean ilike(String text, String pattern, int escape) {
        Span span = memory.text(text);
        Span patternSpan = memory.text(pattern);
        return folded.matchesIgnoreCase(
                span.address(), span.length(), patternSpan.address(), patternSpan.length(), escape);
    }

    /** The pattern as a regular expression; the escape character stands before what it escapes. */
    private static String regex(String pattern, int escape) {
        StringBuilder regex = new StringBuilder();
        int[] points = pattern.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            if (points[i] == escape) {
                regex.append(Pattern.quote(Character.toString(points[++i])));
            } else if (points[i] == '%') {
                regex.append(".*");
            } else if (points[i] == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(Character.toString(points[i])));
            }
        }
        return regex.toString();
    }

    private static String random(Random random, String[] letters, int maxLength) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(maxLength + 1); i > 0; i--) {
            text.append(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }

    @Test
    void asRegularExpressionsDo() {
        String[] letters = {"a", "a", "b", "é", "€", "😀", "A", "É", "\n", "%", "_"};
        String[] patternLetters = {"a", "a", "b", "é", "€", "😀", "A", "%", "%", "_", "_", "!%", "!_", "!!"};
        withRandom(60_000, random -> {
            String text = random(random, letters, 12);
            String pattern = random(random, patternLetters, 8);
            Pattern regex = Pattern.compile(regex(pattern, '!'), Pattern.DOTALL);
            assertEquals(
                    regex.matcher(text).matches(),
                    like(text, pattern, '!'),
                    () -> "'" + text + "' LIKE '" + pattern + "'");
            Pattern anyCase = Pattern.compile(
                    regex(pattern, '!'), Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            assertEquals(
                    anyCase.matcher(text).matches(),
                    ilike(text, pattern, '!'),
                    () -> "'" + text + "' ILIKE '" + pattern + "'");
            memory.free();
        });
    }

    @Test
    void shapes() {
        String text = "The quick brown fox jumps over the lazy dog";
        check(true, text, text);
        check(false, text, text + "x");
        check(true, text, "The quick%");
        check(false, text, "the quick%");
        check(true, text, "%lazy dog");
        check(true, text, "%brown fox jumps%");
        check(true, text, "%quick%fox%dog");
        check(false, text, "%fox%quick%");
        check(true, text, "T__ %");
        check(true, text, "%d_g");
        check(true, text, "%_n f%");
        check(true, "", "");
        check(true, "", "%");
        check(false, "", "_");
        check(false, "a", "");
        check(true, "aba", "%a");
        check(false, "ab", "ab%b"); // the same b cannot end both
        check(false, "aa", "a_%a");
        check(true, "a\\b", "a\\b");
    }

    private void check(boolean expected, String text, String pattern) {
        assertEquals(expected, like(text, pattern, LikeMatcher.NO_ESCAPE), pattern);
    }

    @Test
    void caseFolding() {
        assertEquals(true, ilike("STRASSE Σίσυφος", "strasse σΊΣΥΦΟΣ", -1));
        assertEquals(true, ilike("\u212A", "k", -1)); // the Kelvin sign
        assertEquals(false, ilike("ß", "ss", -1));
    }

    @Test
    void escapes() {
        assertEquals(true, like("100%", "100!%", '!'));
        assertEquals(false, like("1000", "100!%", '!'));
        assertEquals(true, like("a€b", "a€€b", 0x20AC)); // an escape character of three bytes
        assertEquals(false, like("100%", "100!%", -1));
        assertEquals(true, like("100!x", "100!%", -1));
        for (String pattern : new String[] {"a!b", "a!", "!"}) {
            assertError(Reason.BAD_ARGUMENT, "in the LIKE pattern '" + pattern + "'", () -> like("a", pattern, '!'));
            assertError(Reason.BAD_ARGUMENT, "in the LIKE pattern '" + pattern + "'", () -> ilike("a", pattern, '!'));
        }
    }

    @Test
    void patternsThatChange() {
        Span text = memory.text("abc");
        Span pattern = memory.text("a%");
        Span other = memory.text("b%");
        for (int i = 0; i < 3; i++) {
            assertEquals(true, matcher.matches(text.address(), text.length(), pattern.address(), pattern.length(), -1));
            assertEquals(false, matcher.matches(text.address(), text.length(), other.address(), other.length(), -1));
        }
        // The same place with another pattern, and the same pattern with another escape character.
        Memory.putByte(pattern.address(), (byte) 'b');
        assertEquals(false, matcher.matches(text.address(), text.length(), pattern.address(), pattern.length(), -1));
        assertEquals(true, like("b%", "bb%", 'b'));
        assertEquals(false, like("b%", "bb%", -1));
    }

    @Test
    void noPatternBlowsUp() {
        String text = "a".repeat(20_000);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            check(false, text, "%a".repeat(2_000) + "%b");
            check(false, text, "%a_".repeat(1_000) + "%b%");
            check(true, text, "%a".repeat(20_000));
        });
    }
}
