package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;

/**
 * DATE, TIME and timestamps to ISO 8601 text: {@code 2026-01-31}, {@code 12:00:00}, both joined by {@code T}; with none, three,
 * six or nine fraction digits, as many as the value needs. Years after 9999 have a plus, years before 0 a minus, as java.time
 * prints them. Never fails.
 */
public final class TimePrinter {
    /** Sign and ten digits of a year, month and day, time with nine fraction digits, offset with seconds. */
    private static final int MAX_BYTES = 48;

    private TimePrinter() {}

    public static void dateToText(int days, BytesResult result) {
        long start = result.reserve(MAX_BYTES);
        result.length((int) (putDate(start, days) - start));
    }

    public static void timeToText(long micros, BytesResult result) {
        long start = result.reserve(MAX_BYTES);
        int seconds = (int) (micros / Timestamps.MICROS_PER_SECOND);
        int nanos = (int) (micros - seconds * Timestamps.MICROS_PER_SECOND) * 1_000;
        result.length((int) (putTime(start, seconds, nanos) - start));
    }

    public static void timestampToText(long ticks, long ticksPerSecond, BytesResult result) {
        long start = result.reserve(MAX_BYTES);
        long second = Math.floorDiv(ticks, ticksPerSecond);
        long fraction = ticks - second * ticksPerSecond;
        result.length((int) (putTimestamp(start, second, fraction, ticksPerSecond) - start));
    }

    /** A TIMESTAMP_LTZ in local time of {@code zone} with its offset: {@code Z}, or {@code +02:00}. */
    public static void instantToText(long ticks, long ticksPerSecond, Zone zone, BytesResult result) {
        long start = result.reserve(MAX_BYTES);
        long second = Math.floorDiv(ticks, ticksPerSecond);
        long fraction = ticks - second * ticksPerSecond;
        int offset = zone.offsetAt(second);
        long at = putTimestamp(start, second + offset, fraction, ticksPerSecond);
        result.length((int) (putOffset(at, offset) - start));
    }

    private static long putTimestamp(long start, long second, long fraction, long ticksPerSecond) {
        long days = Math.floorDiv(second, Timestamps.SECONDS_PER_DAY);
        long at = putDate(start, days);
        Memory.putByte(at, (byte) 'T');
        int nanos = (int) (fraction * (Timestamps.NANOS_PER_SECOND / ticksPerSecond));
        return putTime(at + 1, (int) (second - days * Timestamps.SECONDS_PER_DAY), nanos);
    }

    private static long putDate(long start, long days) {
        long civil = Dates.toCivil(days);
        long at = putYear(start, Dates.year(civil));
        Memory.putByte(at, (byte) '-');
        Digits.writeTwo(at + 1, Dates.month(civil));
        Memory.putByte(at + 3, (byte) '-');
        Digits.writeTwo(at + 4, Dates.day(civil));
        return at + 6;
    }

    private static long putYear(long start, long year) {
        if (year >= 0 && year <= 9999) {
            Digits.writeTwo(start, (int) year / 100);
            Digits.writeTwo(start + 2, (int) year % 100);
            return start + 4;
        }
        Memory.putByte(start, (byte) (year < 0 ? '-' : '+'));
        long magnitude = Math.abs(year);
        int digits = Math.max(4, PowersOfTen.digits(magnitude));
        Digits.write(start + 1, magnitude, digits);
        return start + 1 + digits;
    }

    private static long putTime(long start, int seconds, int nanos) {
        Digits.writeTwo(start, seconds / 3600);
        Memory.putByte(start + 2, (byte) ':');
        Digits.writeTwo(start + 3, seconds / 60 % 60);
        Memory.putByte(start + 5, (byte) ':');
        Digits.writeTwo(start + 6, seconds % 60);
        if (nanos == 0) {
            return start + 8;
        }
        Memory.putByte(start + 8, (byte) '.');
        if (nanos % 1_000_000 == 0) {
            Digits.write(start + 9, nanos / 1_000_000, 3);
            return start + 12;
        }
        if (nanos % 1_000 == 0) {
            Digits.write(start + 9, nanos / 1_000, 6);
            return start + 15;
        }
        Digits.write(start + 9, nanos, 9);
        return start + 18;
    }

    private static long putOffset(long start, int offset) {
        if (offset == 0) {
            Memory.putByte(start, (byte) 'Z');
            return start + 1;
        }
        int magnitude = Math.abs(offset);
        Memory.putByte(start, (byte) (offset < 0 ? '-' : '+'));
        Digits.writeTwo(start + 1, magnitude / 3600);
        Memory.putByte(start + 3, (byte) ':');
        Digits.writeTwo(start + 4, magnitude / 60 % 60);
        if (magnitude % 60 == 0) {
            return start + 6;
        }
        Memory.putByte(start + 6, (byte) ':'); // local mean time of the nineteenth century
        Digits.writeTwo(start + 7, magnitude % 60);
        return start + 9;
    }
}
