package io.leat.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON lines in memory whose times can be moved on. Not thread-safe. */
final class Lines {
    /** Bytes behind the lines, so that programs can read eight at a time. */
    private static final int PADDING = 16;

    private static final byte[] TIME = "time\":".getBytes(StandardCharsets.US_ASCII);
    private static final int TIME_DIGITS = 13;

    static final Lines NONE = new Lines(new byte[0]);

    private final byte[] bytes;
    private final int length;
    private final int[] times;

    /** Lines that end in {@code \n}, the last one too; each may have a number of milliseconds under a name that ends in {@code time}. */
    Lines(byte[] lines) {
        length = lines.length;
        bytes = Arrays.copyOf(lines, length + PADDING);
        int[] found = new int[1024];
        int count = 0;
        for (int at = 0; at < length - TIME.length; at++) {
            if (bytes[at] == 't' && Arrays.equals(bytes, at, at + TIME.length, TIME, 0, TIME.length)) {
                found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                found[count++] = at + TIME.length;
            }
        }
        times = Arrays.copyOf(found, count);
    }

    /** The lines, and a few bytes more. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void addToTimes(long millis) {
        for (int at : times) {
            long time = Bytes.number(bytes, at, at + TIME_DIGITS) + millis;
            for (int digit = at + TIME_DIGITS - 1; digit >= at; digit--) {
                bytes[digit] = (byte) ('0' + time % 10);
                time /= 10;
            }
        }
    }
}
