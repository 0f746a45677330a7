package io.leat.compiler.oracle;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;

/** Units of time by the names that kernels have, such as {@code Year}. */
final class TimeFields {
    private TimeFields() {}

    static Long extract(String unit, LocalDateTime time) {
        long nanoOfMinute = time.getSecond() * 1_000_000_000L + time.getNano();
        return switch (unit) {
            case "Millennium" -> period(time.getYear(), 1000);
            case "Century" -> period(time.getYear(), 100);
            case "Decade" -> (long) Math.floorDiv(time.getYear(), 10);
            case "Year" -> (long) time.getYear();
            case "Quarter" -> time.getLong(IsoFields.QUARTER_OF_YEAR);
            case "Month" -> (long) time.getMonthValue();
            case "Week" -> time.getLong(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "Day" -> (long) time.getDayOfMonth();
            case "Hour" -> (long) time.getHour();
            case "Minute" -> (long) time.getMinute();
            case "Second" -> (long) time.getSecond();
            case "Millisecond" -> nanoOfMinute / 1_000_000;
            case "Microsecond" -> nanoOfMinute / 1_000;
            case "Nanosecond" -> nanoOfMinute;
            case "Epoch" -> time.toEpochSecond(ZoneOffset.UTC);
            case "Dow" -> time.getLong(ChronoField.DAY_OF_WEEK) % 7;
            case "Isodow" -> time.getLong(ChronoField.DAY_OF_WEEK);
            case "Doy" -> (long) time.getDayOfYear();
            case "Isoyear" -> time.getLong(IsoFields.WEEK_BASED_YEAR);
            default -> throw new Refusal("field " + unit);
        };
    }

    /** Periods begin with a year that ends in 1, and there is none with number 0. */
    private static long period(int year, int years) {
        return year > 0 ? (year + years - 1) / years : (year - years) / years;
    }

    /** The start of the period that a time lies in, or, going up, the first start that is not before it. */
    static LocalDateTime rounded(boolean up, String unit, LocalDateTime time) {
        LocalDateTime start = start(unit, time);
        return up && start.isBefore(time) ? next(unit, start) : start;
    }

    private static LocalDateTime start(String unit, LocalDateTime time) {
        LocalDate day = time.toLocalDate();
        return switch (unit) {
            case "Millennium" -> january(Math.floorDiv(day.getYear() - 1, 1000) * 1000 + 1);
            case "Century" -> january(Math.floorDiv(day.getYear() - 1, 100) * 100 + 1);
            case "Decade" -> january(Math.floorDiv(day.getYear(), 10) * 10);
            case "Year" -> january(day.getYear());
            case "Isoyear" ->
                day.with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 1)
                        .with(ChronoField.DAY_OF_WEEK, 1)
                        .atStartOfDay();
            case "Quarter" ->
                LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / 3 * 3 + 1, 1)
                        .atStartOfDay();
            case "Month" -> day.with(TemporalAdjusters.firstDayOfMonth()).atStartOfDay();
            case "Week" -> day.with(ChronoField.DAY_OF_WEEK, 1).atStartOfDay();
            case "Day" -> day.atStartOfDay();
            case "Millisecond" -> time.truncatedTo(ChronoUnit.MILLIS);
            case "Microsecond" -> time.truncatedTo(ChronoUnit.MICROS);
            case "Nanosecond" -> time;
            default -> time.truncatedTo(clock(unit));
        };
    }

    private static LocalDateTime january(int year) {
        return LocalDateTime.of(LocalDate.of(year, 1, 1), LocalTime.MIDNIGHT);
    }

    private static ChronoUnit clock(String unit) {
        return switch (unit) {
            case "Hour" -> ChronoUnit.HOURS;
            case "Minute" -> ChronoUnit.MINUTES;
            case "Second" -> ChronoUnit.SECONDS;
            case "Millisecond" -> ChronoUnit.MILLIS;
            case "Microsecond" -> ChronoUnit.MICROS;
            case "Nanosecond" -> ChronoUnit.NANOS;
            case "Day" -> ChronoUnit.DAYS;
            case "Week" -> ChronoUnit.WEEKS;
            case "Month" -> ChronoUnit.MONTHS;
            case "Year" -> ChronoUnit.YEARS;
            case "Decade" -> ChronoUnit.DECADES;
            case "Century" -> ChronoUnit.CENTURIES;
            case "Millennium" -> ChronoUnit.MILLENNIA;
            default -> throw new Refusal("unit " + unit);
        };
    }

    private static LocalDateTime next(String unit, LocalDateTime start) {
        return switch (unit) {
            case "Isoyear" -> start(unit, start.plusDays(371));
            case "Quarter" -> start.plusMonths(3);
            default -> start.plus(1, clock(unit));
        };
    }

    /** How many whole units lie between two times: as many as can be added to the first without passing the second. */
    static Long difference(String unit, LocalDateTime from, LocalDateTime to) {
        int months = switch (unit) {
            case "Millennium" -> 12_000;
            case "Century" -> 1_200;
            case "Decade" -> 120;
            case "Year" -> 12;
            case "Quarter" -> 3;
            case "Month" -> 1;
            default -> 0;
        };
        if (months > 0) {
            boolean back = to.isBefore(from);
            long count = Math.abs(ChronoUnit.MONTHS.between(from, to)) + 2;
            while (back
                    ? from.minusMonths(count).isBefore(to)
                    : from.plusMonths(count).isAfter(to)) {
                count--;
            }
            return (back ? -count : count) / months;
        }
        BigInteger nanos = nanos(to).subtract(nanos(from));
        return Numbers.bigint(
                nanos.divide(BigInteger.valueOf(clock(unit).getDuration().toNanos())));
    }

    private static BigInteger nanos(LocalDateTime time) {
        return BigInteger.valueOf(time.toEpochSecond(ZoneOffset.UTC))
                .multiply(BigInteger.valueOf(1_000_000_000L))
                .add(BigInteger.valueOf(time.getNano()));
    }
}
