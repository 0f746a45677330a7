package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.kernel.RowError.Reason;
import org.junit.jupiter.api.Test;

class MathFunctionsTest {
    @Test
    void asStrictMathDoes() {
        withRandom(5_000, random -> {
            double x = random.nextGaussian() * 10;
            double y = random.nextGaussian() * 10;
            double positive = Math.abs(x) + 1e-9;
            double unit = random.nextDouble() * 2 - 1;
            assertEquals(StrictMath.pow(positive, y), MathFunctions.power(positive, y));
            assertEquals(StrictMath.sqrt(positive), MathFunctions.sqrt(positive));
            assertEquals(StrictMath.cbrt(x), MathFunctions.cbrt(x));
            assertEquals(StrictMath.exp(x), MathFunctions.exp(x));
            assertEquals(StrictMath.log(positive), MathFunctions.ln(positive));
            assertEquals(StrictMath.log10(positive), MathFunctions.log10(positive));
            assertEquals(Math.log(positive) / Math.log(2), MathFunctions.log2(positive), 1e-13);
            assertEquals(Math.log(positive) / Math.log(7), MathFunctions.log(7, positive), 1e-13);
            assertEquals(StrictMath.sin(x), MathFunctions.sin(x));
            assertEquals(StrictMath.cos(x), MathFunctions.cos(x));
            assertEquals(StrictMath.tan(x), MathFunctions.tan(x));
            assertEquals(StrictMath.asin(unit), MathFunctions.asin(unit));
            assertEquals(StrictMath.acos(unit), MathFunctions.acos(unit));
            assertEquals(StrictMath.atan(x), MathFunctions.atan(x));
            assertEquals(StrictMath.atan2(x, y), MathFunctions.atan2(x, y));
            assertEquals(StrictMath.sinh(x), MathFunctions.sinh(x));
            assertEquals(StrictMath.cosh(x), MathFunctions.cosh(x));
            assertEquals(StrictMath.tanh(x), MathFunctions.tanh(x));
            assertEquals(Math.toRadians(x), MathFunctions.radians(x), 1e-14);
            assertEquals(Math.toDegrees(x), MathFunctions.degrees(x), 1e-11);
            assertEquals((int) Math.signum(x), MathFunctions.signFloat64(x));
        });
        assertEquals(Math.PI, MathFunctions.pi());
        assertEquals(180.0, MathFunctions.degrees(Math.PI));
    }

    @Test
    void wholeLogarithmsAreExact() {
        for (int exponent = -1074; exponent <= 1023; exponent++) {
            assertEquals(exponent, MathFunctions.log2(Math.scalb(1.0, exponent)));
        }
        for (int exponent = -22; exponent <= 22; exponent++) {
            double power = Double.parseDouble("1e" + exponent);
            assertEquals(exponent, MathFunctions.log10(power));
            if (exponent >= 0) {
                assertEquals(exponent, MathFunctions.log(10, power));
            }
        }
        assertEquals(3, MathFunctions.log(5, 125));
        assertEquals(-2, MathFunctions.log(0.5, 4));
        assertEquals(0, MathFunctions.log(3, 1));
    }

    @Test
    void undefined() {
        assertError(Reason.BAD_ARGUMENT, "SQRT(-1.0) is not defined", () -> MathFunctions.sqrt(-1));
        assertError(Reason.BAD_ARGUMENT, "LN(0.0) is not defined", () -> MathFunctions.ln(0));
        assertError(Reason.BAD_ARGUMENT, "LN(-1.0) is not defined", () -> MathFunctions.ln(-1));
        assertError(Reason.BAD_ARGUMENT, "LOG10(0.0) is not defined", () -> MathFunctions.log10(-0.0));
        assertError(Reason.BAD_ARGUMENT, "LOG2(-2.0) is not defined", () -> MathFunctions.log2(-2));
        assertError(Reason.BAD_ARGUMENT, "LOG(1.0, 5.0) is not defined", () -> MathFunctions.log(1, 5));
        assertError(Reason.BAD_ARGUMENT, "LOG(0.0, 5.0) is not defined", () -> MathFunctions.log(0, 5));
        assertError(Reason.BAD_ARGUMENT, "LOG(2.0, 0.0) is not defined", () -> MathFunctions.log(2, 0));
        assertError(Reason.BAD_ARGUMENT, "ASIN(1.5) is not defined", () -> MathFunctions.asin(1.5));
        assertError(Reason.BAD_ARGUMENT, "ACOS(-1.5) is not defined", () -> MathFunctions.acos(-1.5));
        assertError(Reason.BAD_ARGUMENT, "POWER(-1.0, 0.5) is not defined", () -> MathFunctions.power(-1, 0.5));
        assertError(Reason.BAD_ARGUMENT, "POWER(0.0, -1.0) is not defined", () -> MathFunctions.power(0, -1));
    }

    @Test
    void tooLarge() {
        assertError(Reason.NUMERIC_OVERFLOW, "POWER(10.0, 309.0) is out of range", () -> MathFunctions.power(10, 309));
        assertError(Reason.NUMERIC_OVERFLOW, "EXP(710.0) is out of range", () -> MathFunctions.exp(710));
        assertError(Reason.NUMERIC_OVERFLOW, "SINH(-711.0) is out of range", () -> MathFunctions.sinh(-711));
        assertError(Reason.NUMERIC_OVERFLOW, "COSH(711.0) is out of range", () -> MathFunctions.cosh(711));
        assertError(Reason.NUMERIC_OVERFLOW, "is out of range", () -> MathFunctions.degrees(Double.MAX_VALUE));
    }

    @Test
    void signs() {
        assertEquals(-1, MathFunctions.signInt64(-7));
        assertEquals(0, MathFunctions.signInt64(0));
        assertEquals(1, MathFunctions.signInt128(1, 0));
        assertEquals(1, MathFunctions.signInt128(0, -1));
        assertEquals(-1, MathFunctions.signInt128(-1, -1));
        assertEquals(0, MathFunctions.signInt128(0, 0));
        assertEquals(0, MathFunctions.signFloat64(-0.0));
    }
}
