package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.randomDecimal;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.kernel.RowError.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

class DecimalsTest {
    private interface Call {
        long call();
    }

    /** The unscaled value if it has so few digits, else the error. */
    private static void check(BigDecimal expected, int precision, int scale, Call call) {
        BigDecimal rounded = expected.setScale(scale, RoundingMode.HALF_UP);
        if (rounded.unscaledValue().abs().compareTo(BigInteger.TEN.pow(precision)) < 0) {
            assertEquals(rounded.unscaledValue().longValueExact(), call.call());
        } else {
            assertError(Reason.NUMERIC_OVERFLOW, "is out of range for DECIMAL(" + precision + ", " + scale, call::call);
        }
    }

    @Test
    void sumAndDifference() {
        withRandom(20_000, random -> {
            int precision = 1 + random.nextInt(18);
            int scale = random.nextInt(precision + 1);
            long left = randomDecimal(random, 18).longValueExact();
            long right = randomDecimal(random, 18).longValueExact();
            BigDecimal exactLeft = BigDecimal.valueOf(left, scale);
            BigDecimal exactRight = BigDecimal.valueOf(right, scale);
            check(
                    exactLeft.add(exactRight),
                    precision,
                    scale,
                    () -> Decimals.addDecimal(left, right, precision, scale));
            check(
                    exactLeft.subtract(exactRight),
                    precision,
                    scale,
                    () -> Decimals.subtractDecimal(left, right, precision, scale));
        });
    }

    @Test
    void productQuotientRemainder() {
        withRandom(60_000, random -> {
            int precision = 1 + random.nextInt(18);
            int scale = random.nextInt(precision + 1);
            int leftScale = random.nextInt(19);
            int rightScale = random.nextInt(19);
            long left = randomDecimal(random, 18).longValueExact();
            long right = randomDecimal(random, 18).longValueExact();
            BigDecimal exactLeft = BigDecimal.valueOf(left, leftScale);
            BigDecimal exactRight = BigDecimal.valueOf(right, rightScale);
            if (scale <= leftScale + rightScale) {
                check(
                        exactLeft.multiply(exactRight),
                        precision,
                        scale,
                        () -> Decimals.multiplyDecimal(left, leftScale, right, rightScale, precision, scale));
            }
            if (right == 0) {
                assertError(
                        Reason.DIVISION_BY_ZERO,
                        "division by zero: " + exactLeft.toPlainString() + " / 0",
                        () -> Decimals.divideDecimal(left, leftScale, right, rightScale, precision, scale));
                assertError(Reason.DIVISION_BY_ZERO, "% 0", () -> Decimals.remainderDecimal(left, right, leftScale));
                return;
            }
            check(
                    exactLeft.divide(exactRight, scale, RoundingMode.HALF_UP),
                    precision,
                    scale,
                    () -> Decimals.divideDecimal(left, leftScale, right, rightScale, precision, scale));
            assertEquals(left % right, Decimals.remainderDecimal(left, right, leftScale));
        });
    }

    @Test
    void halvesGoAwayFromZero() {
        assertEquals(13, Decimals.divideDecimal(25, 0, 2, 0, 5, 0));
        assertEquals(-13, Decimals.divideDecimal(25, 0, -2, 0, 5, 0));
        assertEquals(1, Decimals.rescaleDecimal(5, 1, 5, 0));
        assertEquals(-1, Decimals.rescaleDecimal(-5, 1, 5, 0));
        assertEquals(0, Decimals.rescaleDecimal(49, 2, 5, 0));
        assertEquals(1, Decimals.multiplyDecimal(999_999_999_999_999_999L, 18, 500_000_000_000_000_001L, 18, 1, 0));
    }

    @Test
    void rescale() {
        withRandom(20_000, random -> {
            int fromScale = random.nextInt(19);
            int precision = 1 + random.nextInt(18);
            int scale = random.nextInt(precision + 1);
            long value = randomDecimal(random, 18).longValueExact();
            check(
                    BigDecimal.valueOf(value, fromScale),
                    precision,
                    scale,
                    () -> Decimals.rescaleDecimal(value, fromScale, precision, scale));
        });
        assertError(
                Reason.NUMERIC_OVERFLOW,
                "99.95 is out of range for DECIMAL(3, 1)",
                () -> Decimals.rescaleDecimal(9995, 2, 3, 1));
    }

    @Test
    void signs() {
        assertEquals(5, Decimals.negateDecimal(-5));
        assertEquals(5, Decimals.absoluteDecimal(-5));
    }
}
