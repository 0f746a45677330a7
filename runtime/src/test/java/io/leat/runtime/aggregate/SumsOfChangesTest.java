package io.leat.runtime.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.batch.Int128Result;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** Sums that values join and leave, beside sums of the values that are left. */
class SumsOfChangesTest {
    private static final long SEED = 11;
    private static final int ROUNDS = 20_000;

    /** Numbers with all their bits, and short ones, so that sums and products carry over in every place. */
    private static BigInteger number(SplittableRandom random, int bits) {
        byte[] bytes = new byte[1 + random.nextInt(bits / 8)];
        random.nextBytes(bytes);
        return new BigInteger(bytes);
    }

    @Test
    void exactSumsAreThoseOfBigIntegers() {
        SplittableRandom random = new SplittableRandom(SEED);
        try (BufferAllocator allocator = new RootAllocator();
                ArrowBuf state = allocator.buffer(32)) {
            state.setZero(0, 32);
            BigInteger expected = BigInteger.ZERO;
            long count = 0;
            for (int i = 0; i < ROUNDS; i++) {
                BigInteger value = number(random, 128);
                long weight = number(random, 56).longValueExact();
                WideSum.change(
                        state.memoryAddress(), weight, value.shiftRight(64).longValue(), value.longValue());
                expected = expected.add(value.multiply(BigInteger.valueOf(weight)));
                count += weight;
                assertEquals(expected, sum(state), "seed " + SEED + ", round " + i);
                assertEquals(count, WideSum.count(state.memoryAddress()));
                assertEquals(expected.doubleValue(), WideSum.toDouble(state.memoryAddress()), "of " + expected);
            }
        }
    }

    /** Powers of two and their neighbours, of both signs: carries through all words, and ties between two doubles. */
    @Test
    void sumsBecomeTheNearestDoubles() {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowBuf state = allocator.buffer(32)) {
            for (int power = 0; power < 190; power++) {
                for (int near = -2; near <= 2; near++) {
                    for (int tie = 0; tie <= 1; tie++) {
                        BigInteger value = BigInteger.ONE.shiftLeft(power).add(BigInteger.valueOf(near));
                        value = power < 53 || tie == 0 ? value : value.add(BigInteger.ONE.shiftLeft(power - 53));
                        assertEquals(value.doubleValue(), toDouble(state, value));
                        assertEquals(value.negate().doubleValue(), toDouble(state, value.negate()));
                    }
                }
            }
        }
    }

    private static double toDouble(ArrowBuf state, BigInteger value) {
        for (int word = 0; word < 3; word++) {
            state.setLong(8L * word, value.shiftRight(64 * word).longValue());
        }
        return WideSum.toDouble(state.memoryAddress()) + 0.0; // there is one zero
    }

    private static BigInteger sum(ArrowBuf state) {
        BigInteger high = BigInteger.valueOf(state.getLong(16)).shiftLeft(128);
        return high.add(unsigned(state.getLong(8)).shiftLeft(64)).add(unsigned(state.getLong(0)));
    }

    private static BigInteger unsigned(long word) {
        return new BigInteger(Long.toUnsignedString(word));
    }

    @Test
    void aValueThatCameAndWentLeavesNothing() {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowBuf state = allocator.buffer(32)) {
            state.setZero(0, 32);
            long at = state.memoryAddress();
            DecimalSum.change(at, 1, 5);
            DecimalSum.change(at, 3, -7, 12);
            DecimalSum.change(at, -3, -7, 12);
            Int128Result result = new Int128Result();
            DecimalSum.result(at, result);
            assertEquals(5, result.low);
            assertEquals(0, result.high);
        }
    }

    /** A plain sum would forget the small numbers beside the large ones. */
    @Test
    void smallNumbersOutliveLargeOnes() {
        SplittableRandom random = new SplittableRandom(SEED);
        try (BufferAllocator allocator = new RootAllocator();
                ArrowBuf state = allocator.buffer(24)) {
            state.setZero(0, 24);
            long at = state.memoryAddress();
            List<Double> there = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                if (there.size() > 5 && random.nextBoolean()) {
                    CompensatedSum.change(at, -1, there.remove(random.nextInt(there.size())));
                } else {
                    double value = random.nextInt(1_000) * (random.nextInt(50) == 0 ? 1e12 : 0.125);
                    there.add(value);
                    CompensatedSum.change(at, 1, value);
                }
                double expected =
                        there.stream().mapToDouble(Double::doubleValue).sum();
                assertEquals(expected, CompensatedSum.result(at), 1e-9 * Math.max(1, expected), "round " + i);
                assertEquals(expected / there.size(), CompensatedMean.result(at), 1e-9 * Math.max(1, expected));
            }
            there.forEach(value -> CompensatedSum.change(at, -1, value));
            assertEquals(true, CompensatedSum.isNull(at));
        }
    }
}
