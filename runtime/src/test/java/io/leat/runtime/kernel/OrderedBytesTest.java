package io.leat.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Int128Result;
import io.leat.runtime.kernel.OffHeap.Span;
import io.leat.runtime.memory.Memory;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values come out as they went in, and their bytes are in the order of the values. */
class OrderedBytesTest {
    private static final long SEED = 3;
    private static final int ROUNDS = 5_000;

    private final OffHeap memory = new OffHeap();
    private final BytesResult out = memory.result();
    private final SplittableRandom random = new SplittableRandom(SEED);

    @AfterEach
    void close() {
        memory.close();
    }

    private <T> byte[] written(BiConsumer<BytesResult, T> put, T value) {
        out.clear();
        put.accept(out, value);
        return OffHeap.bytes(out);
    }

    private <T extends Comparable<T>> void checkOrder(BiConsumer<BytesResult, T> put, T left, T right) {
        byte[] a = written(put, left);
        byte[] b = written(put, right);
        int expected = Integer.signum(left.compareTo(right));
        assertEquals(expected, Integer.signum(Arrays.compareUnsigned(a, b)), left + " and " + right);
        BiConsumer<BytesResult, T> down = (to, value) -> {
            put.accept(to, value);
            OrderedBytes.invert(to, 0);
        };
        byte[] c = written(down, left);
        byte[] d = written(down, right);
        assertEquals(-expected, Integer.signum(Arrays.compareUnsigned(c, d)), left + " and " + right + ", down");
        byte[] none = {OrderedBytes.LOW};
        byte[] last = {OrderedBytes.HIGH};
        assertTrue(Arrays.compareUnsigned(none, a) < 0 && Arrays.compareUnsigned(a, last) < 0);
        assertTrue(Arrays.compareUnsigned(none, c) < 0 && Arrays.compareUnsigned(c, last) < 0);
    }

    @Test
    void wholeNumbers() {
        for (int i = 0; i < ROUNDS; i++) {
            long a = random.nextLong() >> random.nextInt(64);
            long b = random.nextLong() >> random.nextInt(64);
            checkOrder((to, value) -> OrderedBytes.put(to, value.longValue()), a, b);
            checkOrder((to, value) -> OrderedBytes.put(to, value.intValue()), (int) a, (int) b);
            written((to, value) -> OrderedBytes.put(to, value.longValue()), a);
            assertEquals(a, OrderedBytes.readLong(out.address()));
            written((to, value) -> OrderedBytes.put(to, value.intValue()), (int) a);
            assertEquals((int) a, OrderedBytes.readInt(out.address()));
        }
    }

    @Test
    void floatingPointNumbers() {
        for (int i = 0; i < ROUNDS; i++) {
            double a = Double.longBitsToDouble(random.nextLong());
            double b = random.nextInt(9) - 4.0;
            if (!Double.isFinite(a)) {
                continue;
            }
            checkOrder((to, value) -> OrderedBytes.put(to, value.doubleValue()), a, b);
            checkOrder((to, value) -> OrderedBytes.put(to, value.floatValue()), (float) b, (float) -b + 0.5f);
            written((to, value) -> OrderedBytes.put(to, value.doubleValue()), a);
            assertEquals(a, OrderedBytes.readDouble(out.address()));
            written((to, value) -> OrderedBytes.put(to, value.floatValue()), (float) b);
            assertEquals((float) b, OrderedBytes.readFloat(out.address()));
        }
        byte[] zero = written((to, value) -> OrderedBytes.put(to, value.doubleValue()), 0.0);
        assertArrayEquals(zero, written((to, value) -> OrderedBytes.put(to, value.doubleValue()), -0.0));
    }

    @Test
    void wideDecimals() {
        Int128Result read = new Int128Result();
        for (int i = 0; i < ROUNDS; i++) {
            BigInteger a =
                    BigInteger.valueOf(random.nextLong() >> random.nextInt(64)).shiftLeft(random.nextInt(60));
            BigInteger b =
                    BigInteger.valueOf(random.nextLong() >> random.nextInt(64)).shiftLeft(random.nextInt(60));
            checkOrder(OrderedBytesTest::putWide, a, b);
            written(OrderedBytesTest::putWide, a);
            OrderedBytes.readWide(out.address(), read);
            assertEquals(a.shiftRight(64).longValue(), read.high);
            assertEquals(a.longValue(), read.low);
        }
    }

    private static void putWide(BytesResult to, BigInteger value) {
        OrderedBytes.put(to, value.shiftRight(64).longValue(), value.longValue());
    }

    /** Few different bytes, so that many zeros come, and texts are the beginnings of others. */
    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(4) == 0 ? 0 : random.nextInt(3) - 1);
        }
        return bytes;
    }

    private void put(byte[] value) {
        Span span = memory.bytes(value);
        OrderedBytes.put(out, span.address(), span.length());
    }

    @Test
    void textsAndBytes() {
        BytesResult read = memory.result();
        for (int i = 0; i < ROUNDS; i++) {
            byte[] a = bytes();
            byte[] b = bytes();
            out.clear();
            put(a);
            byte[] left = OffHeap.bytes(out);
            int end = out.length();
            OrderedBytes.put(out, 77);
            assertEquals(out.address() + end, OrderedBytes.next(out.address(), -1));
            assertEquals(77, OrderedBytes.readInt(OrderedBytes.next(out.address(), -1)));
            OrderedBytes.readBytes(out.address(), read);
            assertArrayEquals(a, OffHeap.bytes(read));
            read.clear();
            read.append((byte) 5);
            assertEquals(out.address() + end, OrderedBytes.appendBytes(out.address(), read));
            assertEquals(1 + a.length, read.length());
            out.clear();
            put(b);
            byte[] right = OffHeap.bytes(out);
            assertEquals(
                    Integer.signum(Arrays.compareUnsigned(a, b)),
                    Integer.signum(Arrays.compareUnsigned(left, right)),
                    Arrays.toString(a) + " and " + Arrays.toString(b));
            boolean beginning = left.length < right.length && Arrays.equals(left, Arrays.copyOf(right, left.length));
            assertFalse(beginning, "one is the beginning of the other");
        }
    }

    @Test
    void nullsAndTruth() {
        out.clear();
        OrderedBytes.putNull(out, OrderedBytes.HIGH);
        OrderedBytes.put(out, true);
        assertTrue(OrderedBytes.isNull(out.address()));
        long second = OrderedBytes.next(out.address(), 8);
        assertFalse(OrderedBytes.isNull(second));
        assertTrue(OrderedBytes.readBoolean(second));
        assertEquals(out.address() + out.length(), OrderedBytes.next(second, 1));
        assertEquals(OrderedBytes.HIGH, Memory.getByte(out.address()));
        OrderedBytes.invert(out, 0);
        assertTrue(OrderedBytes.isNull(out.address()), "NULLs stay where they are said to be");
    }
}
