package io.leat.compiler.oracle;

import io.leat.compiler.expr.ByteText;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import io.leat.runtime.type.Type.BooleanType;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.FloatType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.IntervalType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.type.Type.VarbinaryType;
import io.leat.runtime.type.Type.VarcharType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code CAST}, a step at a time. */
final class Casts {
    private static final long DAY_MICROS = 86_400_000_000L;

    private final ZoneId zone;

    Casts(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * The value, which is not NULL, as another type.
     *
     * @param orNull whether an element of an array that is no value of the type becomes NULL
     */
    Object cast(Object value, Type from, Type to, boolean orNull) {
        if (from.equals(to)) {
            return value;
        }
        if (from instanceof ArrayType array && to instanceof ArrayType wanted) {
            return elements((List<?>) value, array.element(), wanted.element(), orNull);
        }
        if (to instanceof VarcharType text) {
            return cut(text(value, from), text.length());
        }
        if (from instanceof VarcharType) {
            return new TextReader(zone).read((String) value, to);
        }
        if (to instanceof BooleanType) {
            return (Long) value != 0;
        }
        if (from instanceof BooleanType) {
            return (Boolean) value ? 1L : 0L;
        }
        if (to instanceof IntegerType) {
            BigDecimal whole = from instanceof FloatType
                    ? new BigDecimal(Math.rint(((Number) value).doubleValue()))
                    : Numbers.exact(value).setScale(0, RoundingMode.HALF_UP);
            return Numbers.integer(whole.toBigIntegerExact(), to);
        }
        if (to instanceof FloatType real) {
            return real(value, real);
        }
        if (to instanceof DecimalType decimal) {
            return Numbers.decimal(Numbers.exact(value), decimal);
        }
        return Clocks.valid(() -> time(value, from, to));
    }

    private List<Object> elements(List<?> array, Type from, Type to, boolean orNull) {
        List<Object> elements = new ArrayList<>();
        for (Object element : array) {
            Object converted = null;
            try {
                converted = element == null ? null : cast(element, from, to, orNull);
            } catch (NoValue e) {
                if (!orNull) {
                    throw e;
                }
            }
            elements.add(Values.key(converted));
        }
        return elements;
    }

    private static Object real(Object value, FloatType to) {
        if (value instanceof BigDecimal number) {
            return to.bits() == 32 ? (Object) number.floatValue() : (Object) number.doubleValue();
        }
        if (value instanceof Long number) {
            return to.bits() == 32 ? (Object) (float) (long) number : (Object) (double) (long) number;
        }
        return Numbers.real(((Number) value).doubleValue(), to);
    }

    private Object time(Object value, Type from, Type to) {
        if (from instanceof DateType) {
            TimestampType timestamp = (TimestampType) to;
            LocalDateTime midnight = Clocks.date(value).atStartOfDay();
            return timestamp.local()
                    ? Clocks.instant(midnight, timestamp.ticksPerSecond(), zone)
                    : Clocks.ticks(midnight, timestamp.ticksPerSecond());
        }
        if (from instanceof TimeType) {
            return cut((Long) value, ((TimeType) to).precision());
        }
        if (!(from instanceof TimestampType timestamp)) {
            throw new Refusal("cast from " + from.sql() + " to " + to.sql());
        }
        if (to instanceof TimestampType other && timestamp.local() == other.local()) {
            return Clocks.convert(value, timestamp, other);
        }
        if (to instanceof TimestampType other && other.local()) {
            Long instant =
                    Clocks.instant(Clocks.local(value, timestamp.ticksPerSecond()), timestamp.ticksPerSecond(), zone);
            return Clocks.convert(instant, timestamp, other);
        }
        LocalDateTime local = timestamp.local()
                ? Clocks.zoned(value, timestamp.ticksPerSecond(), zone).toLocalDateTime()
                : Clocks.local(value, timestamp.ticksPerSecond());
        if (to instanceof TimestampType other) {
            return Clocks.convert(Clocks.ticks(local, timestamp.ticksPerSecond()), timestamp, other);
        }
        if (to instanceof DateType) {
            return Clocks.day(local.toLocalDate().toEpochDay());
        }
        return cut(local.toLocalTime().toNanoOfDay() / 1000, ((TimeType) to).precision());
    }

    /** A time of day with so many fraction digits. */
    private static Long cut(long micros, int precision) {
        long unit = BigDecimal.TEN.pow(6 - precision).longValueExact();
        return micros - micros % unit;
    }

    // ---- to text

    static String cut(String text, int codePoints) {
        return text.codePointCount(0, text.length()) <= codePoints
                ? text
                : text.substring(0, text.offsetByCodePoints(0, codePoints));
    }

    String text(Object value, Type type) {
        if (value instanceof String text) {
            return text;
        }
        if (type instanceof ArrayType array) {
            return ((List<?>) value)
                    .stream()
                            .map(element -> element == null ? "NULL" : elementText(element, array.element()))
                            .collect(Collectors.joining(", ", "[", "]"));
        }
        if (type instanceof VarbinaryType) {
            return decoded(((ByteText) value).bytes());
        }
        if (type instanceof DecimalType) {
            return ((BigDecimal) value).toPlainString();
        }
        if (type instanceof FloatType) {
            return text(Numbers.exact(value));
        }
        if (type instanceof DateType) {
            return Clocks.date(value).toString();
        }
        if (type instanceof TimeType) {
            return seconds(LocalTime.ofNanoOfDay((Long) value * 1000).toString(), 5);
        }
        if (type instanceof TimestampType timestamp) {
            long ticks = timestamp.ticksPerSecond();
            return timestamp.local()
                    ? Clocks.zoned(value, ticks, zone)
                            .toOffsetDateTime()
                            .format(java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss"))
                            .concat(fraction(value, ticks))
                            .concat(Clocks.zoned(value, ticks, zone).getOffset().getId())
                    : Clocks.local(value, ticks)
                            .format(java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss"))
                            .concat(fraction(value, ticks));
        }
        return type instanceof IntervalType interval ? interval((Long) value, interval) : value.toString();
    }

    /** A text in quotes, if it could be taken for something else. */
    private String elementText(Object element, Type type) {
        String text = text(element, type);
        boolean plain = type instanceof ArrayType
                || !text.isEmpty()
                        && text.equals(text.strip())
                        && !text.equalsIgnoreCase("NULL")
                        && text.chars().noneMatch(c -> ",:()[]{}'\"\\".indexOf(c) >= 0);
        return plain ? text : "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String seconds(String text, int withoutSeconds) {
        return text.length() == withoutSeconds ? text + ":00" : text;
    }

    /** The fraction of a second as java.time prints it: none, three, six or nine digits. */
    private static String fraction(Object value, long ticks) {
        String time = Clocks.local(value, ticks).toLocalTime().toString();
        return time.contains(".") ? time.substring(time.indexOf('.')) : "";
    }

    private static String text(BigDecimal number) {
        BigDecimal digits = number.stripTrailingZeros();
        if (digits.signum() == 0) {
            return "0.0";
        }
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -7 && exponent < 21) {
            String plain = digits.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String mantissa = digits.movePointLeft(exponent).toPlainString();
        return mantissa + (mantissa.contains(".") ? "" : ".0") + "E" + exponent;
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NoValue("no UTF-8");
        }
    }

    private static String interval(long value, IntervalType type) {
        String sign = value < 0 ? "-" : "";
        if (type.months()) {
            return sign + Math.abs(value / 12) + "-" + Math.abs(value % 12);
        }
        java.math.BigInteger micros = java.math.BigInteger.valueOf(value).abs();
        java.math.BigInteger[] days = micros.divideAndRemainder(java.math.BigInteger.valueOf(DAY_MICROS));
        LocalTime time = LocalTime.ofNanoOfDay(days[1].longValueExact() * 1000);
        BigDecimal second = BigDecimal.valueOf(time.getNano(), 9).stripTrailingZeros();
        String fraction = second.signum() == 0 ? "" : second.toPlainString().substring(1);
        return sign + days[0] + " " + seconds(time.withNano(0).toString(), 5) + fraction;
    }
}
