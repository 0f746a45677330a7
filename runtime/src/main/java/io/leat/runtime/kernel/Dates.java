package io.leat.runtime.kernel;

/**
 * The calendar of DATE, days since 1970-01-01: proleptic Gregorian, as ISO 8601 and java.time have it, with a year 0. A date
 * outside the range of an {@code int} is an error ({@code NUMERIC_OVERFLOW}).
 *
 * <p>Days to year, month and day and back after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in
 * March, so that the leap day is the last of its year, and 400 years always have 146,097 days.
 */
public final class Dates {
    private static final int DAYS_PER_ERA = 146_097;
    private static final int YEARS_PER_ERA = 400;
    /** Days from 0000-03-01, where the first era begins, to 1970-01-01. */
    private static final int ERA_TO_EPOCH = 719_468;

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int YEAR_SHIFT = 9;
    private static final int MONTH_SHIFT = 5;
    /** Two bits a month from January on: how many days it has more than 28, February as in a common year. */
    private static final int DAYS_BEYOND_28 = 0b11_10_11_10_11_11_10_11_10_11_00_11;

    private Dates() {}

    /** Days since 1970-01-01 of any year, a month from 1 to 12 and a day of it. */
    static long fromCivil(long year, int month, int day) {
        long shiftedYear = month <= 2 ? year - 1 : year;
        int shiftedMonth = month <= 2 ? month + 9 : month - 3;
        long era = Math.floorDiv(shiftedYear, YEARS_PER_ERA);
        int yearOfEra = (int) (shiftedYear - era * YEARS_PER_ERA);
        // Five months from March on have 153 days, twice and once more in part.
        int dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_ERA + dayOfEra - ERA_TO_EPOCH;
    }

    /** Year, month and day in one number, taken apart by {@link #year}, {@link #month} and {@link #day}. */
    static long toCivil(long days) {
        long shifted = days + ERA_TO_EPOCH;
        long era = Math.floorDiv(shifted, DAYS_PER_ERA);
        int dayOfEra = (int) (shifted - era * DAYS_PER_ERA);
        // Takes the leap days out, so that the rest are years of 365 days.
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
        int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        long year = era * YEARS_PER_ERA + yearOfEra + (month <= 2 ? 1 : 0);
        return year << YEAR_SHIFT | (long) month << MONTH_SHIFT | day;
    }

    static long year(long civil) {
        return civil >> YEAR_SHIFT;
    }

    static int month(long civil) {
        return (int) (civil >> MONTH_SHIFT) & 15;
    }

    static int day(long civil) {
        return (int) civil & 31;
    }

    static boolean isLeapYear(long year) {
        return (year & 3) == 0 && ((year & 15) == 0 || year % 25 != 0);
    }

    static int daysOfMonth(long year, int month) {
        return month == 2 && isLeapYear(year) ? 29 : 28 + (DAYS_BEYOND_28 >> (2 * (month - 1)) & 3);
    }

    /** The day so many months later; where that month is too short, its last day. Days may pass an {@code int}. */
    static long plusMonths(long days, long months) {
        long civil = toCivil(days);
        long monthOfAll = year(civil) * 12 + month(civil) - 1 + months;
        long year = Math.floorDiv(monthOfAll, 12);
        int month = (int) (monthOfAll - year * 12) + 1;
        return fromCivil(year, month, Math.min(day(civil), daysOfMonth(year, month)));
    }

    /** The same day so many months later; where that month is too short, its last day. */
    public static int addMonths(int days, int months) {
        return checked(plusMonths(days, months));
    }

    public static int addDays(int days, long more) {
        return checked(Arithmetic.addInt64(days, more));
    }

    /** The days from {@code start} to {@code end}. */
    public static long subtract(int end, int start) {
        return (long) end - start;
    }

    /** An interval that is whole days can be added to a date; a part of a day is cut off. */
    public static int addMicros(int days, long micros) {
        return addDays(days, Math.floorDiv(micros, MICROS_PER_DAY));
    }

    static int checked(long days) {
        if (days != (int) days) {
            throw Errors.overflow("the date is out of range for DATE");
        }
        return (int) days;
    }
}
