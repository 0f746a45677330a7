package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.randomLong;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.kernel.OffHeap.Span;
import io.leat.runtime.kernel.RowError.Reason;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class EncodingsTest {
    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final BytesResult result = memory.result();

    private byte[] fromBase64(String text) {
        Span span = memory.text(text);
        Encodings.fromBase64(span.address(), span.length(), result);
        return OffHeap.bytes(result);
    }

    private byte[] fromHex(String text) {
        Span span = memory.text(text);
        Encodings.fromHex(span.address(), span.length(), result);
        return OffHeap.bytes(result);
    }

    @Test
    void thereAndBack() {
        withRandom(10_000, random -> {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            Span span = memory.bytes(bytes);
            Encodings.toBase64(span.address(), span.length(), result);
            assertEquals(Base64.getEncoder().encodeToString(bytes), OffHeap.text(result));
            assertArrayEquals(bytes, fromBase64(Base64.getEncoder().encodeToString(bytes)));
            assertArrayEquals(
                    bytes, fromBase64(Base64.getEncoder().withoutPadding().encodeToString(bytes)));
            Encodings.toHex(span.address(), span.length(), result);
            String hex = HexFormat.of().withUpperCase().formatHex(bytes);
            assertEquals(hex, OffHeap.text(result));
            assertArrayEquals(bytes, fromHex(hex));
            assertArrayEquals(bytes, fromHex(hex.toLowerCase(Locale.ROOT)));
            long number = randomLong(random);
            Encodings.toHex(number, result);
            assertEquals(Long.toHexString(number).toUpperCase(Locale.ROOT), OffHeap.text(result));
            memory.free();
        });
    }

    @Test
    void refusesOtherText() {
        for (String text : new String[] {
            "a", "abcde", "ab=c", "====", "ab===", "a===", "ab-_", "ab\nc", "é", "abcd=", "=abc", "ab c"
        }) {
            assertError(Reason.BAD_ARGUMENT, "is no base64", () -> fromBase64(text));
        }
        for (String text : new String[] {"a", "abc", "0g", "g0", "0x", " 0", "é0", "@0", "`0"}) {
            assertError(Reason.BAD_ARGUMENT, "is no hexadecimal text", () -> fromHex(text));
        }
    }

    @Test
    void digests() {
        Digest md5 = new Digest();
        Digest sha1 = new Digest();
        Digest sha256 = new Digest();
        withRandom(500, random -> {
            byte[] bytes = new byte[random.nextInt(3_000)];
            random.nextBytes(bytes);
            Span span = memory.bytes(bytes);
            md5.md5(span.address(), span.length(), result);
            assertEquals(digest("MD5", bytes), OffHeap.text(result));
            sha1.sha1(span.address(), span.length(), result);
            assertEquals(digest("SHA-1", bytes), OffHeap.text(result));
            sha256.sha256(span.address(), span.length(), result);
            assertEquals(digest("SHA-256", bytes), OffHeap.text(result));
            memory.free();
        });
        Span span = memory.text("abc");
        md5.md5(span.address(), span.length(), result);
        assertEquals("900150983cd24fb0d6963f7d28e17f72", OffHeap.text(result));
        md5.sha1(span.address(), span.length(), result);
        assertEquals("a9993e364706816aba3e25717850c26c9cd0d89d", OffHeap.text(result));
    }

    private static String digest(String name, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
