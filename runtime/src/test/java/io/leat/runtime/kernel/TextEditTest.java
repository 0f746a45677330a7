package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.withRandom;
import static io.leat.runtime.kernel.Utf8Test.randomText;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.kernel.OffHeap.Span;
import io.leat.runtime.kernel.RowError.Reason;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TextEditTest {
    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final BytesResult result = memory.result();

    private String replace(String text, String part, String replacement) {
        Span span = memory.text(text);
        Span partSpan = memory.text(part);
        Span replacementSpan = memory.text(replacement);
        TextEdit.replace(
                span.address(),
                span.length(),
                partSpan.address(),
                partSpan.length(),
                replacementSpan.address(),
                replacementSpan.length(),
                result);
        return OffHeap.text(result);
    }

    @Test
    void replaceAndReverse() {
        withRandom(20_000, random -> {
            String text = randomText(random, 30);
            String part = randomText(random, 2);
            String replacement = randomText(random, 3);
            assertEquals(part.isEmpty() ? text : text.replace(part, replacement), replace(text, part, replacement));
            Span span = memory.text(text);
            TextEdit.reverse(span.address(), span.length(), result);
            assertEquals(new StringBuilder(text).reverse().toString(), OffHeap.text(result));
            memory.free();
        });
        assertEquals("bba", replace("aaaaa", "aa", "b"));
        assertEquals("", replace("aaa", "a", ""));
    }

    private String repeat(String text, long times) {
        Span span = memory.text(text);
        TextEdit.repeat(span.address(), span.length(), times, result);
        return OffHeap.text(result);
    }

    @Test
    void repeat() {
        for (int times = 0; times < 20; times++) {
            assertEquals("ab€".repeat(times), repeat("ab€", times));
        }
        assertEquals("", repeat("ab", -1));
        assertEquals("", repeat("", Long.MAX_VALUE));
        assertEquals(1 << 24, repeat("abcd", 1 << 22).length());
        assertError(Reason.TOO_LARGE, "passes the limit", () -> repeat("abcd", (1 << 22) + 1));
        assertError(Reason.TOO_LARGE, "passes the limit", () -> repeat("abcd", Long.MAX_VALUE));
    }

    private String padStart(String text, long count, String fill) {
        Span span = memory.text(text);
        Span fillSpan = memory.text(fill);
        TextEdit.padStart(span.address(), span.length(), count, fillSpan.address(), fillSpan.length(), result);
        return OffHeap.text(result);
    }

    private String padEnd(String text, long count, String fill) {
        Span span = memory.text(text);
        Span fillSpan = memory.text(fill);
        TextEdit.padEnd(span.address(), span.length(), count, fillSpan.address(), fillSpan.length(), result);
        return OffHeap.text(result);
    }

    @Test
    void pad() {
        withRandom(10_000, random -> {
            String text = randomText(random, 8);
            String fill = randomText(random, 3);
            int count = random.nextInt(20) - 2;
            int points = text.codePointCount(0, text.length());
            String start = text;
            String end = text;
            if (count <= points) {
                start = text.substring(0, text.offsetByCodePoints(0, Math.max(count, 0)));
                end = start;
            } else if (!fill.isEmpty()) {
                String all = fill.repeat(count);
                String filling = all.substring(0, all.offsetByCodePoints(0, count - points));
                start = filling + text;
                end = text + filling;
            }
            assertEquals(start, padStart(text, count, fill));
            assertEquals(end, padEnd(text, count, fill));
            memory.free();
        });
        assertEquals("", padStart("abc", Long.MIN_VALUE, "x"));
        assertEquals("", padEnd("", Long.MIN_VALUE, "x"));
        assertEquals("abc", padEnd("abc", Long.MAX_VALUE, ""));
        assertError(Reason.TOO_LARGE, "passes the limit", () -> padStart("abc", Long.MAX_VALUE, "xy"));
        assertError(Reason.TOO_LARGE, "passes the limit", () -> padEnd("abc", 1L << 40, "xyz"));
    }

    private String translate(String text, String from, String to) {
        Span span = memory.text(text);
        Span fromSpan = memory.text(from);
        Span toSpan = memory.text(to);
        TextEdit.translate(
                span.address(),
                span.length(),
                fromSpan.address(),
                fromSpan.length(),
                toSpan.address(),
                toSpan.length(),
                result);
        return OffHeap.text(result);
    }

    @Test
    void translate() {
        withRandom(20_000, random -> {
            String text = randomText(random, 12);
            String from = randomText(random, 4);
            String to = randomText(random, 4);
            int[] fromPoints = from.codePoints().toArray();
            int[] toPoints = to.codePoints().toArray();
            StringBuilder expected = new StringBuilder();
            text.codePoints().forEach(point -> {
                int place = 0;
                while (place < fromPoints.length && fromPoints[place] != point) {
                    place++;
                }
                if (place == fromPoints.length) {
                    expected.appendCodePoint(point);
                } else if (place < toPoints.length) {
                    expected.appendCodePoint(toPoints[place]);
                }
            });
            assertEquals(expected.toString(), translate(text, from, to));
            memory.free();
        });
        assertEquals("a2x5", translate("12345", "143", "ax"));
    }

    private String overlay(String text, String replacement, long start, Long count) {
        Span span = memory.text(text);
        Span part = memory.text(replacement);
        if (count == null) {
            TextEdit.overlay(span.address(), span.length(), part.address(), part.length(), start, result);
        } else {
            TextEdit.overlay(span.address(), span.length(), part.address(), part.length(), start, count, result);
        }
        return OffHeap.text(result);
    }

    @Test
    void overlay() {
        assertEquals("Thomas", overlay("Txxxxas", "hom", 2, 4L));
        assertEquals("aXXde", overlay("abcde", "XX", 2, null));
        assertEquals("abcdeXX", overlay("abcde", "XX", 9, null));
        assertEquals("aéc", overlay("a€c", "é", 2, null));
        assertEquals("abXcde", overlay("abcde", "X", 3, 0L));
        assertEquals("abX", overlay("abcde", "X", 3, Long.MAX_VALUE));
        assertEquals("abXbcde", overlay("abcde", "X", 3, -1L));
        assertEquals("abXabcde", overlay("abcde", "X", 3, Long.MIN_VALUE));
        assertError(Reason.BAD_ARGUMENT, "OVERLAY", () -> overlay("abc", "X", 0, null));
    }
}
