package io.leat.runtime.kernel;

/**
 * DATE_TRUNC, FLOOR and CEIL of a DATE to a unit: the first day of the period that it lies in, or of the first period that does
 * not begin before it. A result outside the type is an error ({@code NUMERIC_OVERFLOW}).
 *
 * <p>Weeks begin on Monday; centuries and millennia with a year whose number ends in 1, decades with one that ends in 0.
 */
public final class DateRounding {
    private DateRounding() {}

    public static int truncateMillennium(int days) {
        return startOfYears(days, 1000, 1, 0);
    }

    public static int truncateCentury(int days) {
        return startOfYears(days, 100, 1, 0);
    }

    public static int truncateDecade(int days) {
        return startOfYears(days, 10, 0, 0);
    }

    public static int truncateYear(int days) {
        return startOfYears(days, 1, 0, 0);
    }

    public static int truncateIsoyear(int days) {
        return Dates.checked(startOfIsoyear(DateFields.extractIsoyear(days)));
    }

    public static int truncateQuarter(int days) {
        return startOfMonths(days, 3, 0);
    }

    public static int truncateMonth(int days) {
        return startOfMonths(days, 1, 0);
    }

    public static int truncateWeek(int days) {
        return Dates.checked((long) days - DateFields.weekday(days));
    }

    public static int truncateDay(int days) {
        return days;
    }

    public static int ceilMillennium(int days) {
        return truncateMillennium(days) == days ? days : startOfYears(days, 1000, 1, 1);
    }

    public static int ceilCentury(int days) {
        return truncateCentury(days) == days ? days : startOfYears(days, 100, 1, 1);
    }

    public static int ceilDecade(int days) {
        return truncateDecade(days) == days ? days : startOfYears(days, 10, 0, 1);
    }

    public static int ceilYear(int days) {
        return truncateYear(days) == days ? days : startOfYears(days, 1, 0, 1);
    }

    public static int ceilIsoyear(int days) {
        return truncateIsoyear(days) == days
                ? days
                : Dates.checked(startOfIsoyear(DateFields.extractIsoyear(days) + 1));
    }

    public static int ceilQuarter(int days) {
        return truncateQuarter(days) == days ? days : startOfMonths(days, 3, 1);
    }

    public static int ceilMonth(int days) {
        return truncateMonth(days) == days ? days : startOfMonths(days, 1, 1);
    }

    public static int ceilWeek(int days) {
        return truncateWeek(days) == days ? days : Dates.checked((long) days - DateFields.weekday(days) + 7);
    }

    public static int ceilDay(int days) {
        return days;
    }

    /** First day of a period of years, {@code later} periods on; {@code first} is the year that a period begins with. */
    private static int startOfYears(int days, int years, int first, int later) {
        long year = DateFields.extractYear(days);
        long period = Math.floorDiv(year - first, years) + later;
        return Dates.checked(Dates.fromCivil(period * years + first, 1, 1));
    }

    private static int startOfMonths(int days, int months, int later) {
        long civil = Dates.toCivil(days);
        int month = (Dates.month(civil) - 1) / months * months + 1;
        long start = Dates.fromCivil(Dates.year(civil), month, 1);
        return Dates.checked(later == 0 ? start : Dates.plusMonths(start, months));
    }

    /** The Monday of the week that 4 January lies in. */
    private static long startOfIsoyear(long year) {
        long fourth = Dates.fromCivil(year, 1, 4);
        return fourth - DateFields.weekday(fourth);
    }
}
