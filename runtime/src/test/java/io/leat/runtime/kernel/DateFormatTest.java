package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.LongResult;
import io.leat.runtime.kernel.OffHeap.Span;
import io.leat.runtime.kernel.RowError.Reason;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DateFormatTest {
    private static final Zone NEW_YORK = Zone.of(ZoneId.of("America/New_York"));

    @AutoClose
    private final OffHeap memory = new OffHeap();

    private final BytesResult result = memory.result();
    private final LongResult number = new LongResult();
    private final DateFormat format = new DateFormat();
    private final TimestampPattern pattern = new TimestampPattern();

    private long parse(String text, String form) {
        Span span = memory.text(text);
        Span formSpan = memory.text(form);
        long ticks = pattern.toTimestamp(span.address(), span.length(), formSpan.address(), formSpan.length(), 6);
        assertTrue(
                pattern.tryTimestamp(span.address(), span.length(), formSpan.address(), formSpan.length(), 6, number));
        assertEquals(ticks, number.value);
        return ticks;
    }

    private static long micros(String iso) {
        return TimestampsTest.fromJava(LocalDateTime.parse(iso), 1_000_000);
    }

    @Test
    void formats() {
        String[] forms = {"yyyy-MM-dd HH:mm:ss.SSS", "EEE, d MMM uuuu", "yyyyMMdd'T'HHmmss", "h:mm a", "DDD ''yy''", "é"
        };
        withRandom(1_000, random -> {
            long ticksPerSecond = TimestampsTest.ticksPerSecond(random);
            long ticks = random.nextInt() * ticksPerSecond + random.nextInt(1_000_000);
            LocalDateTime time = TimestampsTest.toJava(ticks, ticksPerSecond);
            String form = forms[random.nextInt(forms.length)];
            Span span = memory.text(form);
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(form, Locale.ENGLISH);
            format.format(ticks, ticksPerSecond, span.address(), span.length(), result);
            assertEquals(formatter.format(time), OffHeap.text(result));
            String zonedForm = form + " XXX VV";
            Span zoned = memory.text(zonedForm);
            format.formatInstant(ticks, ticksPerSecond, NEW_YORK, zoned.address(), zoned.length(), result);
            Instant instant = time.toInstant(ZoneOffset.UTC);
            assertEquals(
                    DateTimeFormatter.ofPattern(zonedForm, Locale.ENGLISH).format(instant.atZone(NEW_YORK.id())),
                    OffHeap.text(result));
            memory.free();
        });
    }

    @Test
    void badForms() {
        Span bad = memory.text("yyyy-bb");
        for (int i = 0; i < 2; i++) { // the second time, too
            assertError(
                    Reason.BAD_ARGUMENT,
                    "'yyyy-bb' is no pattern for dates",
                    () -> format.format(0, 1_000_000, bad.address(), bad.length(), result));
            assertError(
                    Reason.BAD_ARGUMENT,
                    "'yyyy-bb' is no pattern for dates",
                    () -> pattern.tryTimestamp(bad.address(), bad.length(), bad.address(), bad.length(), 6, number));
        }
        Span zone = memory.text("yyyy XXX");
        assertError(
                Reason.BAD_ARGUMENT,
                "the value has not all that the pattern 'yyyy XXX' asks for",
                () -> format.format(0, 1_000_000, zone.address(), zone.length(), result));
    }

    @Test
    void parses() {
        assertEquals(micros("2026-01-31T12:34:56.789"), parse("2026-01-31 12:34:56.789", "yyyy-MM-dd HH:mm:ss.SSS"));
        assertEquals(micros("2026-01-31T00:00"), parse("31/01/2026", "dd/MM/yyyy"));
        assertEquals(micros("2026-01-01T00:00"), parse("2026", "yyyy"));
        assertEquals(micros("2026-05-01T00:00"), parse("2026-05", "yyyy-MM"));
        assertEquals(micros("1970-01-01T07:08"), parse("07:08", "HH:mm"));
        assertEquals(micros("1970-01-01T07:00"), parse("07", "HH"));
        assertEquals(micros("2026-02-01T15:04"), parse("1 feb 2026 3:04 PM", "d MMM yyyy h:mm a"));
        assertEquals(micros("2026-02-01T00:00"), parse("2026-032", "yyyy-DDD"));
        assertEquals(micros("2026-02-01T10:00"), parse("2026-02-01T10:00+02:00", "uuuu-MM-dd'T'HH:mmXXX"));
    }

    @Test
    void refusesOtherText() {
        String[][] others = {
            {"2026-02-30", "yyyy-MM-dd"},
            {"2026-13-01", "yyyy-MM-dd"},
            {"2026-01-31 24:00", "yyyy-MM-dd HH:mm"},
            {"2026-01-31x", "yyyy-MM-dd"},
            {"31.1.2026", "yyyy-MM-dd"},
            {"", "yyyy"}
        };
        for (String[] other : others) {
            Span span = memory.text(other[0]);
            Span form = memory.text(other[1]);
            assertFalse(pattern.tryTimestamp(span.address(), span.length(), form.address(), form.length(), 6, number));
            assertError(
                    Reason.BAD_TIMESTAMP,
                    "is no time of the form '" + other[1] + "'",
                    () -> pattern.toTimestamp(span.address(), span.length(), form.address(), form.length(), 6));
        }
        Span far = memory.text("+999999-01-01");
        Span form = memory.text("uuuu-MM-dd");
        assertError(
                Reason.NUMERIC_OVERFLOW,
                "TIMESTAMP",
                () -> pattern.toTimestamp(far.address(), far.length(), form.address(), form.length(), 6));
    }

    @Test
    void refusesPatternsOfHalfATime() {
        String[][] others = {
            {"09:30", "hh:mm", "a time"},
            {"30", "mm", "a time"},
            {"2026-01-31", "YYYY-MM-dd", "a date"},
            {"2026", "YYYY", "a date"},
            {"31/01", "dd/MM", "a date"},
            {"01", "MM", "a date"},
            {"2026 31", "yyyy dd", "a date"},
            {"Sat", "EEE", "a date"}
        };
        for (String[] other : others) {
            Span span = memory.text(other[0]);
            Span form = memory.text(other[1]);
            assertError(
                    Reason.BAD_ARGUMENT,
                    "the pattern '" + other[1] + "' has only a part of " + other[2],
                    () -> pattern.tryTimestamp(
                            span.address(), span.length(), form.address(), form.length(), 6, number));
        }
    }

    @Test
    void instants() {
        checkInstant("2026-01-31T17:00", "2026-01-31 12:00", "yyyy-MM-dd HH:mm");
        checkInstant("2026-01-31T10:00", "2026-01-31 12:00 +0200", "yyyy-MM-dd HH:mm Z");
        checkInstant("2026-01-31T11:00", "2026-01-31 12:00 Europe/Berlin", "yyyy-MM-dd HH:mm VV");
    }

    private void checkInstant(String expected, String text, String form) {
        Span span = memory.text(text);
        Span formSpan = memory.text(form);
        assertEquals(
                micros(expected),
                pattern.toInstant(span.address(), span.length(), formSpan.address(), formSpan.length(), 3, NEW_YORK));
        assertTrue(pattern.tryInstant(
                span.address(), span.length(), formSpan.address(), formSpan.length(), 3, NEW_YORK, number));
        assertEquals(micros(expected), number.value);
    }
}
