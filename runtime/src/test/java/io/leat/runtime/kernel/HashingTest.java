package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.kernel.OffHeap.Span;
import io.leat.runtime.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class HashingTest {
    private static final int TABLE_BITS = 17;
    private static final int KEYS = 1 << (TABLE_BITS - 1); // load 0.5

    private static final String GOLDEN = """
            0a04c33dcf9c57e4
            cf2a033e2d7f9a4e
            54583d94ec828522
            3808d06d800341ee
            dbae03323305c8b1
            d5585bcd082b7f6c
            822c24aa6fbd1980
            b173251e92b5e0c0
            4c5ef6fdf9080bcb
            9c06faf4d023e3ab
            9c76a0e6c158b171
            105f703579f8c094
            e1700406a2f57d89
            85b949ef9524da66
            0ba4529bdea9ae1c
            3f6e11f530463a71
            df8864e3a7b11a2c
            f0ff0977c0f0ab04
            668ba27c00b88d75
            dc74e2c2d1c5a20c
            be5083917d8c5622
            8745059b2de26de7
            5aee53a6ed045861
            2916ce97a667b6d7
            a7fd8f1771bdd5df
            """;

    @AutoClose
    private final OffHeap memory = new OffHeap();

    /** State on disk depends on these. They are not to be changed, whatever the reason. */
    @Test
    void goldenValues() {
        StringBuilder values = new StringBuilder();
        for (long value : new long[] {0, 1, -1, 42, Long.MIN_VALUE, 1_769_860_800_000_000L}) {
            append(values, Hashing.hashInt64(value));
        }
        append(values, Hashing.hashFloat64(1.5));
        append(values, Hashing.hashInt128(1, 2));
        append(values, Hashing.combine(Hashing.hashInt64(1), Hashing.hashInt64(2)));
        append(values, Hashing.NULL_HASH);
        String text = "The quick brown fox jumps over the lazy dog, é€😀";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int length : new int[] {0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 54}) {
            append(values, hash(Arrays.copyOf(bytes, length)));
        }
        assertEquals(GOLDEN, values.toString());
    }

    private static void append(StringBuilder values, long hash) {
        values.append(String.format(Locale.ROOT, "%016x\n", hash));
    }

    private long hash(byte[] bytes) {
        Span span = memory.bytes(bytes);
        return Hashing.hashBytes(span.address(), span.length());
    }

    @Test
    void equalValuesHaveEqualHashes() {
        assertEquals(Hashing.hashFloat64(0.0), Hashing.hashFloat64(-0.0));
        assertEquals(Hashing.hashFloat32(0.0f), Hashing.hashFloat32(-0.0f));
        assertEquals(Hashing.hashFloat64(0.5), Hashing.hashFloat32(0.5f));
        assertEquals(Hashing.hashInt64(-7), Hashing.hashInt128(-1, -7));
        assertEquals(Hashing.hashInt64(7), Hashing.hashInt128(0, 7));
        assertNotEquals(Hashing.hashInt128(1, 7), Hashing.hashInt128(2, 7));
        assertNotEquals(Hashing.hashBoolean(true), Hashing.hashBoolean(false));
        assertNotEquals(Hashing.combine(1, 2), Hashing.combine(2, 1));
        assertEquals(0, Hashing.virtualPartition(1));
        assertEquals(127, Hashing.virtualPartition(-1));
        withRandom(2_000, random -> {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            assertEquals(hash(bytes), hash(bytes)); // at two places, between other neighbours
            memory.free();
        });
    }

    private interface Hash {
        long apply(long input);
    }

    /** Each bit of the input flips each bit of the hash in about half of all cases. */
    private static void checkAvalanche(String name, int inputBits, Hash hash) {
        int rounds = 4_000;
        Random random = new Random(7);
        int[][] flips = new int[inputBits][64];
        for (int round = 0; round < rounds; round++) {
            long input = round < rounds / 2 ? round : random.nextLong();
            long before = hash.apply(input);
            for (int bit = 0; bit < inputBits; bit++) {
                long changed = before ^ hash.apply(input ^ 1L << bit);
                for (int out = 0; out < 64; out++) {
                    flips[bit][out] += (int) (changed >>> out & 1);
                }
            }
        }
        // Six standard deviations, of fewer samples where there are fewer inputs.
        double tolerance = 6 * 0.5 / Math.sqrt(Math.min(rounds / 2.0, Math.scalb(1.0, inputBits - 1)));
        for (int bit = 0; bit < inputBits; bit++) {
            for (int out = 0; out < 64; out++) {
                double share = flips[bit][out] / (double) rounds;
                assertEquals(0.5, share, tolerance, name + ": input bit " + bit + ", hash bit " + out);
            }
        }
    }

    @Test
    void avalanche() {
        checkAvalanche("hashInt64", 64, Hashing::hashInt64);
        checkAvalanche("combine left", 64, input -> Hashing.combine(input, 12345));
        checkAvalanche("combine right", 64, input -> Hashing.combine(12345, input));
        checkAvalanche("hashInt128 high", 61, input -> Hashing.hashInt128(input << 1 | 1L << 62, 5));
        for (int length : new int[] {1, 2, 3, 4, 6, 8, 11, 16, 17, 24, 40}) {
            Span span = memory.bytes(new byte[length]);
            int width = Math.min(length, 8);
            for (int at : new int[] {0, length - width}) {
                checkAvalanche(length + " bytes from " + at, 8 * width, input -> {
                    for (int i = 0; i < width; i++) {
                        Memory.putByte(span.address() + at + i, (byte) (input >>> (8 * i)));
                    }
                    return Hashing.hashBytes(span.address(), length);
                });
            }
        }
    }

    private interface Key {
        long hash(int index);
    }

    @Test
    void probesStayShort() {
        Map<String, Key> sets = new HashMap<>();
        sets.put("sequential", Hashing::hashInt64);
        sets.put("negative", i -> Hashing.hashInt64(-i));
        sets.put("packed pairs", i -> Hashing.hashInt64((long) (i >>> 8) << 32 | (i & 255)));
        sets.put("high bits only", i -> Hashing.hashInt64((long) i << 48 | (long) (i >>> 16) << 40));
        sets.put("multiples of 1024", i -> Hashing.hashInt64(i * 1024L));
        sets.put("seconds in micros", i -> Hashing.hashInt64(1_769_860_800_000_000L + i * 1_000_000L));
        sets.put("hours in nanos", i -> Hashing.hashInt64(i * 3_600_000_000_000L));
        sets.put("multiples of a prime", i -> Hashing.hashInt64(i * 0x9E37_79B9_7F4A_7C15L));
        sets.put("around the constants", i -> Hashing.hashInt64(0x6A09_E667_F3BC_C909L ^ i));
        sets.put("doubles", i -> Hashing.hashFloat64(i));
        sets.put("fractions", i -> Hashing.hashFloat64(i / 100.0));
        sets.put("two ints", i -> Hashing.combine(Hashing.hashInt64(i >>> 8), Hashing.hashInt64(i & 255)));
        sets.put("two equal ints", i -> Hashing.combine(Hashing.hashInt64(i), Hashing.hashInt64(i)));
        sets.put("wide", i -> Hashing.hashInt128(i + 1L, i));
        for (int prefix : new int[] {0, 5, 16, 27, 100}) {
            sets.put("text behind " + prefix, text("customer".repeat(20).substring(0, prefix), ""));
            sets.put("text before " + prefix, text("", "customer".repeat(20).substring(0, prefix)));
        }
        sets.forEach((name, key) -> {
            checkProbes(name + ", low bits", i -> (int) key.hash(i) & ((1 << TABLE_BITS) - 1));
            checkProbes(name + ", high bits", i -> (int) (key.hash(i) >>> (64 - TABLE_BITS)));
            checkProbes(name + ", below the partition", i -> (int) (key.hash(i) << 7 >>> (64 - TABLE_BITS)));
            checkPartitions(name, key);
        });
    }

    private Key text(String before, String after) {
        Span span = memory.text(before + "0000000" + after);
        return i -> {
            Digits.write(span.address() + before.length(), i, 7);
            return Hashing.hashBytes(span.address(), span.length());
        };
    }

    private interface Slot {
        int of(int index);
    }

    /** Linear probing at load 0.5 takes 1.5 looks for a hit on average, with a perfect hash. */
    private static void checkProbes(String name, Slot slot) {
        boolean[] used = new boolean[1 << TABLE_BITS];
        long looks = 0;
        int longest = 0;
        for (int i = 0; i < KEYS; i++) {
            int at = slot.of(i);
            int distance = 1;
            while (used[at]) {
                at = (at + 1) & (used.length - 1);
                distance++;
            }
            used[at] = true;
            looks += distance;
            longest = Math.max(longest, distance);
        }
        double average = looks / (double) KEYS;
        assertTrue(average < 1.56, name + ": " + average + " looks on average");
        assertTrue(longest < 80, name + ": " + longest + " looks at most");
    }

    /** Each of the 128 partitions gets 512 of 65,536 keys, give or take six standard deviations. */
    private static void checkPartitions(String name, Key key) {
        int[] counts = new int[128];
        for (int i = 0; i < KEYS; i++) {
            counts[Hashing.virtualPartition(key.hash(i))]++;
        }
        for (int count : counts) {
            assertEquals(KEYS / 128.0, count, 6 * Math.sqrt(KEYS / 128.0), name);
        }
    }
}
