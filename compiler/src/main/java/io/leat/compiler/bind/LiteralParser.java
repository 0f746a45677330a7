package io.leat.compiler.bind;

import io.leat.compiler.expr.ByteText;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.BooleanType;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.FloatType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.type.Type.VarbinaryType;
import io.leat.runtime.type.Type.VarcharType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads text as the value of a literal, for texts that stand where another type is needed. An instant without offset is read in the
 * zone of the job.
 */
final class LiteralParser {
    private LiteralParser() {}

    static Optional<Object> parse(String text, Type type, ZoneId zone) {
        try {
            return Optional.of(value(text.strip(), text, type, zone));
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Object value(String text, String unstripped, Type type, ZoneId zone) {
        if (type instanceof VarcharType) {
            return unstripped;
        }
        if (type instanceof VarbinaryType) {
            return new ByteText(unstripped.getBytes(StandardCharsets.UTF_8));
        }
        if (type instanceof BooleanType) {
            return truth(text);
        }
        if (type instanceof IntegerType integer) {
            long value = Long.parseLong(text);
            long limit = 1L << integer.bits() - 1;
            if (integer.bits() < Long.SIZE && (value < -limit || value >= limit)) {
                throw new ArithmeticException("out of range");
            }
            return value;
        }
        if (type instanceof FloatType real) {
            double value = real.bits() == 32 ? Float.parseFloat(text) : Double.parseDouble(text);
            if (!Double.isFinite(value)) {
                throw new ArithmeticException("not finite");
            }
            return value;
        }
        if (type instanceof DecimalType decimal) {
            BigDecimal value = new BigDecimal(text).setScale(decimal.scale(), RoundingMode.HALF_UP);
            if (value.precision() > decimal.precision()) {
                throw new ArithmeticException("out of range");
            }
            return value;
        }
        return time(text, type, zone);
    }

    private static Boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> throw new NumberFormatException("no boolean");
        };
    }

    private static Object time(String text, Type type, ZoneId zone) {
        if (type instanceof DateType) {
            return LocalDate.parse(text).toEpochDay();
        }
        if (type instanceof TimeType time) {
            long nanos = LocalTime.parse(text).toNanoOfDay();
            long micros = nanos / 1_000;
            long unit = BigDecimal.TEN
                    .pow(TimeType.MAX_PRECISION - time.precision())
                    .longValueExact();
            return micros - Math.floorMod(micros, unit);
        }
        TimestampType timestamp = (TimestampType) type;
        String iso = text.replace(' ', 'T');
        LocalDateTime local = timestamp.local() ? utc(iso, zone) : reading(iso);
        long ticks = Math.addExact(
                Math.multiplyExact(local.toEpochSecond(ZoneOffset.UTC), timestamp.ticksPerSecond()),
                local.getNano() / (1_000_000_000L / timestamp.ticksPerSecond()));
        return ticks - Math.floorMod(ticks, timestamp.unit());
    }

    private static LocalDateTime reading(String iso) {
        return iso.indexOf('T') < 0 ? LocalDate.parse(iso).atStartOfDay() : LocalDateTime.parse(iso);
    }

    private static LocalDateTime utc(String iso, ZoneId zone) {
        int time = iso.indexOf('T');
        boolean hasOffset = time > 0 && (iso.endsWith("Z") || iso.indexOf('+', time) > 0 || iso.indexOf('-', time) > 0);
        OffsetDateTime instant = hasOffset
                ? OffsetDateTime.parse(iso)
                : reading(iso).atZone(zone).toOffsetDateTime();
        return instant.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }

    /** How such a value is written. */
    static Optional<String> example(Type type) {
        if (type instanceof DateType) {
            return Optional.of("'2026-01-31'");
        }
        if (type instanceof TimeType) {
            return Optional.of("'12:30:00'");
        }
        if (type instanceof TimestampType timestamp) {
            return Optional.of(timestamp.local() ? "'2026-01-31 12:30:00Z'" : "'2026-01-31 12:30:00'");
        }
        return type instanceof BooleanType ? Optional.of("TRUE") : Optional.empty();
    }
}
