package io.leat.runtime.kernel;

import io.leat.runtime.batch.LongResult;
import io.leat.runtime.memory.Memory;

/**
 * ISO 8601 text to DATE, TIME and timestamps. Text that is no such value, a date that does not exist, an hour 24 and a second
 * 60 are errors ({@code BAD_TIMESTAMP}). Fraction digits beyond the precision are cut off.
 *
 * <p>{@code 2026-01-31}, {@code 12:00:00} and both joined by {@code T} or a space; years 0001 to 9999; up to nine fraction
 * digits; seconds may be missing, and of a timestamp the whole time, which is then midnight. TIMESTAMP_LTZ takes {@code Z} or
 * an offset ({@code +02}, {@code +02:00}, {@code +0200}, up to 18 hours), otherwise it is in the zone of the job; TIMESTAMP
 * takes neither. Spaces around the text are allowed. A {@code try} method answers false where the other one throws.
 */
public final class TimeParser {
    /** No value: years up to 9999 stay far away from it. */
    private static final long NONE = Long.MIN_VALUE;

    private static final int DATE_LENGTH = 10;
    private static final int SECONDS_LENGTH = 8;
    private static final int TIMESTAMP_LENGTH = DATE_LENGTH + 1 + SECONDS_LENGTH;
    private static final int MAX_OFFSET_SECONDS = 18 * 3600;

    // What a word is compared with by exclusive or leaves digits in place of '0' and zero in place of the separators.
    // Adding
    // 0x76 to a digit above 9, or 0x7F to anything but zero, sets the high bit of its byte.
    private static final long YEAR_AND_MONTH = 0x2D30_302D_3030_3030L; // 0000-00-
    private static final long YEAR_AND_MONTH_CHECK = 0x7F76_767F_7676_7676L;
    private static final long TIME_OF_DAY = 0x3030_3A30_303A_3030L; // 00:00:00
    private static final long TIME_OF_DAY_CHECK = 0x7676_7F76_767F_7676L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private TimeParser() {}

    public static int toDate(long address, int length) {
        long days = parseDate(address, length);
        if (days == NONE) {
            throw failure(address, length, "DATE");
        }
        return (int) days;
    }

    public static boolean tryDate(long address, int length, LongResult result) {
        long days = parseDate(address, length);
        result.value = days;
        return days != NONE;
    }

    public static long toTime(long address, int length, int precision) {
        long micros = parseTime(address, length, precision);
        if (micros == NONE) {
            throw failure(address, length, "TIME");
        }
        return micros;
    }

    public static boolean tryTime(long address, int length, int precision, LongResult result) {
        long micros = parseTime(address, length, precision);
        result.value = micros;
        return micros != NONE;
    }

    public static long toTimestamp(long address, int length, int precision) {
        long ticks = parseTimestamp(address, length, precision, null);
        if (ticks == NONE) {
            boolean hasOffset = parseTimestamp(address, length, precision, Zone.UTC) != NONE;
            String hint = hasOffset ? "; an offset needs TIMESTAMP_LTZ" : "";
            throw failure(address, length, "TIMESTAMP(" + precision + ")" + hint);
        }
        return ticks;
    }

    public static boolean tryTimestamp(long address, int length, int precision, LongResult result) {
        long ticks = parseTimestamp(address, length, precision, null);
        result.value = ticks;
        return ticks != NONE;
    }

    /** A TIMESTAMP_LTZ; text without an offset is a local time of {@code zone}. */
    public static long toInstant(long address, int length, int precision, Zone zone) {
        long ticks = parseTimestamp(address, length, precision, zone);
        if (ticks == NONE) {
            throw failure(address, length, "TIMESTAMP_LTZ(" + precision + ")");
        }
        return ticks;
    }

    /** A TIMESTAMP_LTZ; text without an offset is a local time of {@code zone}. */
    public static boolean tryInstant(long address, int length, int precision, Zone zone, LongResult result) {
        long ticks = parseTimestamp(address, length, precision, zone);
        result.value = ticks;
        return ticks != NONE;
    }

