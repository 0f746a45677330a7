package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.Temporal;
import java.util.Locale;

/**
 * DATE_FORMAT: a timestamp as text by a pattern of {@link DateTimeFormatter}, with English names. A pattern that is none, or
 * that asks for what the value does not have, such as the offset of a TIMESTAMP, is an error ({@code BAD_ARGUMENT}).
 *
 * <p>One per call site: keeps the formatter of the last pattern. Allocates on every call. Not thread-safe.
 */
public final class DateFormat {
    private final PatternMemory pattern = new PatternMemory();
    private DateTimeFormatter formatter;

    /** A TIMESTAMP, or a date as {@link Timestamps#fromDate} makes one. */
    public void format(long ticks, long ticksPerSecond, long patternAddress, int patternLength, BytesResult result) {
        long second = Math.floorDiv(ticks, ticksPerSecond);
        format(
                LocalDateTime.ofEpochSecond(second, nanos(ticks, second, ticksPerSecond), ZoneOffset.UTC),
                patternAddress,
                patternLength,
                result);
    }

    /** A TIMESTAMP_LTZ, shown in a zone. */
    public void formatInstant(
            long ticks, long ticksPerSecond, Zone zone, long patternAddress, int patternLength, BytesResult result) {
        long second = Math.floorDiv(ticks, ticksPerSecond);
        Instant instant = Instant.ofEpochSecond(second, nanos(ticks, second, ticksPerSecond));
        format(ZonedDateTime.ofInstant(instant, zone.id()), patternAddress, patternLength, result);
    }

    private static int nanos(long ticks, long second, long ticksPerSecond) {
        return (int) ((ticks - second * ticksPerSecond) * (Timestamps.NANOS_PER_SECOND / ticksPerSecond));
    }

    private void format(Temporal time, long patternAddress, int patternLength, BytesResult result) {
        if (!pattern.isSame(patternAddress, patternLength)) {
            formatter = compile(PatternMemory.text(patternAddress, patternLength));
            pattern.keep(patternAddress, patternLength);
        }
        try {
            byte[] text = formatter.format(time).getBytes(StandardCharsets.UTF_8);
            Memory.copy(text, 0, Room.reserve(result, text.length), text.length);
            result.length(text.length);
        } catch (DateTimeException e) {
            throw Errors.badArgument(
                    "the value has not all that the pattern " + RowError.quote(pattern.text()) + " asks for");
        }
    }

    private static DateTimeFormatter compile(String pattern) {
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            throw Errors.badArgument(RowError.quote(pattern) + " is no pattern for dates");
        }
    }
}
