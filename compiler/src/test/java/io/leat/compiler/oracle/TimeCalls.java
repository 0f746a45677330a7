package io.leat.compiler.oracle;

import io.leat.compiler.expr.Expr;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.IntervalType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Operators and functions of dates and times. */
final class TimeCalls {
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final Pattern FACTOR = Pattern.compile("multiplyInt(?:32|64)\\(\\$0, (\\d+)L?\\)");

    private final ZoneId zone;
    private final long nowMicros;

    TimeCalls(ZoneId zone, long nowMicros) {
        this.zone = zone;
        this.nowMicros = nowMicros;
    }

    // ---- operators

    Optional<Object> operator(String name, List<Object> values, List<Type> types, Type type) {
        Object left = values.get(0);
        if (values.size() == 1) {
            return Optional.of(interval(BigInteger.valueOf((Long) left).negate(), type));
        }
        Object right = values.get(1);
        boolean plus = name.equals("+");
        if (types.get(0) instanceof IntervalType && !(types.get(1) instanceof IntervalType) && plus
                || types.get(1) instanceof IntervalType && name.equals("*")
                || !(types.get(0) instanceof DateType) && types.get(1) instanceof DateType && plus) {
            return operator(name, List.of(right, left), List.of(types.get(1), types.get(0)), type);
        }
        if (types.get(0) instanceof IntervalType) {
            return Optional.of(intervals(name, (Long) left, (Long) right, type));
        }
        if (types.get(1) instanceof IntervalType by) {
            Long amount = plus
                    ? (Long) right
                    : interval(BigInteger.valueOf((Long) right).negate(), by);
            return Optional.of(Clocks.valid(() -> moved(left, types.get(0), amount, by)));
        }
        if (types.get(0) instanceof DateType && types.get(1) instanceof TimeType) {
            return Optional.of(exact(BigInteger.valueOf((Long) left)
                    .multiply(BigInteger.valueOf(DAY_MICROS))
                    .add(BigInteger.valueOf((Long) right))));
        }
        BigInteger difference = BigInteger.valueOf((Long) left)
                .add(
                        plus
                                ? BigInteger.valueOf((Long) right)
                                : BigInteger.valueOf((Long) right).negate());
        if (types.get(0) instanceof TimestampType timestamp) {
            BigInteger perMicro = BigInteger.valueOf(timestamp.ticksPerSecond() / 1_000_000);
            return Optional.of(
                    exact(difference.subtract(difference.mod(perMicro)).divide(perMicro)));
        }
        return Optional.of(type instanceof DateType ? Numbers.integer(difference, 32) : exact(difference));
    }

    private static Long exact(BigInteger value) {
        return Numbers.bigint(value);
    }

    private static Long interval(BigInteger value, Type type) {
        return Numbers.integer(value, ((IntervalType) type).months() ? 32 : 64);
    }

    private static Long intervals(String name, long left, long right, Type type) {
        BigInteger a = BigInteger.valueOf(left);
        BigInteger b = BigInteger.valueOf(right);
        if (name.equals("/") && right == 0) {
            throw new NoValue("division by zero");
        }
        return interval(
                switch (name) {
                    case "+" -> a.add(b);
                    case "-" -> a.subtract(b);
                    case "*" -> a.multiply(b);
                    case "/" -> a.divide(b);
                    default -> throw new Refusal("operator " + name + " of intervals");
                },
                type);
    }

    private Object moved(Object time, Type type, long amount, IntervalType by) {
        if (type instanceof TimeType) {
            return Math.floorMod((Long) time + Math.floorMod(amount, DAY_MICROS), DAY_MICROS);
        }
        if (type instanceof DateType) {
            return Clocks.day(Clocks.date(time).plusMonths(amount).toEpochDay());
        }
        TimestampType timestamp = (TimestampType) type;
        long ticks = timestamp.ticksPerSecond();
        if (!by.months()) {
            return exact(BigInteger.valueOf(amount)
                    .multiply(BigInteger.valueOf(ticks / 1_000_000))
                    .add(BigInteger.valueOf((Long) time)));
        }
        return timestamp.local()
                ? Clocks.ticks(
                        Clocks.zoned(time, ticks, zone).plusMonths(amount).toInstant(), ticks)
                : Clocks.ticks(Clocks.local(time, ticks).plusMonths(amount), ticks);
    }

    // ---- functions

