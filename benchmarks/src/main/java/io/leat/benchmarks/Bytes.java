package io.leat.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** What the hand-written programs do with bytes, eight at a time. */
final class Bytes {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private Bytes() {}

    static long word(byte[] bytes, int at) {
        return (long) WORDS.get(bytes, at);
    }

    /** The index of the next such byte. Eight bytes behind it must exist. */
    static int find(byte[] bytes, int from, char wanted) {
        long pattern = ONES * wanted;
        int at = from;
        while (true) {
            long different = word(bytes, at) ^ pattern;
            long found = different - ONES & ~different & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += 8;
        }
    }

    /** The number whose digits stand from one index to another. */
    static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int at = from; at < to; at++) {
            number = 10 * number + bytes[at] - '0';
        }
        return number;
    }

    static boolean equal(byte[] left, int leftAt, byte[] right, int rightAt, int length) {
        int done = 0;
        for (; done + 8 <= length; done += 8) {
            if (word(left, leftAt + done) != word(right, rightAt + done)) {
                return false;
            }
        }
        for (; done < length; done++) {
            if (left[leftAt + done] != right[rightAt + done]) {
                return false;
            }
        }
        return true;
    }

    static long mix(long bits) {
        long mixed = bits * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 32;
    }
}
