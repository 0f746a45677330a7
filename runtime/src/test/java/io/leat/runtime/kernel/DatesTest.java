package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.kernel.RowError.Reason;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DatesTest {
    private static int random(Random random) {
        return random.nextInt() >> random.nextInt(32);
    }

    @Test
    void everyDayOfTenThousandYears() {
        long first = LocalDate.of(-100, 1, 1).toEpochDay();
        long last = LocalDate.of(10_100, 12, 31).toEpochDay();
        LocalDate date = LocalDate.ofEpochDay(first);
        for (long days = first; days <= last; days++) {
            checkCivil(days, date);
            date = date.plusDays(1);
        }
        withRandom(10_000, random -> {
            int days = random(random);
            checkCivil(days, LocalDate.ofEpochDay(days));
        });
    }

    private static void checkCivil(long days, LocalDate date) {
        long civil = Dates.toCivil(days);
        assertEquals(date.getYear(), Dates.year(civil));
        assertEquals(date.getMonthValue(), Dates.month(civil));
        assertEquals(date.getDayOfMonth(), Dates.day(civil));
        assertEquals(days, Dates.fromCivil(date.getYear(), date.getMonthValue(), date.getDayOfMonth()));
        assertEquals(date.lengthOfMonth(), Dates.daysOfMonth(date.getYear(), date.getMonthValue()));
    }

    @Test
    void fields() {
        withRandom(20_000, random -> {
            int days = random(random);
            LocalDate date = LocalDate.ofEpochDay(days);
            assertEquals(date.getYear(), DateFields.extractYear(days));
            assertEquals(Math.floorDiv(date.getYear(), 10), DateFields.extractDecade(days));
            assertEquals(date.get(IsoFields.QUARTER_OF_YEAR), DateFields.extractQuarter(days));
            assertEquals(date.getMonthValue(), DateFields.extractMonth(days));
            assertEquals(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), DateFields.extractWeek(days));
            assertEquals(date.get(IsoFields.WEEK_BASED_YEAR), DateFields.extractIsoyear(days));
            assertEquals(date.getDayOfMonth(), DateFields.extractDay(days));
            assertEquals(date.getDayOfWeek().getValue(), DateFields.extractIsodow(days));
            assertEquals(date.getDayOfWeek().getValue() % 7, DateFields.extractDow(days));
            assertEquals(date.getDayOfYear(), DateFields.extractDoy(days));
            assertEquals(days * 86_400L, DateFields.extractEpoch(days));
        });
    }

    @Test
    void centuriesHaveNoNumberZero() {
        assertCentury(21, 3, 2001);
        assertCentury(20, 2, 2000);
        assertCentury(20, 2, 1901);
        assertCentury(1, 1, 1);
        assertCentury(-1, -1, 0);
        assertCentury(-1, -1, -99);
        assertCentury(-2, -1, -100);
    }

    private static void assertCentury(long century, long millennium, int year) {
        int days = (int) LocalDate.of(year, 6, 15).toEpochDay();
        assertEquals(century, DateFields.extractCentury(days));
        assertEquals(millennium, DateFields.extractMillennium(days));
    }

    private interface Rounding {
        int apply(int days);
    }

    @Test
    void truncateAndCeil() {
        withRandom(5_000, random -> {
            int days = random(random) >> 2;
            LocalDate date = LocalDate.ofEpochDay(days);
            LocalDate newYear = date.withDayOfYear(1);
            int year = date.getYear();
            LocalDate millennium = newYear.withYear(Math.floorDiv(year - 1, 1000) * 1000 + 1);
            LocalDate century = newYear.withYear(Math.floorDiv(year - 1, 100) * 100 + 1);
            LocalDate decade = newYear.withYear(Math.floorDiv(year, 10) * 10);
            LocalDate quarter = newYear.plusMonths(3L * ((date.getMonthValue() - 1) / 3));
            LocalDate month = date.withDayOfMonth(1);
            LocalDate week = date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            LocalDate isoyear = date.with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 1).with(ChronoField.DAY_OF_WEEK, 1);
            check(
                    days,
                    millennium,
                    millennium.plusYears(1000),
                    DateRounding::truncateMillennium,
                    DateRounding::ceilMillennium);
            check(days, century, century.plusYears(100), DateRounding::truncateCentury, DateRounding::ceilCentury);
            check(days, decade, decade.plusYears(10), DateRounding::truncateDecade, DateRounding::ceilDecade);
            check(days, newYear, newYear.plusYears(1), DateRounding::truncateYear, DateRounding::ceilYear);
            check(days, quarter, quarter.plusMonths(3), DateRounding::truncateQuarter, DateRounding::ceilQuarter);
            check(days, month, month.plusMonths(1), DateRounding::truncateMonth, DateRounding::ceilMonth);
            check(days, week, week.plusDays(7), DateRounding::truncateWeek, DateRounding::ceilWeek);
            check(
                    days,
                    isoyear,
                    isoyear.plus(1, IsoFields.WEEK_BASED_YEARS),
                    DateRounding::truncateIsoyear,
                    DateRounding::ceilIsoyear);
            check(days, date, date, DateRounding::truncateDay, DateRounding::ceilDay);
        });
    }

    private static void check(int days, LocalDate start, LocalDate next, Rounding truncate, Rounding ceil) {
        assertEquals(start.toEpochDay(), truncate.apply(days));
        assertEquals((start.toEpochDay() == days ? start : next).toEpochDay(), ceil.apply(days));
        int startDays = (int) start.toEpochDay();
        assertEquals(startDays, truncate.apply(startDays));
        assertEquals(startDays, ceil.apply(startDays));
    }

    @Test
    void roundingOutOfRange() {
        assertError(Reason.NUMERIC_OVERFLOW, "DATE", () -> DateRounding.truncateMillennium(Integer.MIN_VALUE));
        assertError(Reason.NUMERIC_OVERFLOW, "DATE", () -> DateRounding.ceilMonth(Integer.MAX_VALUE));
        assertError(Reason.NUMERIC_OVERFLOW, "DATE", () -> DateRounding.ceilWeek(Integer.MAX_VALUE));
        assertError(Reason.NUMERIC_OVERFLOW, "DATE", () -> DateRounding.truncateIsoyear(Integer.MIN_VALUE));
    }

    @Test
    void arithmetic() {
        withRandom(20_000, random -> {
            int days = random(random) >> 1;
            int months = random(random) >> 7;
            LocalDate date = LocalDate.ofEpochDay(days);
            assertEquals(date.plusMonths(months).toEpochDay(), Dates.addMonths(days, months));
            int more = random(random) >> 1;
            assertEquals(date.plusDays(more).toEpochDay(), Dates.addDays(days, more));
            assertEquals((long) more - days, Dates.subtract(more, days));
        });
        int january = (int) LocalDate.of(2024, 1, 31).toEpochDay();
        assertEquals(LocalDate.of(2024, 2, 29).toEpochDay(), Dates.addMonths(january, 1));
        assertEquals(LocalDate.of(2023, 2, 28).toEpochDay(), Dates.addMonths(january, -11));
        assertEquals(january + 1, Dates.addMicros(january, 36 * 3_600_000_000L));
        assertEquals(january - 2, Dates.addMicros(january, -36 * 3_600_000_000L));
        assertError(Reason.NUMERIC_OVERFLOW, "DATE", () -> Dates.addDays(Integer.MAX_VALUE, 1));
        assertError(Reason.NUMERIC_OVERFLOW, "BIGINT", () -> Dates.addDays(Integer.MAX_VALUE, Long.MAX_VALUE));
        assertError(Reason.NUMERIC_OVERFLOW, "DATE", () -> Dates.addMonths(Integer.MIN_VALUE, -1));
    }
}
