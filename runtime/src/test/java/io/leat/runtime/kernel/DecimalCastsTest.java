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

class DecimalCastsTest {
    private final Int128Result result = new Int128Result();

    private interface Call {
        long call();
    }

    private BigInteger value() {
        return Errors.bigInteger(result.high, result.low);
    }

    private void check(BigDecimal expected, int precision, int scale, Runnable call) {
        BigInteger rounded = expected.setScale(scale, RoundingMode.HALF_UP).unscaledValue();
        if (rounded.abs().compareTo(BigInteger.TEN.pow(precision)) < 0) {
            call.run();
            assertEquals(rounded, value(), expected::toString);
        } else {
            String type = "DECIMAL(" + precision + ", " + scale + ")";
            assertError(Reason.NUMERIC_OVERFLOW, "is out of range for " + type, call::run);
        }
    }

    private static void checkInteger(BigInteger expected, int bits, Call call) {
        if (expected.bitLength() < bits) {
            assertEquals(expected.longValueExact(), call.call());
        } else {
            assertError(Reason.NUMERIC_OVERFLOW, "is out of range for", call::call);
        }
    }

    @Test
    void fromIntegers() {
        withRandom(20_000, random -> {
            long integer = randomLong(random);
            int precision = 1 + random.nextInt(18);
            int scale = random.nextInt(precision + 1);
            check(
                    BigDecimal.valueOf(integer),
                    precision,
                    scale,
                    () -> result.set(DecimalCasts.int64ToDecimal(integer, precision, scale)));
            check(
                    BigDecimal.valueOf(integer),
                    precision + 20,
                    scale + 20,
                    () -> DecimalCasts.int64ToInt128(integer, precision + 20, scale + 20, result));
        });
        assertError(
                Reason.NUMERIC_OVERFLOW,
                "-9223372036854775808 is out of range for DECIMAL(18, 0)",
                () -> DecimalCasts.int64ToDecimal(Long.MIN_VALUE, 18, 0));
    }

    @Test
    void toIntegersHalvesAwayFromZero() {
        withRandom(20_000, random -> {
            int scale = random.nextInt(19);
            long decimal = randomDecimal(random, 18).longValueExact();
            BigInteger exact = BigDecimal.valueOf(decimal, scale)
                    .setScale(0, RoundingMode.HALF_UP)
                    .toBigInteger();
            checkInteger(exact, 8, () -> DecimalCasts.decimalToInt8(decimal, scale));
            checkInteger(exact, 16, () -> DecimalCasts.decimalToInt16(decimal, scale));
            checkInteger(exact, 32, () -> DecimalCasts.decimalToInt32(decimal, scale));
            checkInteger(exact, 64, () -> DecimalCasts.decimalToInt64(decimal, scale));
            int wideScale = random.nextInt(39);
            BigInteger wide = randomDecimal(random, 38);
            BigInteger exactWide = new BigDecimal(wide, wideScale)
                    .setScale(0, RoundingMode.HALF_UP)
                    .toBigInteger();
            checkInteger(exactWide, 8, () -> DecimalCasts.int128ToInt8(high(wide), low(wide), wideScale));
            checkInteger(exactWide, 16, () -> DecimalCasts.int128ToInt16(high(wide), low(wide), wideScale));
            checkInteger(exactWide, 32, () -> DecimalCasts.int128ToInt32(high(wide), low(wide), wideScale));
            checkInteger(exactWide, 64, () -> DecimalCasts.int128ToInt64(high(wide), low(wide), wideScale));
        });
        assertEquals(3, DecimalCasts.decimalToInt32(25, 1));
        assertEquals(-3, DecimalCasts.decimalToInt32(-25, 1));
    }

    @Test
    void smallestBigint() {
        for (String text : new String[] {
            "-9223372036854775808.4",
            "-9223372036854775807.5",
            "-9223372036854775808.5",
            "9223372036854775807.4",
            "9223372036854775807.5",
            "9223372036854775808"
        }) {
            BigDecimal decimal = new BigDecimal(text).setScale(1);
            BigInteger unscaled = decimal.unscaledValue();
            checkInteger(
                    decimal.setScale(0, RoundingMode.HALF_UP).toBigInteger(),
                    64,
                    () -> DecimalCasts.int128ToInt64(high(unscaled), low(unscaled), 1));
        }
    }

    @Test
    void toFloatsTheNearest() {
        withRandom(40_000, random -> {
            int scale = random.nextInt(39);
            BigInteger wide = randomDecimal(random, 38);
            BigDecimal exact = new BigDecimal(wide, scale);
            assertEquals(
                    Double.parseDouble(exact.toString()) + 0.0,
                    DecimalCasts.int128ToFloat64(high(wide), low(wide), scale));
            assertEquals(
                    Float.parseFloat(exact.toString()) + 0.0f,
                    DecimalCasts.int128ToFloat32(high(wide), low(wide), scale));
            long decimal = randomDecimal(random, 18).longValueExact();
            BigDecimal exactLong = BigDecimal.valueOf(decimal, scale % 19);
            assertEquals(
                    Double.parseDouble(exactLong.toString()) + 0.0, DecimalCasts.decimalToFloat64(decimal, scale % 19));
            assertEquals(
                    Float.parseFloat(exactLong.toString()) + 0.0f, DecimalCasts.decimalToFloat32(decimal, scale % 19));
        });
    }

    @Test
    void fromFloatsByTheirShortestText() {
        withRandom(40_000, random -> {
            double number = random.nextBoolean()
                    ? random.nextInt(2_000_000) / 1000.0
                    : random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30);
            int precision = 1 + random.nextInt(18);
            int scale = random.nextInt(precision + 1);
            BigDecimal exact = new BigDecimal(FloatPrinter.text(number));
            check(exact, precision, scale, () -> result.set(DecimalCasts.float64ToDecimal(number, precision, scale)));
            check(
                    exact,
                    precision + 20,
                    scale + 20,
                    () -> DecimalCasts.float64ToInt128(number, precision + 20, scale + 20, result));
            float single = (float) number;
            BigDecimal exactSingle = new BigDecimal(FloatPrinter.text(single));
            check(
                    exactSingle,
                    precision,
                    scale,
                    () -> result.set(DecimalCasts.float32ToDecimal(single, precision, scale)));
            check(
                    exactSingle,
                    precision + 20,
                    scale,
                    () -> DecimalCasts.float32ToInt128(single, precision + 20, scale, result));
        });
        assertEquals(268, DecimalCasts.float64ToDecimal(2.675, 5, 2));
        assertEquals(10, DecimalCasts.float32ToDecimal(0.1f, 5, 2));
        assertError(
                Reason.NUMERIC_OVERFLOW,
                "1.0E300 is out of range for DECIMAL(38, 0)",
                () -> DecimalCasts.float64ToInt128(1e300, 38, 0, result));
        assertEquals(0, DecimalCasts.float64ToDecimal(4.9e-324, 18, 18));
    }
}
