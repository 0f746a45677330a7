package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.withRandom;
import static io.leat.runtime.kernel.Utf8Test.randomText;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.kernel.OffHeap.Span;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TextSearchTest {
    @AutoClose
    private final OffHeap memory = new OffHeap();

    private static int position(String text, int index) {
        return index < 0 ? 0 : text.codePointCount(0, index) + 1;
    }

    @Test
    void asStringDoes() {
        withRandom(30_000, random -> {
            String text = randomText(random, 40);
            String part = randomText(random, 3);
            if (random.nextBoolean() && !text.isEmpty()) {
                int start = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length())));
                part = text.substring(start);
            }
            Span span = memory.text(text);
            Span partSpan = memory.text(part);
            long address = span.address();
            int length = span.length();
            long partAddress = partSpan.address();
            int partLength = partSpan.length();
            assertEquals(
                    position(text, text.indexOf(part)), TextSearch.position(address, length, partAddress, partLength));
            assertEquals(text.contains(part), TextSearch.contains(address, length, partAddress, partLength));
            assertEquals(text.startsWith(part), TextSearch.startsWith(address, length, partAddress, partLength));
            assertEquals(text.endsWith(part), TextSearch.endsWith(address, length, partAddress, partLength));
            int points = text.codePointCount(0, text.length());
            int start = random.nextInt(points + 4) - 1;
            int expected = start < 1 || start > points + 1
                    ? 0
                    : position(text, text.indexOf(part, text.offsetByCodePoints(0, start - 1)));
            assertEquals(expected, TextSearch.locate(partAddress, partLength, address, length, start));
            memory.free();
        });
        Span span = memory.text("abc");
        Span empty = memory.text("");
        assertEquals(0, TextSearch.locate(empty.address(), 0, span.address(), 3, Long.MAX_VALUE));
        assertEquals(4, TextSearch.locate(empty.address(), 0, span.address(), 3, 4));
        assertEquals(0, TextSearch.locate(empty.address(), 0, span.address(), 3, 5));
        assertEquals(1, TextSearch.position(empty.address(), 0, empty.address(), 0));
    }
}
