package io.leat.runtime.kernel;

import io.leat.runtime.batch.LongResult;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.time.temporal.TemporalQueries;
import java.time.temporal.WeekFields;
import java.util.Locale;

/**
 * TO_TIMESTAMP and TO_DATE with a pattern of {@link DateTimeFormatter}. Text that does not follow the pattern, or names a date
 * that does not exist, is an error ({@code BAD_TIMESTAMP}); so is ({@code BAD_ARGUMENT}) a pattern that is none or has
 * only a part of a date or time, other than a year and a month. A pattern without time means midnight, one without date
 * 1970-01-01. Fraction digits beyond the precision are cut off.
 *
 * <p>One per call site: keeps the formatter of the last pattern. Allocates on every call. Not thread-safe.
 */
public final class TimestampPattern {
    private static final TemporalField WEEK_YEAR = WeekFields.of(Locale.ENGLISH).weekBasedYear();

    private final PatternMemory pattern = new PatternMemory();
    private DateTimeFormatter formatter;

    /** A TIMESTAMP; an offset in the text is read and has no effect. */
    public long toTimestamp(long address, int length, long patternAddress, int patternLength, int precision) {
        return read(address, length, patternAddress, patternLength, precision, null);
    }

    /** A TIMESTAMP_LTZ; text whose pattern has no offset or zone is a local time of {@code zone}. */
    public long toInstant(long address, int length, long patternAddress, int patternLength, int precision, Zone zone) {
        return read(address, length, patternAddress, patternLength, precision, zone);
    }

    /** As {@link #toTimestamp}, but answers false for text without a value. */
    public boolean tryTimestamp(
            long address, int length, long patternAddress, int patternLength, int precision, LongResult result) {
        return tryRead(address, length, patternAddress, patternLength, precision, null, result);
    }

    /** As {@link #toInstant}, but answers false for text without a value. */
    public boolean tryInstant(
            long address,
            int length,
            long patternAddress,
            int patternLength,
            int precision,
            Zone zone,
            LongResult result) {
        return tryRead(address, length, patternAddress, patternLength, precision, zone, result);
    }

    private boolean tryRead(
            long address,
            int length,
            long patternAddress,
            int patternLength,
            int precision,
            Zone zone,
            LongResult result) {
        try {
            result.value = read(address, length, patternAddress, patternLength, precision, zone);
            return true;
        } catch (RowError e) {
            if (e.reason() == RowError.Reason.BAD_ARGUMENT) {
                throw e;
            }
            return false;
        }
    }

    private long read(long address, int length, long patternAddress, int patternLength, int precision, Zone zone) {
        if (!pattern.isSame(patternAddress, patternLength)) {
            formatter = compile(PatternMemory.text(patternAddress, patternLength));
            pattern.keep(patternAddress, patternLength);
        }
        String text = PatternMemory.text(address, length);
        try {
            return toTicks(formatter.parse(text), precision, zone);
        } catch (DateTimeException e) {
            throw Errors.badTimestamp(
                    RowError.quote(text) + " is no time of the form " + RowError.quote(pattern.text()));
        }
    }

    private long toTicks(TemporalAccessor parsed, int precision, Zone zone) {
        LocalDateTime local = date(parsed).atTime(time(parsed));
        long seconds = local.toEpochSecond(ZoneOffset.UTC);
        if (zone != null) {
            ZoneId named = parsed.query(TemporalQueries.zone());
            seconds -= named == null
                    ? zone.localOffsetAt(seconds)
                    : local.atZone(named).getOffset().getTotalSeconds();
        }
        long ticksPerSecond = Timestamps.ticksPerSecond(precision);
        long fraction = local.get(ChronoField.NANO_OF_SECOND) / (Timestamps.NANOS_PER_SECOND / ticksPerSecond);
        long ticks = Timestamps.addTicks(Timestamps.scaled(seconds, ticksPerSecond), fraction);
        return Timestamps.toPrecision(ticks, ticksPerSecond, precision);
    }

    /** A whole date, or the first day of a year or month, or 1970-01-01 if there is no part of a date. */
    private LocalDate date(TemporalAccessor parsed) {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        if (date != null) {
            return date;
        }
        boolean hasYear = parsed.isSupported(ChronoField.YEAR);
        boolean hasMonth = parsed.isSupported(ChronoField.MONTH_OF_YEAR);
        boolean hasOther = parsed.isSupported(WEEK_YEAR);
        for (ChronoField field : ChronoField.values()) {
            boolean known = field == ChronoField.YEAR
                    || field == ChronoField.MONTH_OF_YEAR
                    || field == ChronoField.ERA
                    || field == ChronoField.OFFSET_SECONDS;
            hasOther |= !known && !field.isTimeBased() && parsed.isSupported(field);
        }
        if (hasOther || (hasMonth && !hasYear)) {
            throw onlyPart("a date");
        }
        int year = hasYear ? parsed.get(ChronoField.YEAR) : 1970;
        return LocalDate.of(year, hasMonth ? parsed.get(ChronoField.MONTH_OF_YEAR) : 1, 1);
    }

    /** A whole time, or midnight if there is no part of a time. */
    private LocalTime time(TemporalAccessor parsed) {
        LocalTime time = parsed.query(TemporalQueries.localTime());
        if (time != null) {
            return time;
        }
        for (ChronoField field : ChronoField.values()) {
            if (field.isTimeBased() && parsed.isSupported(field)) {
                throw onlyPart("a time");
            }
        }
        return LocalTime.MIDNIGHT;
    }

    /** Such as an hour up to twelve without AM or PM, or the week's year where the year was meant. */
    private RowError onlyPart(String whole) {
        return Errors.badArgument("the pattern " + RowError.quote(pattern.text()) + " has only a part of " + whole);
    }

    /** Strict, so that 30 February is an error; {@code yyyy} then needs an era, which is ours unless the text has one. */
    private static DateTimeFormatter compile(String pattern) {
        try {
            return new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern)
                    .parseDefaulting(ChronoField.ERA, 1)
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw Errors.badArgument(RowError.quote(pattern) + " is no pattern for dates");
        }
    }
}
