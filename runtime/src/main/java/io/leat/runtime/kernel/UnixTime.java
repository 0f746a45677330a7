package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;

/**
 * FROM_UNIXTIME and UNIX_TIMESTAMP without a pattern: seconds since 1970 to and from text like {@code 2026-01-31 12:00:00} in
 * the zone of the job. Text that is no such time is an error ({@code BAD_TIMESTAMP}), seconds outside TIMESTAMP are
 * {@code NUMERIC_OVERFLOW}.
 *
 * <p>With a pattern: {@link DateFormat} and {@link TimestampPattern}. Of a timestamp: {@link Timestamps#toEpochSecond}.
 */
public final class UnixTime {
    /** Where the {@code T} stands that FROM_UNIXTIME shows as a space, counted from the end. */
    private static final int SEPARATOR_FROM_END = 9;

    private UnixTime() {}

    public static void toText(long seconds, Zone zone, BytesResult result) {
        long ticks = Timestamps.scaled(seconds, Timestamps.MICROS_PER_SECOND);
        long local = zone.toLocal(ticks, Timestamps.MICROS_PER_SECOND);
        TimePrinter.timestampToText(local, Timestamps.MICROS_PER_SECOND, result);
        Memory.putByte(result.address() + result.length() - SEPARATOR_FROM_END, (byte) ' ');
    }

    public static long fromText(long address, int length, Zone zone) {
        return Math.floorDiv(TimeParser.toInstant(address, length, 0, zone), Timestamps.MICROS_PER_SECOND);
    }
}
