package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.withRandom;
import static io.leat.runtime.kernel.Utf8Test.randomText;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.kernel.OffHeap.Span;
import io.leat.runtime.kernel.RowError.Reason;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TextPartsTest {
    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final BytesResult result = memory.result();

    /** The code points at positions from {@code first}, counted from 1, up to {@code behind}. */
    private static String slice(int[] points, long first, long behind) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= points.length; i++) {
            if (i >= first && i < behind) {
                text.appendCodePoint(points[i - 1]);
            }
        }
        return text.toString();
    }

    private static long position(Random random) {
        return random.nextInt(20) == 0 ? random.nextLong() : random.nextInt(24) - 8;
    }

    @Test
    void substringLeftRight() {
        withRandom(30_000, random -> {
            String text = randomText(random, 12);
            int[] points = text.codePoints().toArray();
            Span span = memory.text(text);
            long start = position(random);
            TextParts.substring(span.address(), span.length(), start, result);
            assertEquals(slice(points, start, Long.MAX_VALUE), OffHeap.text(result));
            long count = position(random);
            if (count < 0) {
                assertError(
                        Reason.BAD_ARGUMENT,
                        "negative length: " + count,
                        () -> TextParts.substring(span.address(), span.length(), start, count, result));
            } else {
                TextParts.substring(span.address(), span.length(), start, count, result);
                long behind = start > 0 && start + count < 0 ? Long.MAX_VALUE : start + count;
                assertEquals(slice(points, start, behind), OffHeap.text(result));
            }
            TextParts.left(span.address(), span.length(), count, result);
            assertEquals(
                    slice(points, 1, count < 0 ? points.length + count + 1 : Math.min(count, 100) + 1),
                    OffHeap.text(result));
            TextParts.right(span.address(), span.length(), count, result);
            assertEquals(
                    slice(points, count < 0 ? 1 - Math.max(count, -100) : points.length - count + 1, 100),
                    OffHeap.text(result));
            memory.free();
        });
    }

    @Test
    void substringAsPostgres() {
        Span span = memory.text("hello");
        TextParts.substring(span.address(), span.length(), -1, 4, result);
        assertEquals("he", OffHeap.text(result));
        TextParts.substring(span.address(), span.length(), Long.MIN_VALUE, 0, result);
        assertEquals("", OffHeap.text(result));
        TextParts.substring(span.address(), span.length(), Long.MIN_VALUE, Long.MAX_VALUE, result);
        assertEquals("", OffHeap.text(result));
        TextParts.substring(span.address(), span.length(), 2, Long.MAX_VALUE, result);
        assertEquals("ello", OffHeap.text(result));
        TextParts.left(span.address(), span.length(), Long.MIN_VALUE, result);
        assertEquals("", OffHeap.text(result));
        TextParts.right(span.address(), span.length(), -2, result);
        assertEquals("llo", OffHeap.text(result));
    }

    private String splitIndex(String text, String delimiter, long index) {
        Span span = memory.text(text);
        Span delimiterSpan = memory.text(delimiter);
        TextParts.splitIndex(
                span.address(), span.length(), delimiterSpan.address(), delimiterSpan.length(), index, result);
        return OffHeap.text(result);
    }

    private String splitPart(String text, String delimiter, long part) {
        Span span = memory.text(text);
        Span delimiterSpan = memory.text(delimiter);
        TextParts.splitPart(
                span.address(), span.length(), delimiterSpan.address(), delimiterSpan.length(), part, result);
        return OffHeap.text(result);
    }

    @Test
    void split() {
        withRandom(20_000, random -> {
            String text = randomText(random, 12);
            String delimiter = random.nextBoolean() ? "a" : random.nextBoolean() ? "é" : "zz";
            String[] parts = text.split(delimiter, -1);
            int index = random.nextInt(parts.length + 2) - 1;
            boolean exists = index >= 0 && index < parts.length && !text.isEmpty();
            assertEquals(exists ? parts[index] : null, splitIndex(text, delimiter, index));
            assertEquals(
                    index >= 0 && index < parts.length ? parts[index] : "",
                    splitPart(text, delimiter, index + 1 == 0 ? 99 : index + 1));
            assertEquals(
                    index >= 0 && index < parts.length ? parts[parts.length - 1 - index] : "",
                    splitPart(text, delimiter, index < 0 ? -99 : -index - 1));
            memory.free();
        });
        assertEquals("", splitIndex(",", ",", 1));
        assertNull(splitIndex(",", ",", 2));
        assertNull(splitIndex("", ",", 0));
        assertNull(splitIndex("a,b", ",", Long.MAX_VALUE));
        assertEquals("a,b", splitIndex("a,b", "", 0));
        assertNull(splitIndex("a,b", "", 1));
        assertEquals("", splitPart("", ",", 1));
        assertEquals("a,b", splitPart("a,b", "", -1));
        assertEquals("", splitPart("a,b", ",", Long.MIN_VALUE));
        assertError(Reason.BAD_ARGUMENT, "SPLIT_PART", () -> splitPart("a", ",", 0));
    }
}
