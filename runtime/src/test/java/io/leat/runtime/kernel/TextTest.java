package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.withRandom;
import static io.leat.runtime.kernel.Utf8Test.randomText;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.kernel.OffHeap.Span;
import io.leat.runtime.kernel.RowError.Reason;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TextTest {
    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final BytesResult result = memory.result();

    @Test
    void lengthAndOrder() {
        withRandom(20_000, random -> {
            String left = randomText(random, 12);
            String right = random.nextInt(4) == 0 ? left : randomText(random, 12);
            Span leftSpan = memory.text(left);
            Span rightSpan = memory.text(right);
            assertEquals(left.codePointCount(0, left.length()), Text.charLength(leftSpan.address(), leftSpan.length()));
            int[] leftPoints = left.codePoints().toArray();
            int[] rightPoints = right.codePoints().toArray();
            assertEquals(
                    Integer.signum(Arrays.compare(leftPoints, rightPoints)),
                    Integer.signum(Text.compare(
                            leftSpan.address(), leftSpan.length(), rightSpan.address(), rightSpan.length())));
            assertEquals(
                    left.equals(right),
                    Text.equal(leftSpan.address(), leftSpan.length(), rightSpan.address(), rightSpan.length()));
            int limit = 1 + random.nextInt(12);
            Text.truncate(leftSpan.address(), leftSpan.length(), limit, result);
            assertEquals(
                    left.substring(0, left.offsetByCodePoints(0, Math.min(limit, leftPoints.length))),
                    OffHeap.text(result));
            if (leftPoints.length <= limit) {
                Text.checkLength(leftSpan.address(), leftSpan.length(), limit);
            } else {
                assertError(
                        Reason.TOO_LARGE,
                        leftPoints.length + " characters and does not fit VARCHAR(" + limit + ")",
                        () -> Text.checkLength(leftSpan.address(), leftSpan.length(), limit));
            }
            memory.free();
        });
    }

    @Test
    void binaryToText() {
        Span valid = memory.text("größe");
        Text.fromBinary(valid.address(), valid.length(), result);
        assertEquals("größe", OffHeap.text(result));
        assertTrue(Text.tryFromBinary(valid.address(), valid.length(), result));
        Span invalid = memory.bytes(new byte[] {'a', (byte) 0xC0, (byte) 0x80});
        assertError(
                Reason.BAD_CAST,
                "is not valid UTF-8 at byte 2",
                () -> Text.fromBinary(invalid.address(), invalid.length(), result));
        assertFalse(Text.tryFromBinary(invalid.address(), invalid.length(), result));
    }

    @Test
    void singleCodePoints() {
        for (int codePoint : new int[] {1, 'A', 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF}) {
            Text.chr(codePoint, result);
            assertEquals(Character.toString(codePoint), OffHeap.text(result));
            Span span = memory.text(Character.toString(codePoint) + "x");
            assertEquals(codePoint, Text.ascii(span.address(), span.length()));
        }
        assertEquals(0, Text.ascii(memory.text("").address(), 0));
        for (long other : new long[] {0, -1, 0xD800, 0xDFFF, 0x110000, Long.MAX_VALUE}) {
            assertError(Reason.BAD_ARGUMENT, other + " is no code point", () -> Text.chr(other, result));
        }
    }

    @Test
    void concatenation() {
        result.clear();
        for (String text : new String[] {"", "ab", "é", "12345678901234567890"}) {
            Span span = memory.text(text);
            Text.append(span.address(), span.length(), result);
        }
        assertEquals("abé12345678901234567890", OffHeap.text(result));
        Span large = memory.bytes(new byte[9 << 20]);
        result.clear();
        Text.append(large.address(), large.length(), result);
        assertError(
                Reason.TOO_LARGE,
                "passes the limit of 16777216",
                () -> Text.append(large.address(), large.length(), result));
    }

    @Test
    void upperAndLower() {
        withRandom(20_000, random -> {
            String text = randomText(random, 40);
            Span span = memory.text(text);
            TextCase.upper(span.address(), span.length(), result);
            assertEquals(text.toUpperCase(Locale.ROOT), OffHeap.text(result));
            TextCase.lower(span.address(), span.length(), result);
            assertEquals(text.toLowerCase(Locale.ROOT), OffHeap.text(result));
            memory.free();
        });
        StringBuilder ascii = new StringBuilder();
        for (char c = 0; c < 128; c++) {
            ascii.append(c);
        }
        Span span = memory.text(ascii.toString());
        TextCase.upper(span.address(), span.length(), result);
        assertEquals(ascii.toString().toUpperCase(Locale.ROOT), OffHeap.text(result));
        TextCase.lower(span.address(), span.length(), result);
        assertEquals(ascii.toString().toLowerCase(Locale.ROOT), OffHeap.text(result));
        Span already = memory.text("ALREADY UPPER 123");
        TextCase.upper(already.address(), already.length(), result);
        assertEquals(already.address(), result.address(), "a view, not a copy");
    }

    @Test
    void initcap() {
        assertEquals("Hello World", initcap("hELLO wORLD"));
        assertEquals("Über Ñandú-Élan 3rd", initcap("über ñandú-ÉLAN 3RD"));
        assertEquals("", initcap(""));
        assertEquals("Ⱥ", initcap("ⱥ")); // three bytes become two
        assertEquals("Ɐb", initcap("ɐB")); // two bytes become three
    }

    private String initcap(String text) {
        Span span = memory.text(text);
        TextCase.initcap(span.address(), span.length(), result);
        return OffHeap.text(result);
    }

    @Test
    void trimBlanks() {
        for (String text : new String[] {"", " ", "   ", "a", " a", "a ", "  a b  ", "\ta ", "é "}) {
            Span span = memory.text(text);
            TextTrim.trim(span.address(), span.length(), result);
            assertEquals(text.replaceAll("^ +| +$", ""), OffHeap.text(result));
            TextTrim.trimStart(span.address(), span.length(), result);
            assertEquals(text.replaceAll("^ +", ""), OffHeap.text(result));
            TextTrim.trimEnd(span.address(), span.length(), result);
            assertEquals(text.replaceAll(" +$", ""), OffHeap.text(result));
        }
    }

    @Test
    void trimSets() {
        withRandom(20_000, random -> {
            String text = randomText(random, 10);
            String set = randomText(random, 4);
            int[] points = text.codePoints().toArray();
            int start = 0;
            int end = points.length;
            while (start < end && set.indexOf(points[start]) >= 0) {
                start++;
            }
            int onlyEnd = end;
            while (onlyEnd > 0 && set.indexOf(points[onlyEnd - 1]) >= 0) {
                onlyEnd--;
            }
            while (end > start && set.indexOf(points[end - 1]) >= 0) {
                end--;
            }
            Span span = memory.text(text);
            Span setSpan = memory.text(set);
            TextTrim.trim(span.address(), span.length(), setSpan.address(), setSpan.length(), result);
            assertEquals(new String(points, start, end - start), OffHeap.text(result));
            TextTrim.trimStart(span.address(), span.length(), setSpan.address(), setSpan.length(), result);
            assertEquals(new String(points, start, points.length - start), OffHeap.text(result));
            TextTrim.trimEnd(span.address(), span.length(), setSpan.address(), setSpan.length(), result);
            assertEquals(new String(points, 0, onlyEnd), OffHeap.text(result));
            memory.free();
        });
    }
}
