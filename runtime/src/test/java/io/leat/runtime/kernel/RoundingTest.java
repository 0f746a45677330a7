package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.high;
import static io.leat.runtime.kernel.Checks.low;
import static io.leat.runtime.kernel.Checks.randomDecimal;
import static io.leat.runtime.kernel.Checks.randomLong;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.batch.Int128Result;
import io.leat.runtime.kernel.RowError.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

class RoundingTest {
    private static final RoundingMode[] MODES = {
        RoundingMode.HALF_UP, RoundingMode.DOWN, RoundingMode.CEILING, RoundingMode.FLOOR
    };

    private final Int128Result result = new Int128Result();

    private interface Call {
        long call();
    }

    private static void check(BigInteger expected, BigInteger bound, Call call) {
        if (expected.abs().compareTo(bound) < 0) {
            assertEquals(expected.longValueExact(), call.call());
        } else {
            assertError(Reason.NUMERIC_OVERFLOW, "out of range", call::call);
        }
    }

    @Test
    void integers() {
        withRandom(20_000, random -> {
            long value = randomLong(random);
            int digits = random.nextInt(26) - 22;
            BigInteger rounded = BigDecimal.valueOf(value)
                    .setScale(Math.min(digits, 0), RoundingMode.HALF_UP)
                    .toBigInteger();
            check(rounded, BigInteger.TWO.pow(63), () -> Rounding.roundInt64(value, digits));
            BigInteger truncated = BigDecimal.valueOf(value)
                    .setScale(Math.min(digits, 0), RoundingMode.DOWN)
                    .toBigInteger();
            assertEquals(truncated.longValueExact(), Rounding.truncateInt64(value, digits));
        });
        assertEquals(1300, Rounding.roundInt32(1250, -2));
        assertEquals(-1300, Rounding.roundInt16(-1250, -2));
        assertEquals(-120, Rounding.roundInt8(-124, -1));
        assertEquals(1200, Rounding.truncateInt32(1250, -2));
        assertEquals(-1200, Rounding.truncateInt16(-1250, -2));
        assertEquals(-120, Rounding.truncateInt8(-125, -1));
        assertEquals(0, Rounding.roundInt64(Long.MAX_VALUE, Integer.MIN_VALUE));
        assertError(Reason.NUMERIC_OVERFLOW, "130 is out of range for TINYINT", () -> Rounding.roundInt8(125, -1));
        assertError(Reason.NUMERIC_OVERFLOW, "INT", () -> Rounding.roundInt32(Integer.MAX_VALUE, -1));
        assertError(Reason.NUMERIC_OVERFLOW, "SMALLINT", () -> Rounding.roundInt16(32_767, -1));
        assertError(Reason.NUMERIC_OVERFLOW, "BIGINT", () -> Rounding.roundInt64(Long.MAX_VALUE, -19));
    }

    @Test
    void floatsToWholeNumbers() {
        withRandom(20_000, random -> {
            double value = random.nextBoolean()
                    ? random.nextInt() / 2.0
                    : random.nextGaussian() * Math.pow(2, random.nextInt(70));
            BigDecimal exact = new BigDecimal(value);
            assertEquals(exact.setScale(0, RoundingMode.HALF_UP).doubleValue(), Rounding.roundFloat64(value));
            assertEquals(exact.setScale(0, RoundingMode.DOWN).doubleValue(), Rounding.truncateFloat64(value));
            assertEquals(exact.setScale(0, RoundingMode.CEILING).doubleValue(), Rounding.ceilFloat64(value));
            assertEquals(exact.setScale(0, RoundingMode.FLOOR).doubleValue(), Rounding.floorFloat64(value));
            float single = (float) value;
            BigDecimal exactSingle = new BigDecimal(single);
            assertEquals(exactSingle.setScale(0, RoundingMode.HALF_UP).floatValue(), Rounding.roundFloat32(single));
            assertEquals(exactSingle.setScale(0, RoundingMode.DOWN).floatValue(), Rounding.truncateFloat32(single));
            assertEquals(exactSingle.setScale(0, RoundingMode.CEILING).floatValue(), Rounding.ceilFloat32(single));
            assertEquals(exactSingle.setScale(0, RoundingMode.FLOOR).floatValue(), Rounding.floorFloat32(single));
        });
        assertEquals(0.0, Rounding.roundFloat64(0.49999999999999994));
        assertEquals(3.0, Rounding.roundFloat64(2.5));
        assertEquals(-3.0, Rounding.roundFloat64(-2.5));
        assertEquals(0L, Double.doubleToRawLongBits(Rounding.ceilFloat64(-0.5)));
        assertEquals(0L, Double.doubleToRawLongBits(Rounding.roundFloat64(-0.25)));
        assertEquals(0, Float.floatToRawIntBits(Rounding.ceilFloat32(-0.5f)));
    }