    private static long parseDate(long address, int length) {
        if (length == DATE_LENGTH) {
            return readDate(address);
        }
        long start = Blanks.skip(address, address + length);
        long end = Blanks.trim(start, address + length);
        return end - start == DATE_LENGTH ? readDate(start) : NONE;
    }

    private static long parseTime(long address, int length, int precision) {
        long start = Blanks.skip(address, address + length);
        long end = Blanks.trim(start, address + length);
        long seconds = readTime(start, end);
        long fractionStart = Math.min(start + SECONDS_LENGTH, end);
        long nanos = readFraction(fractionStart, end);
        if (seconds == NONE || nanos == NONE) {
            return NONE;
        }
        return seconds * Timestamps.MICROS_PER_SECOND + truncated(nanos, precision) / 1_000;
    }

    private static long parseTimestamp(long address, int length, int precision, Zone zone) {
        long start = address;
        long end = address + length;
        if (length < TIMESTAMP_LENGTH || Memory.getByte(start) == ' ' || Memory.getByte(end - 1) == ' ') {
            start = Blanks.skip(start, end);
            end = Blanks.trim(start, end);
            if (end - start < DATE_LENGTH) {
                return NONE;
            }
        }
        long days = readDate(start);
        long zoneStart = zone == null ? end : findZone(start, end);
        long seconds = 0;
        long nanos = 0;
        if (zoneStart > start + DATE_LENGTH) {
            int separator = Memory.getByte(start + DATE_LENGTH);
            seconds = separator == 'T' || separator == ' ' ? readTime(start + DATE_LENGTH + 1, zoneStart) : NONE;
            nanos = readFraction(Math.min(start + TIMESTAMP_LENGTH, zoneStart), zoneStart);
        }
        if (days == NONE || seconds == NONE || nanos == NONE) {
            return NONE;
        }
        long second = days * Timestamps.SECONDS_PER_DAY + seconds;
        if (zone != null) {
            long offset = zoneStart < end ? readOffset(zoneStart, end) : zone.localOffsetAt(second);
            if (offset == NONE) {
                return NONE;
            }
            second -= offset;
        }
        return combine(second, truncated(nanos, precision), precision);
    }

    /** Ticks of a second and nanoseconds, or {@link #NONE} if a {@code long} does not hold them. */
    private static long combine(long second, long nanos, int precision) {
        if (precision <= Timestamps.MAX_MICROS_PRECISION) {
            return second * Timestamps.MICROS_PER_SECOND + nanos / 1_000;
        }
        long ticks = second * Timestamps.NANOS_PER_SECOND;
        long high = Math.multiplyHigh(second, Timestamps.NANOS_PER_SECOND);
        long sum = ticks + nanos;
        return high != ticks >> 63 || sum < ticks ? NONE : sum;
    }

    private static long truncated(long nanos, int precision) {
        return precision == 9 ? nanos : nanos - nanos % PowersOfTen.asInt(9 - precision);
    }

    /** Days of {@code yyyy-mm-dd}. */
    private static long readDate(long start) {
        long digits = Memory.getLong(start) ^ YEAR_AND_MONTH;
        int firstOfDay = Digits.at(start + 8);
        int lastOfDay = Digits.at(start + 9);
        if ((((digits + YEAR_AND_MONTH_CHECK) | digits) & HIGH_BITS) != 0
                || !Digits.isDigit(firstOfDay)
                || !Digits.isDigit(lastOfDay)) {
            return NONE;
        }
        long pairs = digits * 10 + (digits >>> 8);
        int year = (int) (pairs & 0xFF) * 100 + (int) (pairs >>> 16 & 0xFF);
        int month = (int) (pairs >>> 40 & 0xFF);
        int day = firstOfDay * 10 + lastOfDay;
        if (year == 0 || month < 1 || month > 12 || day < 1 || (day > 28 && day > Dates.daysOfMonth(year, month))) {
            return NONE;
        }
        return Dates.fromCivil(year, month, day);
    }

