package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.randomLong;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.LongResult;
import io.leat.runtime.kernel.OffHeap.Span;
import io.leat.runtime.kernel.RowError.Reason;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class NumberParserTest {
    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final LongResult result = new LongResult();

    @Test
    void readsWhatPrints() {
        withRandom(20_000, random -> {
            long value = random.nextInt(20) == 0 ? Long.MIN_VALUE : randomLong(random);
            String text = Long.toString(value);
            if (random.nextInt(4) == 0) {
                text = (value < 0 ? "-" : "+") + "0".repeat(random.nextInt(30)) + text.replace("-", "");
            }
            check(" ".repeat(random.nextInt(3)) + text + " ".repeat(random.nextInt(3)), value);
            memory.free();
        });
        check("9223372036854775807", Long.MAX_VALUE);
        check("-9223372036854775808", Long.MIN_VALUE);
        check("-0", 0);
        check("000000000000000000000000000", 0);
    }

    private void check(String text, long value) {
        Span span = memory.text(text);
        assertTrue(NumberParser.tryInt64(span.address(), span.length(), result), text);
        assertEquals(value, result.value);
        assertEquals(value, NumberParser.toInt64(span.address(), span.length()));
        assertEquals(value == (byte) value, NumberParser.tryInt8(span.address(), span.length(), result));
        assertEquals(value == (short) value, NumberParser.tryInt16(span.address(), span.length(), result));
        assertEquals(value == (int) value, NumberParser.tryInt32(span.address(), span.length(), result));
        if (value == (byte) value) {
            assertEquals((byte) value, NumberParser.toInt8(span.address(), span.length()));
        }
        if (value == (short) value) {
            assertEquals((short) value, NumberParser.toInt16(span.address(), span.length()));
        }
        if (value == (int) value) {
            assertEquals((int) value, NumberParser.toInt32(span.address(), span.length()));
        }
    }

    @Test
    void refusesOtherText() {
        String[] others = {
            "",
            " ",
            "-",
            "+",
            "--1",
            "1-",
            "1.0",
            "1e3",
            "0x10",
            "1_000",
            "1 000",
            "\t1",
            "1\n",
            "a",
            "123456789a",
            "a123456789",
            "1234567a",
            "12345678/",
            "12345678:",
            "٣",
            "NaN",
            "12345678901234567890a",
            "- 1",
            "\u00a01"
        };
        for (String text : others) {
            Span span = memory.text(text);
            assertFalse(NumberParser.tryInt64(span.address(), span.length(), result), text);
            assertFalse(NumberParser.tryInt32(span.address(), span.length(), result), text);
            assertError(Reason.BAD_CAST, " is no BIGINT", () -> NumberParser.toInt64(span.address(), span.length()));
            assertError(Reason.BAD_CAST, " is no TINYINT", () -> NumberParser.toInt8(span.address(), span.length()));
        }
    }

    @Test
    void refusesNumbersOutOfRange() {
        String[] others = {
            "9223372036854775808",
            "-9223372036854775809",
            "18446744073709551616",
            "99999999999999999999",
            "-99999999999999999999999999999",
            "0009223372036854775808",
            "9999999999999999999"
        };
        for (String text : others) {
            Span span = memory.text(text);
            assertFalse(NumberParser.tryInt64(span.address(), span.length(), result), text);
            assertError(
                    Reason.NUMERIC_OVERFLOW,
                    "'" + text + "' is out of range for BIGINT",
                    () -> NumberParser.toInt64(span.address(), span.length()));
        }
        Span span = memory.text("128");
        assertError(
                Reason.NUMERIC_OVERFLOW,
                "'128' is out of range for TINYINT",
                () -> NumberParser.toInt8(span.address(), span.length()));
        Span large = memory.text("-2147483649");
        assertError(
                Reason.NUMERIC_OVERFLOW, "for SMALLINT", () -> NumberParser.toInt16(large.address(), large.length()));
        assertError(Reason.NUMERIC_OVERFLOW, "for INT", () -> NumberParser.toInt32(large.address(), large.length()));
    }
}
