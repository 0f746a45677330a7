package io.leat.compiler.oracle;

import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.TimestampType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Functions between times and text, and between times and numbers. */
final class TimeTexts {
    private static final TimestampType MICROS = new TimestampType(6, false);
    private static final TimestampType INSTANT = new TimestampType(6, true);

    private final ZoneId zone;

    TimeTexts(ZoneId zone) {
        this.zone = zone;
    }

    Optional<Object> call(String name, List<Object> values, List<Type> types) {
        Object first = values.isEmpty() ? null : values.get(0);
        boolean pattern = values.size() == 2 && types.get(1) instanceof Type.VarcharType;
        return switch (name) {
            case "DATE_FORMAT" -> Optional.of(formatted(time(first, types.get(0)), (String) values.get(1)));
            case "TO_TIMESTAMP" ->
                Optional.of(pattern ? read(values, false) : new TextReader(zone).read((String) first, MICROS));
            case "TO_DATE" ->
                Optional.of(pattern ? read(values, false) : new TextReader(zone).read((String) first, Type.DATE));
            case "TO_TIMESTAMP_LTZ" -> {
                if (first instanceof Long count) {
                    yield Optional.of(
                            TimeCalls.fromEpoch(count, values.size() == 1 ? 3 : digits((Long) values.get(1))));
                }
                yield Optional.of(pattern ? read(values, true) : new TextReader(zone).read((String) first, INSTANT));
            }
            case "FROM_UNIXTIME" -> {
                Long micros = TimeCalls.fromEpoch((Long) first, 0);
                String format = pattern ? (String) values.get(1) : "uuuu-MM-dd HH:mm:ss";
                yield Optional.of(formatted(Clocks.zoned(micros, 1_000_000, zone), format));
            }
            case "UNIX_TIMESTAMP" -> {
                if (values.isEmpty()) {
                    yield Optional.empty();
                }
                long ticks = types.get(0) instanceof TimestampType timestamp ? timestamp.ticksPerSecond() : 1_000_000;
                Object instant = first instanceof String text ? new TextReader(zone).read(text, INSTANT) : first;
                yield Optional.of(Math.floorDiv((Long) instant, ticks));
            }
            default -> Optional.empty();
        };
    }

    private static int digits(long digits) {
        if (digits < 0 || digits > 9) {
            throw new NoValue("so many digits");
        }
        return (int) digits;
    }

    private Temporal time(Object value, Type type) {
        if (type instanceof DateType) {
            return Clocks.date(value).atStartOfDay();
        }
        TimestampType timestamp = (TimestampType) type;
        return timestamp.local()
                ? Clocks.zoned(value, timestamp.ticksPerSecond(), zone)
                : Clocks.local(value, timestamp.ticksPerSecond());
    }

    private static String formatted(Temporal time, String pattern) {
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
        } catch (RuntimeException e) {
            throw new NoValue(e.getMessage());
        }
    }

    private Long read(List<Object> values, boolean instant) {
        return Clocks.valid(() -> {
            DateTimeFormatter formatter = formatter((String) values.get(1));
            TemporalAccessor parsed = formatter.parse((String) values.get(0));
            LocalDate date = parsed.query(TemporalQueries.localDate());
            LocalTime time = parsed.query(TemporalQueries.localTime());
            if (date == null && parsed.isSupported(ChronoField.YEAR)) {
                int month = parsed.isSupported(ChronoField.MONTH_OF_YEAR) ? parsed.get(ChronoField.MONTH_OF_YEAR) : 1;
                date = LocalDate.of(parsed.get(ChronoField.YEAR), month, 1);
            }
            LocalDateTime local =
                    LocalDateTime.of(date == null ? LocalDate.EPOCH : date, time == null ? LocalTime.MIDNIGHT : time);
            ZoneId given = parsed.query(TemporalQueries.zone());
            if (!instant) {
                return Clocks.ticks(local, 1_000_000);
            }
            return given instanceof ZoneOffset offset
                    ? Clocks.ticks(OffsetDateTime.of(local, offset).toInstant(), 1_000_000)
                    : Clocks.instant(local, 1_000_000, given == null ? zone : given);
        });
    }

    private static DateTimeFormatter formatter(String pattern) {
        try {
            return new DateTimeFormatterBuilder()
                    .appendPattern(pattern)
                    .parseDefaulting(ChronoField.ERA, 1)
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new NoValue("no pattern");
        }
    }
}
