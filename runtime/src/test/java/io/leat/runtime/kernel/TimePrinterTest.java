package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.randomLong;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.kernel.OffHeap.Span;
import io.leat.runtime.kernel.RowError.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TimePrinterTest {
    private static final Zone NEW_YORK = Zone.of(ZoneId.of("America/New_York"));
    private static final Zone KOLKATA = Zone.of(ZoneId.of("Asia/Kolkata"));

    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final BytesResult result = memory.result();

    /** What java.time prints, but always with seconds. */
    private static String iso(LocalDateTime time) {
        String text = time.toString();
        return text.indexOf(':') == text.lastIndexOf(':') ? text + ":00" : text;
    }

    @Test
    void dates() {
        withRandom(20_000, random -> {
            int days = random.nextInt() >> random.nextInt(32);
            TimePrinter.dateToText(days, result);
            assertEquals(LocalDate.ofEpochDay(days).toString(), OffHeap.text(result));
        });
        for (String text : new String[] {"0000-12-31", "9999-12-31", "+10000-01-01", "-0001-01-01", "-10000-01-01"}) {
            TimePrinter.dateToText((int) LocalDate.parse(text).toEpochDay(), result);
            assertEquals(text, OffHeap.text(result));
        }
    }

    @Test
    void times() {
        withRandom(10_000, random -> {
            long micros = random.nextLong(86_400_000_000L);
            long rounded = random.nextBoolean() ? micros : micros / 1_000_000 * 1_000_000;
            TimePrinter.timeToText(rounded, result);
            LocalDateTime time = LocalTime.ofNanoOfDay(rounded * 1_000).atDate(LocalDate.EPOCH);
            assertEquals(iso(time).substring(11), OffHeap.text(result));
        });
    }

    @Test
    void timestamps() {
        withRandom(40_000, random -> {
            long ticksPerSecond = TimestampsTest.ticksPerSecond(random);
            long unit = (long) Math.pow(10, random.nextInt(10));
            long ticks = randomLong(random) / unit * unit;
            LocalDateTime time = TimestampsTest.toJava(ticks, ticksPerSecond);
            TimePrinter.timestampToText(ticks, ticksPerSecond, result);
            assertEquals(iso(time), OffHeap.text(result));
            TimePrinter.instantToText(ticks, ticksPerSecond, Zone.UTC, result);
            assertEquals(iso(time) + "Z", OffHeap.text(result));
            for (Zone zone : new Zone[] {NEW_YORK, KOLKATA}) {
                ZoneOffset offset = zone.id().getRules().getOffset(time.toInstant(ZoneOffset.UTC));
                TimePrinter.instantToText(ticks, ticksPerSecond, zone, result);
                assertEquals(iso(time.plusSeconds(offset.getTotalSeconds())) + offset, OffHeap.text(result));
            }
        });
    }

    @Test
    void unixTime() {
        DateTimeFormatter form = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
        withRandom(5_000, random -> {
            long second = random.nextLong(200_000_000_000L) - 50_000_000_000L;
            String expected =
                    Instant.ofEpochSecond(second).atZone(NEW_YORK.id()).format(form);
            UnixTime.toText(second, NEW_YORK, result);
            assertEquals(expected, OffHeap.text(result));
            LocalDateTime local = LocalDateTime.parse(expected, form);
            Span span = memory.text(expected);
            assertEquals(
                    local.atZone(NEW_YORK.id()).toEpochSecond(),
                    UnixTime.fromText(span.address(), span.length(), NEW_YORK));
            memory.free();
        });
        assertError(Reason.NUMERIC_OVERFLOW, "TIMESTAMP", () -> UnixTime.toText(Long.MAX_VALUE, Zone.UTC, result));
        Span other = memory.text("yesterday");
        assertError(
                Reason.BAD_TIMESTAMP,
                "'yesterday'",
                () -> UnixTime.fromText(other.address(), other.length(), Zone.UTC));
    }
}
