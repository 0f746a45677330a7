package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.randomLong;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.kernel.RowError.Reason;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampsTest {
    static final long MICROS = 1_000_000L;
    static final long NANOS = 1_000_000_000L;

    static long ticksPerSecond(Random random) {
        return random.nextBoolean() ? MICROS : NANOS;
    }

    /** Ticks of any magnitude that leave room for arithmetic. */
    static long randomTicks(Random random) {
        return randomLong(random) >> 2;
    }

    static LocalDateTime toJava(long ticks, long ticksPerSecond) {
        long second = Math.floorDiv(ticks, ticksPerSecond);
        int nanos = (int) ((ticks - second * ticksPerSecond) * (NANOS / ticksPerSecond));
        return LocalDateTime.ofEpochSecond(second, nanos, ZoneOffset.UTC);
    }

    static long fromJava(LocalDateTime time, long ticksPerSecond) {
        return time.toEpochSecond(ZoneOffset.UTC) * ticksPerSecond
                + time.get(ChronoField.NANO_OF_SECOND) / (NANOS / ticksPerSecond);
    }

    private static long at(String iso) {
        return fromJava(LocalDateTime.parse(iso), MICROS);
    }

    @Test
    void dateAndTimeOfDay() {
        withRandom(20_000, random -> {
            long ticksPerSecond = ticksPerSecond(random);
            long ticks = randomTicks(random);
            LocalDateTime time = toJava(ticks, ticksPerSecond);
            int days = Timestamps.toDate(ticks, ticksPerSecond);
            long micros = Timestamps.toTime(ticks, ticksPerSecond);
            assertEquals(time.toLocalDate().toEpochDay(), days);
            assertEquals(time.toLocalTime().toNanoOfDay() / 1_000, micros);
            assertEquals(
                    fromJava(time.truncatedTo(ChronoUnit.DAYS), ticksPerSecond),
                    Timestamps.fromDate(days, ticksPerSecond));
            assertEquals(
                    fromJava(time.truncatedTo(ChronoUnit.MICROS), ticksPerSecond),
                    Timestamps.fromDateAndTime(days, micros, ticksPerSecond));
            assertEquals(time.toEpochSecond(ZoneOffset.UTC), Timestamps.toEpochSecond(ticks, ticksPerSecond));
        });
        assertError(Reason.NUMERIC_OVERFLOW, "TIMESTAMP", () -> Timestamps.fromDate(1_000_000, NANOS));
    }

    @Test
    void precision() {
        long nanos = 1_769_860_800_123_456_789L;
        assertEquals(1_769_860_800_123_456_789L, Timestamps.toPrecision(nanos, NANOS, 9));
        assertEquals(1_769_860_800_123_456_700L, Timestamps.toPrecision(nanos, NANOS, 7));
        assertEquals(1_769_860_800_123_456L, Timestamps.toPrecision(nanos, NANOS, 6));
        assertEquals(1_769_860_800_123_000L, Timestamps.toPrecision(nanos, NANOS, 3));
        assertEquals(1_769_860_800_000_000L, Timestamps.toPrecision(nanos, NANOS, 0));
        assertEquals(-1_000_000L, Timestamps.toPrecision(-1, MICROS, 0));
        assertEquals(1_500L, Timestamps.toPrecision(1, MICROS, 9) + 500);
        assertError(Reason.NUMERIC_OVERFLOW, "TIMESTAMP", () -> Timestamps.toPrecision(Long.MAX_VALUE, MICROS, 9));
    }

    @Test
    void epochs() {
        assertEquals(1_500_000L, Timestamps.fromEpoch(1_500, 3, MICROS));
        assertEquals(1_500_000_000L, Timestamps.fromEpoch(1_500, 3, NANOS));
        assertEquals(2 * MICROS, Timestamps.fromEpoch(2, 0, MICROS));
        assertEquals(-1L, Timestamps.fromEpoch(-1, 9, MICROS));
        assertEquals(7L, Timestamps.fromEpoch(7, 6, MICROS));
        assertError(Reason.BAD_ARGUMENT, "0 to 9, not 10", () -> Timestamps.fromEpoch(1, 10, MICROS));
        assertError(Reason.BAD_ARGUMENT, "not -1", () -> Timestamps.fromEpoch(1, -1, MICROS));
        assertError(Reason.NUMERIC_OVERFLOW, "TIMESTAMP", () -> Timestamps.fromEpoch(Long.MAX_VALUE, 0, MICROS));
    }

    @Test
    void arithmetic() {
        withRandom(20_000, random -> {
            long ticksPerSecond = ticksPerSecond(random);
            long ticks = randomTicks(random) >> 2;
            int months = random.nextInt() >> (20 + random.nextInt(12));
            LocalDateTime time = toJava(ticks, ticksPerSecond);
            assertEquals(
                    fromJava(time.plusMonths(months), ticksPerSecond),
                    Timestamps.addMonths(ticks, months, ticksPerSecond));
            long micros = randomLong(random) >> 12;
            long sum = Timestamps.addMicros(ticks, micros, ticksPerSecond);
            assertEquals(fromJava(time.plus(micros, ChronoUnit.MICROS), ticksPerSecond), sum);
            assertEquals(micros, Timestamps.subtract(sum, ticks, ticksPerSecond));
        });
        long max = Long.MAX_VALUE;
        assertError(Reason.NUMERIC_OVERFLOW, "TIMESTAMP", () -> Timestamps.addMicros(max, 1, MICROS));
        assertError(Reason.NUMERIC_OVERFLOW, "TIMESTAMP", () -> Timestamps.addMicros(0, max, NANOS));
        assertError(Reason.NUMERIC_OVERFLOW, "TIMESTAMP", () -> Timestamps.addMonths(max, 1, MICROS));
        assertError(Reason.NUMERIC_OVERFLOW, "difference", () -> Timestamps.subtract(max, -1, MICROS));
    }

    @Test
    void fields() {
        withRandom(10_000, random -> {
            long ticksPerSecond = ticksPerSecond(random);
            long ticks = randomTicks(random);
            LocalDateTime time = toJava(ticks, ticksPerSecond);
            int days = (int) time.toLocalDate().toEpochDay();
            assertEquals(DateFields.extractMillennium(days), TimestampFields.extractMillennium(ticks, ticksPerSecond));
            assertEquals(DateFields.extractCentury(days), TimestampFields.extractCentury(ticks, ticksPerSecond));
            assertEquals(DateFields.extractDecade(days), TimestampFields.extractDecade(ticks, ticksPerSecond));
            assertEquals(time.getYear(), TimestampFields.extractYear(ticks, ticksPerSecond));
            assertEquals(DateFields.extractQuarter(days), TimestampFields.extractQuarter(ticks, ticksPerSecond));
            assertEquals(time.getMonthValue(), TimestampFields.extractMonth(ticks, ticksPerSecond));
            assertEquals(DateFields.extractWeek(days), TimestampFields.extractWeek(ticks, ticksPerSecond));
            assertEquals(time.getDayOfMonth(), TimestampFields.extractDay(ticks, ticksPerSecond));
            assertEquals(DateFields.extractDow(days), TimestampFields.extractDow(ticks, ticksPerSecond));
            assertEquals(DateFields.extractIsodow(days), TimestampFields.extractIsodow(ticks, ticksPerSecond));
            assertEquals(time.getDayOfYear(), TimestampFields.extractDoy(ticks, ticksPerSecond));
            assertEquals(DateFields.extractIsoyear(days), TimestampFields.extractIsoyear(ticks, ticksPerSecond));
            assertEquals(time.getHour(), TimestampFields.extractHour(ticks, ticksPerSecond));
            assertEquals(time.getMinute(), TimestampFields.extractMinute(ticks, ticksPerSecond));
            assertEquals(time.getSecond(), TimestampFields.extractSecond(ticks, ticksPerSecond));
            long nanos = time.getSecond() * NANOS + time.getNano();
            assertEquals(nanos / 1_000_000, TimestampFields.extractMillisecond(ticks, ticksPerSecond));
            assertEquals(nanos / 1_000, TimestampFields.extractMicrosecond(ticks, ticksPerSecond));
            assertEquals(nanos, TimestampFields.extractNanosecond(ticks, ticksPerSecond));
            assertEquals(time.toEpochSecond(ZoneOffset.UTC), TimestampFields.extractEpoch(ticks, ticksPerSecond));
        });
        assertEquals(23, TimestampFields.extractHour(86_399_999_999L, MICROS)); // a TIME
        assertEquals(59_999_999, TimestampFields.extractMicrosecond(86_399_999_999L, MICROS));
    }

    private interface Rounding {
        long apply(long ticks, long ticksPerSecond);
    }

    private interface DateRule {
        int apply(int days);
    }

    @Test
    void truncateAndCeil() {
        withRandom(5_000, random -> {
            long ticksPerSecond = ticksPerSecond(random);
            long ticks = randomTicks(random);
            if (random.nextInt(4) == 0) {
                ticks = Math.floorDiv(ticks, 86_400 * ticksPerSecond) * 86_400 * ticksPerSecond;
            }
            checkStep(
                    ticks, ticksPerSecond, 3_600 * NANOS, TimestampRounding::truncateHour, TimestampRounding::ceilHour);
            checkStep(
                    ticks,
                    ticksPerSecond,
                    60 * NANOS,
                    TimestampRounding::truncateMinute,
                    TimestampRounding::ceilMinute);
            checkStep(ticks, ticksPerSecond, NANOS, TimestampRounding::truncateSecond, TimestampRounding::ceilSecond);
            checkStep(
                    ticks,
                    ticksPerSecond,
                    1_000_000,
                    TimestampRounding::truncateMillisecond,
                    TimestampRounding::ceilMillisecond);
            checkStep(
                    ticks,
                    ticksPerSecond,
                    1_000,
                    TimestampRounding::truncateMicrosecond,
                    TimestampRounding::ceilMicrosecond);
            checkStep(
                    ticks, ticksPerSecond, 1, TimestampRounding::truncateNanosecond, TimestampRounding::ceilNanosecond);
            checkDate(ticks, ticksPerSecond, DateRounding::truncateMillennium, TimestampRounding::truncateMillennium);
            checkDate(ticks, ticksPerSecond, DateRounding::truncateCentury, TimestampRounding::truncateCentury);
            checkDate(ticks, ticksPerSecond, DateRounding::truncateDecade, TimestampRounding::truncateDecade);
            checkDate(ticks, ticksPerSecond, DateRounding::truncateYear, TimestampRounding::truncateYear);
            checkDate(ticks, ticksPerSecond, DateRounding::truncateIsoyear, TimestampRounding::truncateIsoyear);
            checkDate(ticks, ticksPerSecond, DateRounding::truncateQuarter, TimestampRounding::truncateQuarter);
            checkDate(ticks, ticksPerSecond, DateRounding::truncateMonth, TimestampRounding::truncateMonth);
            checkDate(ticks, ticksPerSecond, DateRounding::truncateWeek, TimestampRounding::truncateWeek);
            checkDate(ticks, ticksPerSecond, DateRounding::truncateDay, TimestampRounding::truncateDay);
            checkCeil(ticks, ticksPerSecond, TimestampRounding::truncateMillennium, TimestampRounding::ceilMillennium);
            checkCeil(ticks, ticksPerSecond, TimestampRounding::truncateCentury, TimestampRounding::ceilCentury);
            checkCeil(ticks, ticksPerSecond, TimestampRounding::truncateDecade, TimestampRounding::ceilDecade);
            checkCeil(ticks, ticksPerSecond, TimestampRounding::truncateYear, TimestampRounding::ceilYear);
            checkCeil(ticks, ticksPerSecond, TimestampRounding::truncateIsoyear, TimestampRounding::ceilIsoyear);
            checkCeil(ticks, ticksPerSecond, TimestampRounding::truncateQuarter, TimestampRounding::ceilQuarter);
            checkCeil(ticks, ticksPerSecond, TimestampRounding::truncateMonth, TimestampRounding::ceilMonth);
            checkCeil(ticks, ticksPerSecond, TimestampRounding::truncateWeek, TimestampRounding::ceilWeek);
            checkCeil(ticks, ticksPerSecond, TimestampRounding::truncateDay, TimestampRounding::ceilDay);
        });
        assertError(Reason.NUMERIC_OVERFLOW, "TIMESTAMP", () -> TimestampRounding.ceilYear(Long.MAX_VALUE, NANOS));
        assertError(Reason.NUMERIC_OVERFLOW, "TIMESTAMP", () -> TimestampRounding.truncateHour(Long.MIN_VALUE, MICROS));
    }

    private static void checkStep(long ticks, long ticksPerSecond, long nanos, Rounding truncate, Rounding ceil) {
        long step = Math.max(1, nanos / (NANOS / ticksPerSecond));
        long start = Math.floorDiv(ticks, step) * step;
        assertEquals(start, truncate.apply(ticks, ticksPerSecond));
        assertEquals(start == ticks ? ticks : start + step, ceil.apply(ticks, ticksPerSecond));
    }

    private static void checkDate(long ticks, long ticksPerSecond, DateRule date, Rounding truncate) {
        long start;
        try {
            start = date.apply(Timestamps.toDate(ticks, ticksPerSecond)) * (86_400 * ticksPerSecond);
            Math.multiplyExact(date.apply(Timestamps.toDate(ticks, ticksPerSecond)), 86_400 * ticksPerSecond);
        } catch (ArithmeticException e) {
            assertError(Reason.NUMERIC_OVERFLOW, "TIMESTAMP", () -> truncate.apply(ticks, ticksPerSecond));
            return;
        }
        assertEquals(start, truncate.apply(ticks, ticksPerSecond));
    }

    /** What a ceiling is: a start, not before the value, and the last start before it lies before the value. */
    private static void checkCeil(long ticks, long ticksPerSecond, Rounding truncate, Rounding ceil) {
        try {
            long ceiling = ceil.apply(ticks, ticksPerSecond);
            assertEquals(ceiling, truncate.apply(ceiling, ticksPerSecond));
            assertEquals(true, ceiling >= ticks);
            assertEquals(true, ceiling == ticks || truncate.apply(ceiling - 1, ticksPerSecond) < ticks);
        } catch (RowError e) {
            assertEquals(NANOS, ticksPerSecond); // these begin in 1677 and end in 2262, within a century
        }
    }

    @Test
    void differencesAreWholeUnits() {
        withRandom(20_000, random -> {
            long ticksPerSecond = ticksPerSecond(random);
            long start = randomTicks(random);
            long end = random.nextBoolean() ? randomTicks(random) : start + (randomTicks(random) >> 20);
            LocalDateTime from = toJava(start, ticksPerSecond);
            LocalDateTime to = toJava(end, ticksPerSecond);
            assertEquals(
                    from.until(to, ChronoUnit.WEEKS), TimestampDifference.differenceWeek(start, end, ticksPerSecond));
            assertEquals(
                    from.until(to, ChronoUnit.DAYS), TimestampDifference.differenceDay(start, end, ticksPerSecond));
            assertEquals(
                    from.until(to, ChronoUnit.HOURS), TimestampDifference.differenceHour(start, end, ticksPerSecond));
            assertEquals(
                    from.until(to, ChronoUnit.MINUTES),
                    TimestampDifference.differenceMinute(start, end, ticksPerSecond));
            assertEquals(
                    from.until(to, ChronoUnit.SECONDS),
                    TimestampDifference.differenceSecond(start, end, ticksPerSecond));
            assertEquals(
                    from.until(to, ChronoUnit.MILLIS),
                    TimestampDifference.differenceMillisecond(start, end, ticksPerSecond));
            assertEquals(
                    from.until(to, ChronoUnit.MICROS),
                    TimestampDifference.differenceMicrosecond(start, end, ticksPerSecond));
            long months = TimestampDifference.differenceMonth(start, end, ticksPerSecond);
            assertEquals(months, naiveMonths(from, to));
            assertEquals(months / 3, TimestampDifference.differenceQuarter(start, end, ticksPerSecond));
            assertEquals(months / 12, TimestampDifference.differenceYear(start, end, ticksPerSecond));
            assertEquals(months / 120, TimestampDifference.differenceDecade(start, end, ticksPerSecond));
            assertEquals(months / 1200, TimestampDifference.differenceCentury(start, end, ticksPerSecond));
            assertEquals(months / 12000, TimestampDifference.differenceMillennium(start, end, ticksPerSecond));
        });
    }

    /** The largest number of months that can be added without passing the end, counted down from above. */
    private static long naiveMonths(LocalDateTime from, LocalDateTime to) {
        if (to.isBefore(from)) {
            return -naiveMonths(to, from);
        }
        long months = from.until(to, ChronoUnit.MONTHS) + 2;
        while (from.plusMonths(months).isAfter(to)) {
            months--;
        }
        return months;
    }

    @Test
    void monthsOfDifference() {
        assertEquals(1, TimestampDifference.differenceMonth(at("2026-01-31T00:00"), at("2026-02-28T00:00"), MICROS));
        assertEquals(0, TimestampDifference.differenceMonth(at("2026-01-31T12:00"), at("2026-02-28T11:59"), MICROS));
        assertEquals(-1, TimestampDifference.differenceMonth(at("2026-02-28T00:00"), at("2026-01-28T00:00"), MICROS));
        assertEquals(0, TimestampDifference.differenceYear(at("2025-03-01T00:00"), at("2026-02-28T23:59"), MICROS));
        assertEquals(1, TimestampDifference.differenceYear(at("2024-02-29T00:00"), at("2025-02-28T00:00"), MICROS));
        assertEquals(3_000, TimestampDifference.differenceNanosecond(1, 4, MICROS));
        assertEquals(3, TimestampDifference.differenceNanosecond(1, 4, NANOS));
        assertError(
                Reason.NUMERIC_OVERFLOW,
                "out of range",
                () -> TimestampDifference.differenceNanosecond(0, Long.MAX_VALUE / 2, MICROS));
        assertError(
                Reason.NUMERIC_OVERFLOW,
                "difference",
                () -> TimestampDifference.differenceDay(Long.MIN_VALUE, Long.MAX_VALUE, MICROS));
    }

    @Test
    void timesOfDay() {
        assertEquals(3_600_000_000L, Times.addMicros(82_800_000_000L, 7_200_000_000L));
        assertEquals(82_800_000_000L, Times.addMicros(3_600_000_000L, -7_200_000_000L));
        assertEquals(86_400_000_000L - 1, Times.addMicros(0, -1 - 86_400_000_000L * 5));
        assertEquals(Math.floorMod(Long.MIN_VALUE, 86_400_000_000L), Times.addMicros(0, Long.MIN_VALUE));
        assertEquals(-5, Times.subtract(10, 15));
        assertEquals(1_234_000L, Times.toPrecision(1_234_567L, 3));
        assertEquals(1_000_000L, Times.toPrecision(1_234_567L, 0));
    }
}
