package io.leat.runtime.kernel;

/**
 * EXTRACT from a DATE: one function for each unit. Every date has every field.
 *
 * <p>Fields are those of Postgres: the first century and millennium begin with year 1, there is none with number 0; a decade is
 * the year without its last digit; weeks are those of ISO 8601; DOW counts from Sunday 0, ISODOW from Monday 1.
 */
public final class DateFields {
    private static final long SECONDS_PER_DAY = 86_400;
    /** 1970-01-01 was the fourth day of its week, counted from Monday 0. */
    private static final int EPOCH_DAY_OF_WEEK = 3;

    private DateFields() {}

    public static long extractMillennium(int days) {
        return period(extractYear(days), 1000);
    }

    public static long extractCentury(int days) {
        return period(extractYear(days), 100);
    }

    /** Numbers periods of years from 1 for the one that begins with year 1, and from -1 backwards. */
    private static long period(long year, int years) {
        long index = Math.floorDiv(year - 1, years);
        return index >= 0 ? index + 1 : index;
    }

    public static long extractDecade(int days) {
        return Math.floorDiv(extractYear(days), 10);
    }

    public static long extractYear(int days) {
        return Dates.year(Dates.toCivil(days));
    }

    public static long extractQuarter(int days) {
        return (Dates.month(Dates.toCivil(days)) + 2L) / 3;
    }

    public static long extractMonth(int days) {
        return Dates.month(Dates.toCivil(days));
    }

    /** The week of ISO 8601, 1 to 53: week 1 has the year's first Thursday. */
    public static long extractWeek(int days) {
        return (dayOfYear(thursday(days)) - 1) / 7 + 1;
    }

    /** The day of the month. */
    public static long extractDay(int days) {
        return Dates.day(Dates.toCivil(days));
    }

    /** Seconds from 1970-01-01T00:00. */
    public static long extractEpoch(int days) {
        return days * SECONDS_PER_DAY;
    }

    /** 0 for Sunday to 6 for Saturday. */
    public static long extractDow(int days) {
        return (weekday(days) + 1L) % 7;
    }

    /** 1 for Monday to 7 for Sunday. */
    public static long extractIsodow(int days) {
        return weekday(days) + 1L;
    }

    /** The day of the year, from 1. */
    public static long extractDoy(int days) {
        return dayOfYear(days);
    }

    /** The year that the week of ISO 8601 belongs to. */
    public static long extractIsoyear(int days) {
        return Dates.year(Dates.toCivil(thursday(days)));
    }

    /** 0 for Monday to 6 for Sunday. */
    static int weekday(long days) {
        return Math.floorMod(days + EPOCH_DAY_OF_WEEK, 7);
    }

    /** The Thursday of the week, which lies in the year that the week belongs to. */
    private static long thursday(int days) {
        return (long) days - weekday(days) + 3;
    }

    private static long dayOfYear(long days) {
        return days - Dates.fromCivil(Dates.year(Dates.toCivil(days)), 1, 1) + 1;
    }
}