    @Test
    void floatsToDigitsOfTheirText() {
        withRandom(40_000, random -> {
            double value = random.nextBoolean()
                    ? random.nextInt() / 1000.0
                    : random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30);
            int digits = random.nextInt(40) - 20;
            BigDecimal text = new BigDecimal(FloatPrinter.text(value));
            assertEquals(
                    nearest(text, digits, RoundingMode.HALF_UP),
                    Rounding.roundFloat64(value, digits),
                    value + " " + digits);
            assertEquals(
                    nearest(text, digits, RoundingMode.DOWN),
                    Rounding.truncateFloat64(value, digits),
                    value + " " + digits);
            float single = (float) value;
            BigDecimal singleText = new BigDecimal(FloatPrinter.text(single));
            assertEquals(
                    Float.parseFloat(singleText
                                    .setScale(digits, RoundingMode.HALF_UP)
                                    .toString())
                            + 0.0f,
                    Rounding.roundFloat32(single, digits));
            assertEquals(
                    Float.parseFloat(singleText
                                    .setScale(digits, RoundingMode.DOWN)
                                    .toString())
                            + 0.0f,
                    Rounding.truncateFloat32(single, digits));
        });
        assertEquals(2.68, Rounding.roundFloat64(2.675, 2));
        assertEquals(1.0, Rounding.roundFloat64(0.95, 1));
        assertEquals(Double.MIN_VALUE, Rounding.roundFloat64(Double.MIN_VALUE, Integer.MAX_VALUE));
        assertEquals(0.0, Rounding.roundFloat64(Double.MAX_VALUE, Integer.MIN_VALUE));
        assertEquals(0.0, Rounding.truncateFloat64(Double.MAX_VALUE, Integer.MIN_VALUE));
        assertError(
                Reason.NUMERIC_OVERFLOW,
                "is out of range for DOUBLE",
                () -> Rounding.roundFloat64(Double.MAX_VALUE, -308));
        assertError(
                Reason.NUMERIC_OVERFLOW, "is out of range for REAL", () -> Rounding.roundFloat32(Float.MAX_VALUE, -35));
    }

    private static double nearest(BigDecimal value, int digits, RoundingMode mode) {
        return Double.parseDouble(value.setScale(digits, mode).toString()) + 0.0;
    }

    @Test
    void decimals() {
        withRandom(40_000, random -> {
            int mode = random.nextInt(4);
            int precision = 1 + random.nextInt(18);
            int scale = random.nextInt(precision + 1);
            int digits = random.nextInt(45) - 22;
            long value = randomDecimal(random, precision).longValueExact();
            BigInteger expected = rounded(BigDecimal.valueOf(value, scale), digits, MODES[mode]);
            check(expected, BigInteger.TEN.pow(precision), () -> round(mode, value, digits, precision, scale));
            int widePrecision = 19 + random.nextInt(20);
            int wideScale = random.nextInt(widePrecision + 1);
            int wideDigits = random.nextInt(85) - 42;
            BigInteger wide = randomDecimal(random, widePrecision);
            BigInteger expectedWide = rounded(new BigDecimal(wide, wideScale), wideDigits, MODES[mode]);
            if (expectedWide.abs().compareTo(BigInteger.TEN.pow(widePrecision)) < 0) {
                round(mode, wide, wideDigits, widePrecision, wideScale);
                assertEquals(expectedWide, Errors.bigInteger(result.high, result.low));
            } else {
                assertError(
                        Reason.NUMERIC_OVERFLOW,
                        "when rounded is out of range",
                        () -> round(mode, wide, wideDigits, widePrecision, wideScale));
            }
        });
        assertEquals(0, DecimalRounding.roundDecimal(55, Integer.MIN_VALUE, 4, 2));
        assertEquals(55, DecimalRounding.roundDecimal(55, Integer.MAX_VALUE, 4, 2));
        assertError(
                Reason.NUMERIC_OVERFLOW,
                "99.95 when rounded is out of range for DECIMAL(4, 2)",
                () -> DecimalRounding.roundDecimal(9995, 1, 4, 2));
    }

    /** Unscaled, at the scale it had. */
    private static BigInteger rounded(BigDecimal value, int digits, RoundingMode mode) {
        if (digits >= value.scale()) {
            return value.unscaledValue();
        }
        return value.setScale(digits, mode)
                .setScale(value.scale(), RoundingMode.UNNECESSARY)
                .unscaledValue();
    }

    private static long round(int mode, long value, int digits, int precision, int scale) {
        return switch (mode) {
            case 0 -> DecimalRounding.roundDecimal(value, digits, precision, scale);
            case 1 -> DecimalRounding.truncateDecimal(value, digits, precision, scale);
            case 2 -> DecimalRounding.ceilDecimal(value, digits, precision, scale);
            default -> DecimalRounding.floorDecimal(value, digits, precision, scale);
        };
    }

    private void round(int mode, BigInteger value, int digits, int precision, int scale) {
        switch (mode) {
            case 0 -> DecimalRounding.roundInt128(high(value), low(value), digits, precision, scale, result);
            case 1 -> DecimalRounding.truncateInt128(high(value), low(value), digits, precision, scale, result);
            case 2 -> DecimalRounding.ceilInt128(high(value), low(value), digits, precision, scale, result);
            default -> DecimalRounding.floorInt128(high(value), low(value), digits, precision, scale, result);
        }
    }
}