    /** Seconds of {@code hh:mm:ss} or {@code hh:mm} at the start of a range. */
    private static long readTime(long start, long end) {
        if (end - start < SECONDS_LENGTH) {
            return end - start == 5 ? readMinutes(start) : NONE;
        }
        long digits = Memory.getLong(start) ^ TIME_OF_DAY;
        if ((((digits + TIME_OF_DAY_CHECK) | digits) & HIGH_BITS) != 0) {
            return NONE;
        }
        long pairs = digits * 10 + (digits >>> 8);
        int hour = (int) (pairs & 0xFF);
        int minute = (int) (pairs >>> 24 & 0xFF);
        int second = (int) (pairs >>> 48 & 0xFF);
        return hour > 23 || minute > 59 || second > 59 ? NONE : hour * 3600L + minute * 60L + second;
    }

    /** Seconds of {@code hh:mm}. */
    private static long readMinutes(long start) {
        int hour = readTwo(start);
        int minute = readTwo(start + 3);
        boolean is = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && Memory.getByte(start + 2) == ':';
        return is ? hour * 3600L + minute * 60L : NONE;
    }

    /** Two digits, or a negative number. */
    private static int readTwo(long start) {
        int first = Digits.at(start);
        int last = Digits.at(start + 1);
        return Digits.isDigit(first) && Digits.isDigit(last) ? first * 10 + last : -1;
    }

    /** Nanoseconds of a point and one to nine digits, or 0 for an empty range. At least eight bytes stand before the range. */
    private static long readFraction(long point, long end) {
        if (point == end) {
            return 0;
        }
        int digits = (int) Math.min(end - point - 1, DATE_LENGTH);
        if (digits < 1 || digits > 9 || Memory.getByte(point) != '.') {
            return NONE;
        }
        // The eight bytes that end with the fraction's last digit, or its last but one; what precedes the fraction is
        // shifted
        // out, and zeros come in behind it.
        int taken = Math.min(digits, 8);
        long word = (Memory.getLong(point + 1 + taken - 8) ^ Digits.ZEROS) >>> (64 - 8 * taken);
        if (!Digits.areEight(word)) {
            return NONE;
        }
        int last = digits == 9 ? Digits.at(end - 1) : 0;
        return Digits.isDigit(last) ? Digits.eight(word) * 10 + last : NONE;
    }

    /** Where the offset behind a time begins, or {@code end}. */
    private static long findZone(long start, long end) {
        int last = Memory.getByte(end - 1);
        if (last == 'Z') {
            return end - 1;
        }
        long earliest = Math.max(start + DATE_LENGTH, end - 6);
        for (long at = end - 3; at >= earliest; at--) {
            int sign = Memory.getByte(at);
            if (sign == '+' || sign == '-') {
                return at;
            }
        }
        return end;
    }

    /** Seconds of {@code Z}, {@code +hh}, {@code +hhmm} or {@code +hh:mm}. */
    private static long readOffset(long start, long end) {
        int length = (int) (end - start);
        if (length == 1) {
            return 0;
        }
        int hours = readTwo(start + 1);
        int minutes = 0;
        if (length == 5) {
            minutes = readTwo(start + 3);
        } else if (length == 6) {
            minutes = Memory.getByte(start + 3) == ':' ? readTwo(start + 4) : -1;
        }
        int seconds = hours * 3600 + minutes * 60;
        if (length == 2 || length == 4 || hours < 0 || minutes < 0 || minutes > 59 || seconds > MAX_OFFSET_SECONDS) {
            return NONE;
        }
        return Memory.getByte(start) == '-' ? -seconds : seconds;
    }

    private static RowError failure(long address, int length, String type) {
        return Errors.badTimestamp(Errors.quote(address, length) + " is no " + type);
    }
}
