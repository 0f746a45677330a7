package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.randomDecimal;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Int128Result;
import io.leat.runtime.batch.LongResult;
import io.leat.runtime.kernel.OffHeap.Span;
import io.leat.runtime.kernel.RowError.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DecimalParserTest {
    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final LongResult result = new LongResult();
    private final Int128Result wide = new Int128Result();

    @Test
    void readsAndRounds() {
        withRandom(60_000, random -> {
            BigDecimal value =
                    new BigDecimal(randomDecimal(random, random.nextBoolean() ? 20 : 60), random.nextInt(40));
            String text = switch (random.nextInt(4)) {
                case 0 -> value.toString();
                case 1 -> value.toEngineeringString().replace("E", "e");
                case 2 -> value.scaleByPowerOfTen(random.nextInt(20)).unscaledValue() + "E-" + random.nextInt(50);
                default -> value.toPlainString();
            };
            if (random.nextInt(8) == 0) {
                text = text.replaceFirst("^-?0\\.", "."); // .5
            }
            if (random.nextInt(8) == 0 && !text.contains(".") && !text.contains("E") && !text.contains("e")) {
                text += ".";
            }
            checkAll(" ".repeat(random.nextInt(2)) + text, 1 + random.nextInt(18), random.nextInt(19));
            memory.free();
        });
    }

    private void checkAll(String text, int precision, int anyScale) {
        int scale = anyScale % (precision + 1);
        Span span = memory.text(text);
        BigDecimal exact = new BigDecimal(text.trim());
        BigInteger unscaled = exact.setScale(scale, RoundingMode.HALF_UP).unscaledValue();
        boolean fits = unscaled.abs().compareTo(BigInteger.TEN.pow(precision)) < 0;
        assertEquals(fits, DecimalParser.tryDecimal(span.address(), span.length(), precision, scale, result), text);
        if (fits) {
            assertEquals(unscaled.longValueExact(), result.value, text);
        }
        int wideScale = Math.min(scale + anyScale, precision + 20);
        unscaled = exact.setScale(wideScale, RoundingMode.HALF_UP).unscaledValue();
        fits = unscaled.abs().compareTo(BigInteger.TEN.pow(precision + 20)) < 0;
        assertEquals(
                fits, DecimalParser.tryInt128(span.address(), span.length(), precision + 20, wideScale, wide), text);
        if (fits) {
            assertEquals(unscaled, Errors.bigInteger(wide.high, wide.low), text);
        }
    }

    @Test
    void edges() {
        String[] texts = {
            "0",
            "-0",
            "0.0",
            "0e10",
            "0e999999999999",
            "1e-999999999999",
            "999999999999999999",
            "9.95",
            "-9.95",
            "0.05",
            "0.049",
            "99999999999999999999999999999999999999",
            "99999999999999999999999999999999999999.4",
            "0000000000000000000000000000000000000000000000000000000000001.5",
            "5e-1",
            "4e-1",
            "5e-2",
            "123456789012345678901234567890e-20",
            "0.000000000000000000000000000000000000005"
        };
        for (String text : texts) {
            String bounded = text.replace("999999999999", text.contains("e") ? "9999" : "999999999999");
            Span span = memory.text(text);
            for (int precision = 1; precision <= 18; precision++) {
                for (int scale = 0; scale <= precision; scale++) {
                    BigInteger unscaled = new BigDecimal(bounded)
                            .setScale(scale, RoundingMode.HALF_UP)
                            .unscaledValue();
                    boolean fits = unscaled.abs().compareTo(BigInteger.TEN.pow(precision)) < 0;
                    assertEquals(
                            fits,
                            DecimalParser.tryDecimal(span.address(), span.length(), precision, scale, result),
                            text);
                    assertTrue(!fits || result.value == unscaled.longValueExact(), text);
                }
            }
        }
        Span huge = memory.text("1e999999999999");
        assertFalse(DecimalParser.tryDecimal(huge.address(), huge.length(), 18, 0, result));
        assertFalse(DecimalParser.tryInt128(huge.address(), huge.length(), 38, 0, wide));
    }

    @Test
    void refusesOtherText() {
        String[] others = {
            "",
            " ",
            ".",
            "-",
            "-.",
            "1.2.3",
            "1..2",
            "e5",
            ".e5",
            "1e",
            "1e+",
            "1e5.",
            "1e5e5",
            "1,5",
            "a",
            "1a",
            "NaN",
            "--1",
            "Infinity",
            "1 2",
            "0x1",
            "1.5f"
        };
        for (String text : others) {
            Span span = memory.text(text);
            assertFalse(DecimalParser.tryDecimal(span.address(), span.length(), 10, 2, result), text);
            assertFalse(DecimalParser.tryInt128(span.address(), span.length(), 30, 2, wide), text);
            assertError(
                    Reason.BAD_CAST,
                    " is no DECIMAL(10, 2)",
                    () -> DecimalParser.toDecimal(span.address(), span.length(), 10, 2));
            assertError(
                    Reason.BAD_CAST,
                    " is no DECIMAL(30, 2)",
                    () -> DecimalParser.toInt128(span.address(), span.length(), 30, 2, wide));
        }
        Span large = memory.text("1000.0");
        assertError(
                Reason.NUMERIC_OVERFLOW,
                "'1000.0' is out of range for DECIMAL(5, 2)",
                () -> DecimalParser.toDecimal(large.address(), large.length(), 5, 2));
        assertEquals(10000, DecimalParser.toDecimal(large.address(), large.length(), 6, 1));
    }
}
