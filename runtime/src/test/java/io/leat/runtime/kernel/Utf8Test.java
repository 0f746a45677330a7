package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.kernel.OffHeap.Span;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @AutoClose
    private final OffHeap memory = new OffHeap();

    /** Text of letters of one to four bytes, in runs. */
    static String randomText(Random random, int maxLength) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(maxLength + 1);
        String[] letters = {"a", "b", " ", "Z", "z", "A", "é", "ß", "Σ", "€", "字", "😀", "𝔸", "0", "9", "ı", "ñ", "K"};
        boolean onlyAscii = random.nextInt(3) == 0;
        while (text.codePointCount(0, text.length()) < length) {
            String letter = letters[random.nextInt(letters.length)];
            if (!onlyAscii || letter.charAt(0) < 0x80) {
                text.append(letter.repeat(Math.min(1 + random.nextInt(4), length)));
            }
        }
        return text.substring(0, text.offsetByCodePoints(0, Math.min(length, text.codePointCount(0, text.length()))));
    }

    private static boolean javaAccepts(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private void checkValid(byte[] bytes) {
        Span span = memory.bytes(bytes);
        assertEquals(
                javaAccepts(bytes),
                Utf8.isValid(span.address(), span.length()),
                () -> HexFormat.of().formatHex(bytes));
    }

    @Test
    void everyPairAndTripleOfLeadingBytes() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                checkValid(new byte[] {(byte) first, (byte) second});
                checkValid(new byte[] {(byte) first, (byte) second, (byte) 0x80});
                checkValid(new byte[] {(byte) first, (byte) second, (byte) 0xBF, (byte) 0x80});
                checkValid(new byte[] {(byte) first, (byte) second, (byte) 0x41, (byte) 0x80});
            }
            memory.free();
        }
    }

    @Test
    void randomBytes() {
        withRandom(50_000, random -> {
            byte[] text = randomText(random, 30).getBytes(StandardCharsets.UTF_8);
            checkValid(text);
            if (text.length > 0) {
                text[random.nextInt(text.length)] = (byte) random.nextInt();
                checkValid(text);
                checkValid(Arrays.copyOf(text, text.length - 1));
            }
            memory.free();
        });
    }

    @Test
    void firstInvalid() {
        byte[] bytes = "abcdefghijé€x".getBytes(StandardCharsets.UTF_8);
        bytes[15] = (byte) 0xFF;
        Span span = memory.bytes(bytes);
        assertEquals(15, Utf8.firstInvalid(span.address(), span.length()));
        assertEquals(12, Utf8.firstInvalid(span.address(), 14)); // cut in the middle of the euro sign
        assertEquals(-1, Utf8.firstInvalid(span.address(), 12));
        assertEquals(-1, Utf8.firstInvalid(span.address(), 0));
    }

    @Test
    void codePoints() {
        withRandom(20_000, random -> {
            String text = randomText(random, 40);
            Span span = memory.text(text);
            long end = span.address() + span.length();
            int[] codePoints = text.codePoints().toArray();
            assertEquals(codePoints.length, Utf8.count(span.address(), span.length()));
            assertEquals(text.length() == span.length(), Utf8.isAscii(span.address(), span.length()));
            long at = span.address();
            for (int i = 0; i < codePoints.length; i++) {
                assertEquals(codePoints[i], Utf8.codePoint(at, end));
                assertEquals(at, Utf8.skip(span.address(), end, i));
                assertEquals(at, Utf8.skipBack(span.address(), end, codePoints.length - i));
                long next = Utf8.next(at, end);
                assertEquals(at, Utf8.previous(span.address(), next));
                Span copy = memory.bytes(new byte[4]);
                assertEquals(next - at, Utf8.put(copy.address(), codePoints[i]) - copy.address());
                assertEquals(codePoints[i], Utf8.codePoint(copy.address(), copy.address() + (next - at)));
                at = next;
            }
            assertEquals(end, at);
            assertEquals(end, Utf8.skip(span.address(), end, codePoints.length));
            assertEquals(end, Utf8.skip(span.address(), end, Long.MAX_VALUE));
            assertEquals(span.address(), Utf8.skipBack(span.address(), end, Long.MAX_VALUE));
            memory.free();
        });
    }
}
