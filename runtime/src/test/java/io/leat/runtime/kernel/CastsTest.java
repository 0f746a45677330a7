package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.randomLong;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.kernel.RowError.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CastsTest {
    private interface Call {
        long call();
    }

    private static void check(BigInteger expected, int bits, String type, Call call) {
        if (expected.bitLength() < bits) {
            assertEquals(expected.longValueExact(), call.call());
        } else {
            Executable executable = call::call;
            assertError(Reason.NUMERIC_OVERFLOW, "is out of range for " + type, executable);
        }
    }

    @Test
    void integersToNarrowerOnes() {
        withRandom(5_000, random -> {
            long value = randomLong(random);
            BigInteger exact = BigInteger.valueOf(value);
            check(exact, 8, "TINYINT", () -> Casts.int64ToInt8(value));
            check(exact, 16, "SMALLINT", () -> Casts.int64ToInt16(value));
            check(exact, 32, "INT", () -> Casts.int64ToInt32(value));
        });
    }

    @Test
    void doublesToIntegersHalvesToEven() {
        withRandom(20_000, random -> {
            double value = random.nextBoolean()
                    ? randomLong(random) / 2.0
                    : random.nextGaussian() * Math.pow(2, random.nextInt(70));
            BigInteger exact =
                    new BigDecimal(value).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
            check(exact, 8, "TINYINT", () -> Casts.float64ToInt8(value));
            check(exact, 16, "SMALLINT", () -> Casts.float64ToInt16(value));
            check(exact, 32, "INT", () -> Casts.float64ToInt32(value));
            check(exact, 64, "BIGINT", () -> Casts.float64ToInt64(value));
        });
        assertEquals(2, Casts.float64ToInt32(2.5));
        assertEquals(-128, Casts.float64ToInt8(-128.5));
        assertError(Reason.NUMERIC_OVERFLOW, "127.5 is out of range for TINYINT", () -> Casts.float64ToInt8(127.5));
        assertEquals(Long.MIN_VALUE, Casts.float64ToInt64(-0x1p63));
        assertError(Reason.NUMERIC_OVERFLOW, "out of range for BIGINT", () -> Casts.float64ToInt64(0x1p63));
    }

    @Test
    void doublesToReals() {
        assertEquals(0.1f, Casts.float64ToFloat32(0.1));
        assertEquals(Float.MAX_VALUE, Casts.float64ToFloat32(Float.MAX_VALUE));
        assertError(Reason.NUMERIC_OVERFLOW, "1.0E39 is out of range for REAL", () -> Casts.float64ToFloat32(1e39));
    }

    @Test
    void booleans() {
        assertEquals(1, Casts.booleanToInt32(true));
        assertEquals(0, Casts.booleanToInt32(false));
        assertTrue(Casts.int64ToBoolean(-3));
        assertFalse(Casts.int64ToBoolean(0));
    }
}
