package io.leat.compiler.oracle;

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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Casts from text. */
final class TextReader {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern NUMBER =
            Pattern.compile("([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))(?:[eE]([+-]?[0-9]+))?");
    private static final Pattern TIME = Pattern.compile("([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?)");
    private static final Pattern TIMESTAMP =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]" + TIME + "(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?");
    /** An exponent of so many digits moves every digit out of any number. */
    private static final int LONG_EXPONENT = 8;

    private final ZoneId zone;

    TextReader(ZoneId zone) {
        this.zone = zone;
    }

    Object read(String given, Type type) {
        if (type instanceof VarbinaryType) {
            return new ByteText(given.getBytes(StandardCharsets.UTF_8));
        }
        String text = trimmed(given);
        if (type instanceof BooleanType) {
            return truth(text);
        }
        if (type instanceof IntegerType) {
            if (!INTEGER.matcher(text).matches()) {
                throw new NoValue("no number: " + text);
            }
            return Numbers.integer(new BigInteger(text.startsWith("+") ? text.substring(1) : text), type);
        }
        if (type instanceof FloatType real) {
            BigDecimal number = number(text);
            return real.bits() == 32
                    ? Numbers.real(number.floatValue(), type)
                    : Numbers.real(number.doubleValue(), type);
        }
        if (type instanceof DecimalType decimal) {
            return Numbers.decimal(number(text), decimal);
        }
        return Clocks.valid(() -> time(text, type));
    }

    /** Without the spaces around it; only the ASCII space counts. */
    private static String trimmed(String text) {
        return text.replaceAll("^ +| +$", "");
    }

    private static Boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> throw new NoValue("no boolean: " + text);
        };
    }

    private static BigDecimal number(String text) {
        Matcher parts = NUMBER.matcher(text);
        if (!parts.matches()) {
            throw new NoValue("no number: " + text);
        }
        BigDecimal digits = new BigDecimal(parts.group(1));
        if (parts.group(2) == null || digits.signum() == 0) {
            return digits;
        }
        if (parts.group(2).length() > LONG_EXPONENT) {
            throw new Refusal("exponent as long as in " + text);
        }
        return digits.scaleByPowerOfTen(Integer.parseInt(parts.group(2)));
    }

    private Object time(String text, Type type) {
        if (type instanceof DateType) {
            return date(text).toEpochDay();
        }
        if (type instanceof TimeType time) {
            if (!TIME.matcher(text).matches()) {
                throw new NoValue("no time: " + text);
            }
            long unit = BigInteger.TEN.pow(9 - time.precision()).longValueExact();
            long nanos = LocalTime.parse(text).toNanoOfDay();
            return (nanos - nanos % unit) / 1000;
        }
        TimestampType timestamp = (TimestampType) type;
        Matcher parts = TIMESTAMP.matcher(text);
        if (!parts.matches() || parts.group(3) != null && !timestamp.local()) {
            throw new NoValue("no timestamp: " + text);
        }
        LocalTime clock = parts.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(parts.group(2));
        LocalDateTime local = LocalDateTime.of(date(parts.group(1)), clock);
        long ticks = parts.group(3) != null
                ? Clocks.ticks(
                        OffsetDateTime.of(local, ZoneOffset.of(parts.group(3))).toInstant(), timestamp.ticksPerSecond())
                : timestamp.local()
                        ? Clocks.instant(local, timestamp.ticksPerSecond(), zone)
                        : Clocks.ticks(local, timestamp.ticksPerSecond());
        return Clocks.convert(ticks, timestamp, timestamp);
    }

    private static LocalDate date(String text) {
        LocalDate date = LocalDate.parse(text);
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw new NoValue("no date: " + text);
        }
        return date;
    }
}
