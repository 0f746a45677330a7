package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.LongResult;
import io.leat.runtime.kernel.OffHeap.Span;
import io.leat.runtime.kernel.RowError.Reason;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TimeParserTest {
    private static final Zone NEW_YORK = Zone.of(ZoneId.of("America/New_York"));

    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final LongResult result = new LongResult();

    private static LocalDateTime random(Random random) {
        LocalDate date = LocalDate.of(1, 1, 1).plusDays(random.nextInt(9999 * 365));
        return date.atTime(LocalTime.ofSecondOfDay(random.nextInt(86_400)));
    }

    private static String pad(Random random, String text) {
        return random.nextInt(8) == 0 ? " " + text + "  " : text;
    }

    @Test
    void dates() {
        withRandom(20_000, random -> {
            LocalDate date = random(random).toLocalDate();
            Span span = memory.text(pad(random, date.toString()));
            assertEquals(date.toEpochDay(), TimeParser.toDate(span.address(), span.length()));
            assertTrue(TimeParser.tryDate(span.address(), span.length(), result));
            assertEquals(date.toEpochDay(), result.value);
            memory.free();
        });
        String[] others = {
            "",
            " ",
            "2026-02-30",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "2026-01-32",
            "2026-04-31",
            "0000-01-01",
            "2026-1-1",
            "2026-01-1",
            "20260101",
            "2026/01/01",
            "2026-01-01T00:00:00",
            "2026-01-0a",
            "a026-01-01",
            "2026-01:01",
            "-2026-01-01",
            "+2026-01-01",
            "12026-01-01",
            "2026-01-011",
            "２026-01-01",
            "2100-02-29",
            "2026- 1-01"
        };
        for (String text : others) {
            Span span = memory.text(text);
            assertFalse(TimeParser.tryDate(span.address(), span.length(), result), text);
            assertError(Reason.BAD_TIMESTAMP, "is no DATE", () -> TimeParser.toDate(span.address(), span.length()));
        }
        Span leap = memory.text("2000-02-29");
        assertEquals(LocalDate.of(2000, 2, 29).toEpochDay(), TimeParser.toDate(leap.address(), leap.length()));
    }

    @Test
    void times() {
        withRandom(20_000, random -> {
            LocalTime time = random(random).toLocalTime();
            String text = time.toString();
            long micros = time.toSecondOfDay() * 1_000_000L;
            int precision = random.nextInt(7);
            if (text.length() == 8) {
                Fraction fraction = new Fraction(random);
                text += fraction.text;
                micros += fraction.truncated(precision) / 1_000;
            }
            Span span = memory.text(pad(random, text));
            assertEquals(micros, TimeParser.toTime(span.address(), span.length(), precision), text);
            assertTrue(TimeParser.tryTime(span.address(), span.length(), precision, result));
            assertEquals(micros, result.value);
            memory.free();
        });
        String[] others = {
            "",
            "12",
            "12:",
            "12:0",
            "24:00:00",
            "12:60:00",
            "12:00:60",
            "12:00:00.",
            "12:00:00.1234567890",
            "12:00:00,5",
            "12:00.5",
            "1:00:00",
            "12:00:00Z",
            "12-00-00",
            "12:00:0",
            "12:00:00.1a",
            "12:00:00.a",
            "-2:00:00",
            "12:00:00.12345678a",
            "12:00:00. 5",
            "aa:00"
        };
        for (String text : others) {
            Span span = memory.text(text);
            assertFalse(TimeParser.tryTime(span.address(), span.length(), 6, result), text);
            assertError(Reason.BAD_TIMESTAMP, "is no TIME", () -> TimeParser.toTime(span.address(), span.length(), 6));
        }
    }

    /** None to nine digits behind a point. */
    private static final class Fraction {
        final String text;
        private final long nanos;

        Fraction(Random random) {
            int digits = random.nextInt(10);
            int number = digits == 0 ? 0 : random.nextInt((int) Math.pow(10, digits));
            text = digits == 0 ? "" : String.format(Locale.ROOT, ".%0" + digits + "d", number);
            nanos = number * (long) Math.pow(10, 9 - digits);
        }

        long truncated(int precision) {
            return nanos - nanos % (long) Math.pow(10, 9 - precision);
        }
    }

    private static String text(LocalDateTime time, Random random) {
        return time.toLocalDate()
                + (random.nextBoolean() ? "T" : " ")
                + String.format(Locale.ROOT, "%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
    }

    @Test
    void timestamps() {
        withRandom(40_000, random -> {
            int precision = random.nextInt(7);
            LocalDateTime time = random(random);
            Fraction fraction = new Fraction(random);
            String text = pad(random, text(time, random) + fraction.text);
            Span span = memory.text(text);
            long expected = time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + fraction.truncated(precision) / 1_000;
            assertEquals(expected, TimeParser.toTimestamp(span.address(), span.length(), precision), text);
            assertTrue(TimeParser.tryTimestamp(span.address(), span.length(), precision, result));
            assertEquals(expected, result.value);
            int finePrecision = 7 + random.nextInt(3);
            boolean fits = time.getYear() > 1677 && time.getYear() < 2262;
            if (fits) {
                long fine = time.toEpochSecond(ZoneOffset.UTC) * 1_000_000_000 + fraction.truncated(finePrecision);
                assertEquals(fine, TimeParser.toTimestamp(span.address(), span.length(), finePrecision), text);
            }
            if (time.getYear() < 1677 || time.getYear() > 2262) {
                assertFalse(TimeParser.tryTimestamp(span.address(), span.length(), finePrecision, result));
            }
            memory.free();
        });
        checkTimestamp("2026-01-31", "2026-01-31T00:00:00");
        checkTimestamp("2026-01-31T12:34", "2026-01-31T12:34:00");
        checkTimestamp("0001-01-01T00:00:00", "0001-01-01T00:00:00");
        checkTimestamp("9999-12-31 23:59:59.999999999", "9999-12-31T23:59:59.999999");
    }

    private void checkTimestamp(String text, String expected) {
        Span span = memory.text(text);
        long micros = TimestampsTest.fromJava(LocalDateTime.parse(expected), 1_000_000);
        assertEquals(micros, TimeParser.toTimestamp(span.address(), span.length(), 6));
        assertEquals(micros, TimeParser.toInstant(span.address(), span.length(), 6, Zone.UTC));
    }

    @Test
    void refusesOtherTimestamps() {
        String[] others = {
            "",
            " ",
            "2026-01",
            "2026-01-31T",
            "2026-01-31T12",
            "2026-01-31T12:",
            "2026-01-31T24:00:00",
            "2026-01-31T12:00:60",
            "2026-02-30T12:00:00",
            "2026-01-31t12:00:00",
            "2026-01-31  12:00:00",
            "2026-01-31T12:00:00.",
            "2026-01-31T12:00:00.x",
            "2026-01-31T12:00:00.1234567890",
            "2026-01-31_12:00:00",
            "2026-01-31T12-00-00",
            "0000-01-01T00:00:00",
            "12026-01-31T12:00:00",
            "2026-01-31T12:00:00 UTC",
            "2026-01-31T12:00:00[UTC]",
            "now",
            "1769860800",
            "2026-01-31T12:00:0",
            "2026-01-31T12:00:00.12 3"
        };
        for (String text : others) {
            Span span = memory.text(text);
            assertFalse(TimeParser.tryTimestamp(span.address(), span.length(), 6, result), text);
            assertFalse(TimeParser.tryInstant(span.address(), span.length(), 6, Zone.UTC, result), text);
            assertError(
                    Reason.BAD_TIMESTAMP,
                    "is no TIMESTAMP(6)",
                    () -> TimeParser.toTimestamp(span.address(), span.length(), 6));
            assertError(
                    Reason.BAD_TIMESTAMP,
                    "is no TIMESTAMP_LTZ(6)",
                    () -> TimeParser.toInstant(span.address(), span.length(), 6, NEW_YORK));
        }
        Span zoned = memory.text("2026-01-31T12:00:00Z");
        assertError(
                Reason.BAD_TIMESTAMP,
                "an offset needs TIMESTAMP_LTZ",
                () -> TimeParser.toTimestamp(zoned.address(), zoned.length(), 6));
        Span far = memory.text("2300-01-01T00:00:00");
        assertError(
                Reason.BAD_TIMESTAMP,
                "is no TIMESTAMP(9)",
                () -> TimeParser.toTimestamp(far.address(), far.length(), 9));
    }

    @Test
    void instants() {
        withRandom(40_000, random -> {
            LocalDateTime time = random(random);
            Fraction fraction = new Fraction(random);
            String text = text(time, random) + fraction.text;
            long nanos = fraction.truncated(6);
            int minutes = random.nextInt(18 * 60 + 1) * (random.nextBoolean() ? 1 : -1);
            String sign = minutes < 0 ? "-" : "+";
            int hours = Math.abs(minutes) / 60;
            int rest = Math.abs(minutes) % 60;
            switch (random.nextInt(5)) {
                case 0 -> checkInstant(pad(random, text + "Z"), time.toEpochSecond(ZoneOffset.UTC), nanos);
                case 1 ->
                    checkInstant(
                            text + String.format(Locale.ROOT, "%s%02d", sign, hours),
                            time.toEpochSecond(ZoneOffset.ofTotalSeconds(minutes / 60 * 3600)),
                            nanos);
                case 2 ->
                    checkInstant(
                            text + String.format(Locale.ROOT, "%s%02d%02d", sign, hours, rest),
                            time.toEpochSecond(ZoneOffset.ofTotalSeconds(minutes * 60)),
                            nanos);
                case 3 ->
                    checkInstant(
                            text + String.format(Locale.ROOT, "%s%02d:%02d", sign, hours, rest),
                            time.toEpochSecond(ZoneOffset.ofTotalSeconds(minutes * 60)),
                            nanos);
                default -> checkInstant(text, time.atZone(NEW_YORK.id()).toEpochSecond(), nanos);
            }
            memory.free();
        });
        checkInstant("2026-01-31Z", LocalDate.of(2026, 1, 31).toEpochDay() * 86_400, 0);
        checkInstant("2026-01-31", LocalDate.of(2026, 1, 31).toEpochDay() * 86_400 + 5 * 3600, 0);
        checkInstant("2026-01-31+02", LocalDate.of(2026, 1, 31).toEpochDay() * 86_400 - 2 * 3600, 0);
        checkInstant("2026-01-31T12:34-0130", 1_769_868_240, 0);
    }

    private void checkInstant(String text, long second, long nanos) {
        Span span = memory.text(text);
        assertEquals(
                second * 1_000_000 + nanos / 1_000,
                TimeParser.toInstant(span.address(), span.length(), 6, NEW_YORK),
                text);
        assertTrue(TimeParser.tryInstant(span.address(), span.length(), 6, NEW_YORK, result));
        assertEquals(second * 1_000_000 + nanos / 1_000, result.value);
    }

    @Test
    void refusesOtherOffsets() {
        String[] others = {
            "z",
            "+2",
            "+020",
            "+02:0",
            "+02:",
            "+18:01",
            "+19",
            "+02:60",
            "+0260",
            "+02:00:00",
            "+0a",
            "+0a:00",
            "+02-00",
            " +02",
            "+",
            "-",
            "ZZ",
            "+02Z",
            "UTC",
            "+02 00"
        };
        for (String offset : others) {
            Span span = memory.text("2026-01-31T12:00:00" + offset);
            assertFalse(TimeParser.tryInstant(span.address(), span.length(), 6, NEW_YORK, result), offset);
            Span fraction = memory.text("2026-01-31T12:00:00.123" + offset);
            assertFalse(TimeParser.tryInstant(fraction.address(), fraction.length(), 6, NEW_YORK, result), offset);
        }
    }
}
