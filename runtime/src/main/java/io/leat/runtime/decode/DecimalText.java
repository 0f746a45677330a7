package io.leat.runtime.decode;

import io.leat.runtime.memory.Memory;

/** Looks at decimal numbers in text before they are read. */
final class DecimalText {
    private static final int MAX_EXPONENT = 10_000;

    private DecimalText() {}

    /** Whether a JSON or CSV number has no digit but zero beyond {@code scale} digits behind the point: nothing is rounded away. */
    static boolean fits(long from, long to, int scale) {
        long at = from;
        long point = -1;
        long lastDigit = -1;
        while (at < to && (Memory.getByte(at) | 0x20) != 'e') {
            int c = Memory.getByte(at);
            if (c == '.') {
                point = at;
            } else if (c >= '1' && c <= '9') {
                lastDigit = at;
            }
            at++;
        }
        if (lastDigit < 0) {
            return true;
        }
        long end = point < 0 ? at : point;
        // Digits behind the point up to the last one that is not zero; negative for zeros at the end of a whole number.
        long fraction = lastDigit > end ? lastDigit - end : lastDigit - end + 1;
        return fraction - exponent(at, to) <= scale;
    }

    private static int exponent(long from, long to) {
        if (from >= to) {
            return 0;
        }
        long at = from + 1;
        boolean negative = Memory.getByte(at) == '-';
        if (negative || Memory.getByte(at) == '+') {
            at++;
        }
        int exponent = 0;
        while (at < to) {
            exponent = Math.min(MAX_EXPONENT, 10 * exponent + Memory.getByte(at++) - '0');
        }
        return negative ? -exponent : exponent;
    }
}
