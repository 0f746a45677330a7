package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.high;
import static io.leat.runtime.kernel.Checks.low;
import static io.leat.runtime.kernel.Checks.randomDecimal;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.batch.Int128Result;
import io.leat.runtime.kernel.RowError.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Int128Test {
    private final Int128Result result = new Int128Result();

    private BigInteger value() {
        return Errors.bigInteger(result.high, result.low);
    }

    /** The unscaled value if it has so few digits, else the error. */
    private void check(BigDecimal expected, int precision, int scale, Runnable call) {
        BigDecimal rounded = expected.setScale(scale, RoundingMode.HALF_UP);
        if (rounded.unscaledValue().abs().compareTo(BigInteger.TEN.pow(precision)) < 0) {
            call.run();
            assertEquals(rounded.unscaledValue(), value());
        } else {
            assertError(Reason.NUMERIC_OVERFLOW, "is out of range for DECIMAL(" + precision + ", " + scale, call::run);
        }
    }

    /** Also numbers whose halves are all ones or all zeros, where carries run far. */
    private static BigInteger random(Random random) {
        if (random.nextInt(4) > 0) {
            return randomDecimal(random, 38);
        }
        BigInteger shifted = BigInteger.ONE.shiftLeft(random.nextInt(126));
        BigInteger near = shifted.add(BigInteger.valueOf(random.nextInt(3) - 1));
        return random.nextBoolean() ? near : near.negate();
    }

    @Test
    void sumAndDifference() {
        withRandom(30_000, random -> {
            int precision = 19 + random.nextInt(20);
            int scale = random.nextInt(precision + 1);
            BigInteger left = random(random);
            BigInteger right = random(random);
            check(
                    new BigDecimal(left.add(right), scale),
                    precision,
                    scale,
                    () -> Int128.addInt128(high(left), low(left), high(right), low(right), precision, scale, result));
            check(
                    new BigDecimal(left.subtract(right), scale),
                    precision,
                    scale,
                    () -> Int128.subtractInt128(
                            high(left), low(left), high(right), low(right), precision, scale, result));
            assertEquals(
                    left.compareTo(right),
                    Integer.signum(Int128.compareInt128(high(left), low(left), high(right), low(right))));
            Int128.negateInt128(high(left), low(left), result);
            assertEquals(left.negate(), value());
            Int128.absoluteInt128(high(left), low(left), result);
            assertEquals(left.abs(), value());
        });
    }

    @Test
    void product() {
        withRandom(60_000, random -> {
            int precision = 19 + random.nextInt(20);
            int leftScale = random.nextInt(39);
            int rightScale = random.nextInt(39);
            int scale = Math.min(random.nextInt(precision + 1), leftScale + rightScale);
            BigInteger left = random(random);
            BigInteger right = random(random);
            check(
                    new BigDecimal(left, leftScale).multiply(new BigDecimal(right, rightScale)),
                    precision,
                    scale,
                    () -> Int128.multiplyInt128(
                            high(left),
                            low(left),
                            leftScale,
                            high(right),
                            low(right),
                            rightScale,
                            precision,
                            scale,
                            result));
        });
    }

    @Test
    void quotient() {
        withRandom(60_000, random -> {
            int precision = 19 + random.nextInt(20);
            int leftScale = random.nextInt(39);
            int rightScale = random.nextInt(39);
            int scale = random.nextInt(precision + 1);
            BigInteger left = random(random);
            BigInteger right = random(random);
            if (right.signum() != 0) {
                check(
                        new BigDecimal(left, leftScale)
                                .divide(new BigDecimal(right, rightScale), scale, RoundingMode.HALF_UP),
                        precision,
                        scale,
                        () -> Int128.divideInt128(
                                high(left),
                                low(left),
                                leftScale,
                                high(right),
                                low(right),
                                rightScale,
                                precision,
                                scale,
                                result));
            }
        });
    }

    @Test
    void remainder() {
        withRandom(30_000, random -> {
            BigInteger left = random(random);
            BigInteger right = random(random);
            if (right.signum() != 0) {
                Int128.remainderInt128(high(left), low(left), high(right), low(right), 2, result);
                assertEquals(left.remainder(right), value());
            }
        });
    }

    @Test
    void divisionOfWideNumbers() {
        withRandom(100_000, random -> {
            BigInteger divisor = special(random, 128).max(BigInteger.ONE);
            BigInteger dividend = special(random, 256).mod(divisor.shiftLeft(128));
            WideDivision.divide(
                    part(dividend, 3),
                    part(dividend, 2),
                    part(dividend, 1),
                    part(dividend, 0),
                    part(divisor, 1),
                    part(divisor, 0),
                    result);
            BigInteger quotient = value().mod(BigInteger.ONE.shiftLeft(128));
            assertEquals(dividend.divide(divisor), quotient, () -> dividend + " / " + divisor);
        });
    }

    /** Numbers made of parts of 32 bits that are often all ones or all zeros: guesses of digits then need corrections. */
    private static BigInteger special(Random random, int maxBits) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < maxBits / 32; i++) {
            long part = switch (random.nextInt(5)) {
                case 0 -> 0;
                case 1 -> 0xFFFF_FFFFL;
                case 2 -> 0x8000_0000L;
                case 3 -> 1;
                default -> random.nextInt() & 0xFFFF_FFFFL;
            };
            number = number.shiftLeft(32).add(BigInteger.valueOf(part));
        }
        return number.shiftRight(random.nextInt(maxBits));
    }

    private static long part(BigInteger number, int index) {
        return number.shiftRight(64 * index).longValue();
    }

    @Test
    void zeroDivides() {
        assertError(
                Reason.DIVISION_BY_ZERO,
                "division by zero: 1.50 / 0",
                () -> Int128.divideInt128(0, 150, 2, 0, 0, 0, 38, 6, result));
        assertError(
                Reason.DIVISION_BY_ZERO,
                "division by zero: -1.50 % 0",
                () -> Int128.remainderInt128(-1, -150, 0, 0, 2, result));
    }

    @Test
    void rescale() {
        withRandom(30_000, random -> {
            int fromScale = random.nextInt(39);
            int precision = 19 + random.nextInt(20);
            int scale = random.nextInt(precision + 1);
            BigInteger value = random(random);
            BigDecimal exact = new BigDecimal(value, fromScale);
            check(
                    exact,
                    precision,
                    scale,
                    () -> Int128.rescaleInt128(high(value), low(value), fromScale, precision, scale, result));
            int narrow = 1 + random.nextInt(18);
            int narrowScale = random.nextInt(narrow + 1);
            check(
                    exact,
                    narrow,
                    narrowScale,
                    () -> result.set(
                            Int128.rescaleInt128ToDecimal(high(value), low(value), fromScale, narrow, narrowScale)));
            long small = randomDecimal(random, 18).longValueExact();
            int smallScale = random.nextInt(19);
            check(
                    BigDecimal.valueOf(small, smallScale),
                    precision,
                    scale,
                    () -> Int128.rescaleDecimalToInt128(small, smallScale, precision, scale, result));
        });
    }

    @Test
    void largestNumbers() {
        BigInteger max = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
        assertError(
                Reason.NUMERIC_OVERFLOW,
                "99999999999999999999999999999999999999 + 99999999999999999999999999999999999999",
                () -> Int128.addInt128(high(max), low(max), high(max), low(max), 38, 0, result));
        Int128.addInt128(high(max), low(max), 0, 0, 38, 0, result);
        assertEquals(max, value());
        Int128.divideInt128(high(max), low(max), 38, high(max), low(max), 0, 38, 38, result);
        assertEquals(BigInteger.ONE, value());
    }
}