    Optional<Object> call(Expr.Call call, List<Object> values, List<Type> types) {
        String name = call.function().name();
        String kernel = call.function().kernel().method();
        Object first = values.isEmpty() ? null : values.get(0);
        if (kernel.equals("0L")) {
            // A field that the type does not have.
            return Optional.of(0L);
        }
        if (kernel.startsWith("extract")) {
            LocalDateTime time = types.get(0) instanceof DateType
                    ? Clocks.date(first).atStartOfDay()
                    : Clocks.local(first, ticks(types.get(0)));
            return Optional.of(TimeFields.extract(kernel.substring("extract".length()), time));
        }
        if (name.equals("FLOOR") || name.equals("CEIL")) {
            return Optional.of(Clocks.valid(() -> rounded(call, first, types.get(0))));
        }
        if (name.equals("TIMESTAMPADD")) {
            Matcher factor = FACTOR.matcher(call.function().kernel().arguments());
            IntervalType by = new IntervalType(types.get(0).equals(Type.INT));
            if (!factor.find()) {
                throw new Refusal(
                        "TIMESTAMPADD with " + call.function().kernel().arguments());
            }
            Long amount = interval(BigInteger.valueOf((Long) first).multiply(new BigInteger(factor.group(1))), by);
            return Optional.of(Clocks.valid(() -> moved(values.get(1), types.get(1), amount, by)));
        }
        if (name.equals("TIMESTAMPDIFF")) {
            long ticks = ticks(types.get(0));
            return Optional.of(Clocks.valid(() -> TimeFields.difference(
                    kernel.substring("difference".length()),
                    Clocks.local(first, ticks),
                    Clocks.local(values.get(1), ticks))));
        }
        return values.isEmpty() ? now(name) : new TimeTexts(zone).call(name, values, types);
    }

    private static long ticks(Type type) {
        return type instanceof TimestampType timestamp ? timestamp.ticksPerSecond() : 1_000_000;
    }

    private Object rounded(Expr.Call call, Object value, Type type) {
        String kernel =
                call.function().kernel().method() + call.function().kernel().arguments();
        boolean up = call.function().name().equals("CEIL");
        Matcher unit = Pattern.compile("(?:truncate|ceil)([A-Z][a-z]+)").matcher(kernel);
        if (!unit.find()) {
            throw new Refusal("rounding with " + kernel);
        }
        if (type instanceof DateType) {
            LocalDateTime start =
                    TimeFields.rounded(up, unit.group(1), Clocks.date(value).atStartOfDay());
            return Clocks.day(start.toLocalDate().toEpochDay());
        }
        TimestampType timestamp = (TimestampType) type;
        long ticks = timestamp.ticksPerSecond();
        if (!timestamp.local()) {
            return Clocks.ticks(TimeFields.rounded(up, unit.group(1), Clocks.local(value, ticks)), ticks);
        }
        ZonedDateTime zoned = Clocks.zoned(value, ticks, zone);
        LocalDateTime start = TimeFields.rounded(up, unit.group(1), zoned.toLocalDateTime());
        return Clocks.ticks(
                ZonedDateTime.ofLocal(start, zone, zoned.getOffset()).toInstant(), ticks);
    }

    private Optional<Object> now(String name) {
        LocalDateTime local = Clocks.zoned(nowMicros, 1_000_000, zone).toLocalDateTime();
        return switch (name) {
            case "NOW", "CURRENT_TIMESTAMP" -> Optional.of(nowMicros);
            case "PROCTIME" -> Optional.of(Math.floorDiv(nowMicros, 1_000) * 1_000);
            case "LOCALTIMESTAMP" -> Optional.of(Clocks.ticks(local, 1_000_000));
            case "CURRENT_DATE" -> Optional.of(local.toLocalDate().toEpochDay());
            case "CURRENT_TIME", "LOCALTIME" -> Optional.of(local.toLocalTime().toNanoOfDay() / 1000);
            case "UNIX_TIMESTAMP" -> Optional.of(Math.floorDiv(nowMicros, 1_000_000L));
            default -> Optional.empty();
        };
    }

    /** Seconds, or a part of one with so many digits, since 1970. */
    static Long fromEpoch(long count, int digits) {
        return Numbers.bigint(BigDecimal.valueOf(count)
                .movePointLeft(digits)
                .movePointRight(6)
                .setScale(0, java.math.RoundingMode.FLOOR)
                .toBigIntegerExact());
    }
}
