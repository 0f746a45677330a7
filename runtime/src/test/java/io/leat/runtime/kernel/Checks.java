package io.leat.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.function.Executable;

/** What many kernel tests check with. */
final class Checks {
    private static final long FIRST_SEED = Long.getLong("seed", 20260131L);

    private Checks() {}

    /** Fails unless the call ends in this row error. */
    static void assertError(RowError.Reason reason, String message, Executable call) {
        RowError error = assertThrows(RowError.class, call);
        assertEquals(reason, error.reason(), error.getMessage());
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    /** Runs a check with many seeds and names the one that failed; {@code -Dseed=…} starts with another. */
    static void withRandom(int rounds, Consumer<Random> check) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + rounds; seed++) {
            try {
                check.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with -Dseed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** A number of any magnitude: every bit length is as likely as every other. */
    static long randomLong(Random random) {
        return random.nextLong() >> random.nextInt(64);
    }

    /** A number of up to so many digits, every count as likely as every other. */
    static BigInteger randomDecimal(Random random, int maxDigits) {
        int digits = random.nextInt(maxDigits + 1);
        BigInteger bound = BigInteger.TEN.pow(digits);
        BigInteger magnitude;
        if (random.nextInt(8) == 0) {
            magnitude = bound.subtract(BigInteger.ONE);
        } else {
            magnitude = new BigInteger(bound.bitLength() + 8, random).mod(bound);
        }
        return random.nextBoolean() ? magnitude : magnitude.negate();
    }

    static long high(BigInteger value) {
        return value.shiftRight(64).longValue();
    }

    static long low(BigInteger value) {
        return value.longValue();
    }
}
