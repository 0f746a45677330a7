package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.randomLong;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.leat.runtime.kernel.RowError.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ArithmeticTest {
    private static final int[] INT8 = {-128, -127, -12, -11, -1, 0, 1, 11, 12, 126, 127};

    private interface IntOperation {
        int apply(int left, int right);
    }

    private interface LongOperation {
        long apply(long left, long right);
    }

    private interface Exact {
        BigInteger apply(BigInteger left, BigInteger right);
    }

    @Test
    void everyPairOfTinyints() {
        for (int left = -128; left <= 127; left++) {
            for (int right = -128; right <= 127; right++) {
                checkInt(Arithmetic::addInt8, BigInteger::add, left, right, 8);
                checkInt(Arithmetic::subtractInt8, BigInteger::subtract, left, right, 8);
                checkInt(Arithmetic::multiplyInt8, BigInteger::multiply, left, right, 8);
                checkInt(Arithmetic::divideInt8, BigInteger::divide, left, right, 8);
                checkInt(Arithmetic::remainderInt8, BigInteger::remainder, left, right, 8);
            }
            checkInt((a, b) -> Arithmetic.negateInt8(a), (a, b) -> a.negate(), left, 1, 8);
            checkInt((a, b) -> Arithmetic.absoluteInt8(a), (a, b) -> a.abs(), left, 1, 8);
        }
    }

    @Test
    void smallintsAndInts() {
        withRandom(20_000, random -> {
            int shift = random.nextInt(16);
            int left = (short) random.nextInt() >> shift;
            int right = random.nextInt(4) == 0 ? INT8[random.nextInt(INT8.length)] : (short) random.nextInt();
            checkInt(Arithmetic::addInt16, BigInteger::add, left, right, 16);
            checkInt(Arithmetic::subtractInt16, BigInteger::subtract, left, right, 16);
            checkInt(Arithmetic::multiplyInt16, BigInteger::multiply, left, right, 16);
            checkInt(Arithmetic::divideInt16, BigInteger::divide, left, right, 16);
            checkInt(Arithmetic::remainderInt16, BigInteger::remainder, left, right, 16);
            int first = random.nextInt(6) == 0 ? Integer.MIN_VALUE : random.nextInt() >> random.nextInt(32);
            int second = random.nextInt(6) == 0 ? -1 : random.nextInt() >> random.nextInt(32);
            checkInt(Arithmetic::addInt32, BigInteger::add, first, second, 32);
            checkInt(Arithmetic::subtractInt32, BigInteger::subtract, first, second, 32);
            checkInt(Arithmetic::multiplyInt32, BigInteger::multiply, first, second, 32);
            checkInt(Arithmetic::divideInt32, BigInteger::divide, first, second, 32);
            checkInt(Arithmetic::remainderInt32, BigInteger::remainder, first, second, 32);
            checkInt((a, b) -> Arithmetic.negateInt32(a), (a, b) -> a.negate(), first, 1, 32);
            checkInt((a, b) -> Arithmetic.absoluteInt32(a), (a, b) -> a.abs(), first, 1, 32);
        });
        checkInt((a, b) -> Arithmetic.negateInt16(a), (a, b) -> a.negate(), Short.MIN_VALUE, 1, 16);
        checkInt((a, b) -> Arithmetic.absoluteInt16(a), (a, b) -> a.abs(), Short.MIN_VALUE, 1, 16);
        checkInt((a, b) -> Arithmetic.absoluteInt16(a), (a, b) -> a.abs(), -7, 1, 16);
    }

    @Test
    void bigints() {
        withRandom(20_000, random -> {
            long left = random.nextInt(6) == 0 ? Long.MIN_VALUE : randomLong(random);
            long right = random.nextInt(6) == 0 ? -1 : randomLong(random);
            checkLong(Arithmetic::addInt64, BigInteger::add, left, right);
            checkLong(Arithmetic::subtractInt64, BigInteger::subtract, left, right);
            checkLong(Arithmetic::multiplyInt64, BigInteger::multiply, left, right);
            checkLong(Arithmetic::divideInt64, BigInteger::divide, left, right);
            checkLong(Arithmetic::remainderInt64, BigInteger::remainder, left, right);
            checkLong((a, b) -> Arithmetic.negateInt64(a), (a, b) -> a.negate(), left, 1);
            checkLong((a, b) -> Arithmetic.absoluteInt64(a), (a, b) -> a.abs(), left, 1);
        });
    }

    private static void checkInt(IntOperation operation, Exact exact, int left, int right, int bits) {
        check(() -> operation.apply(left, right), exact, left, right, bits);
    }

    private static void checkLong(LongOperation operation, Exact exact, long left, long right) {
        check(() -> operation.apply(left, right), exact, left, right, 64);
    }

    private interface Call {
        long call();
    }

    private static void check(Call call, Exact exact, long left, long right, int bits) {
        BigInteger expected;
        try {
            expected = exact.apply(BigInteger.valueOf(left), BigInteger.valueOf(right));
        } catch (ArithmeticException e) {
            assertError(Reason.DIVISION_BY_ZERO, "division by zero: " + left, call::call);
            return;
        }
        if (expected.bitLength() < bits) {
            assertEquals(expected.longValueExact(), call.call());
        } else {
            assertError(Reason.NUMERIC_OVERFLOW, "is out of range for", call::call);
        }
    }

    @Test
    void messagesNameOperandsAndType() {
        assertError(
                Reason.NUMERIC_OVERFLOW, "100 + 100 is out of range for TINYINT", () -> Arithmetic.addInt8(100, 100));
        assertError(Reason.NUMERIC_OVERFLOW, "-(-128) is out of range for TINYINT", () -> Arithmetic.negateInt8(-128));
        assertError(Reason.DIVISION_BY_ZERO, "division by zero: 5 % 0", () -> Arithmetic.remainderInt64(5, 0));
        assertError(Reason.DIVISION_BY_ZERO, "division by zero: 0.1 / 0", () -> Arithmetic.divideFloat32(0.1f, 0));
        assertError(
                Reason.NUMERIC_OVERFLOW,
                "1.0E308 * 10.0 is out of range for DOUBLE",
                () -> Arithmetic.multiplyFloat64(1e308, 10));
    }

    @Test
    void floatsStayFinite() {
        double max = Double.MAX_VALUE;
        overflows(() -> Arithmetic.addFloat64(max, max));
        overflows(() -> Arithmetic.subtractFloat64(-max, max));
        overflows(() -> Arithmetic.multiplyFloat64(max, -2));
        overflows(() -> Arithmetic.divideFloat64(max, 0.5));
        overflows(() -> Arithmetic.addFloat32(Float.MAX_VALUE, Float.MAX_VALUE));
        overflows(() -> Arithmetic.subtractFloat32(-Float.MAX_VALUE, Float.MAX_VALUE));
        overflows(() -> Arithmetic.multiplyFloat32(Float.MAX_VALUE, 2));
        overflows(() -> Arithmetic.divideFloat32(Float.MAX_VALUE, 0.5f));
        for (double zero : new double[] {0.0, -0.0}) {
            for (double dividend : new double[] {1.5, -1.5, 0.0}) {
                byZero(() -> Arithmetic.divideFloat64(dividend, zero));
                byZero(() -> Arithmetic.remainderFloat64(dividend, zero));
                byZero(() -> Arithmetic.divideFloat32((float) dividend, (float) zero));
                byZero(() -> Arithmetic.remainderFloat32((float) dividend, (float) zero));
            }
        }
    }

    private static void overflows(Executable call) {
        assertEquals(Reason.NUMERIC_OVERFLOW, assertThrows(RowError.class, call).reason());
    }

    private static void byZero(Executable call) {
        assertEquals(Reason.DIVISION_BY_ZERO, assertThrows(RowError.class, call).reason());
    }

    @Test
    void floatsAreThoseOfJava() {
        withRandom(5_000, random -> {
            double left = random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
            double right = random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10);
            assertEquals(left + right, Arithmetic.addFloat64(left, right));
            assertEquals(left - right, Arithmetic.subtractFloat64(left, right));
            assertEquals(left * right, Arithmetic.multiplyFloat64(left, right));
            assertEquals(left / right, Arithmetic.divideFloat64(left, right));
            BigDecimal rest = new BigDecimal(left).remainder(new BigDecimal(right));
            assertEquals(rest.doubleValue(), Arithmetic.remainderFloat64(left, right));
            assertEquals((float) left + (float) right, Arithmetic.addFloat32((float) left, (float) right));
            assertEquals((float) left - (float) right, Arithmetic.subtractFloat32((float) left, (float) right));
            assertEquals((float) left * (float) right, Arithmetic.multiplyFloat32((float) left, (float) right));
            assertEquals((float) left / (float) right, Arithmetic.divideFloat32((float) left, (float) right));
            assertEquals((float) left % (float) right, Arithmetic.remainderFloat32((float) left, (float) right));
            assertEquals(-left, Arithmetic.negateFloat64(left));
            assertEquals(Math.abs(left), Arithmetic.absoluteFloat64(left));
            assertEquals((float) -left, Arithmetic.negateFloat32((float) left));
            assertEquals((float) Math.abs(left), Arithmetic.absoluteFloat32((float) left));
            assertEquals(Double.compare(left, right), Arithmetic.compareFloat64(left, right));
            assertEquals(
                    Float.compare((float) left, (float) right), Arithmetic.compareFloat32((float) left, (float) right));
        });
    }

    @Test
    void thereIsOneZero() {
        assertEquals(0, Arithmetic.compareFloat64(-0.0, 0.0));
        assertEquals(0, Arithmetic.compareFloat32(0.0f, -0.0f));
        assertEquals(0L, Double.doubleToRawLongBits(Arithmetic.normalFloat64(-0.0)));
        assertEquals(0, Float.floatToRawIntBits(Arithmetic.normalFloat32(-0.0f)));
        assertEquals(0L, Double.doubleToRawLongBits(Arithmetic.negateFloat64(0.0)));
        assertEquals(0, Float.floatToRawIntBits(Arithmetic.negateFloat32(0.0f)));
    }
}
