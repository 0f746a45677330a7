package io.leat.compiler.explain;

import io.leat.compiler.expr.ByteText;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.IntervalType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** Literals as they stand in a query. */
final class LiteralText {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    private LiteralText() {}

    static String of(Literal literal) {
        if (literal.isNull()) {
            return "NULL";
        }
        Object value = literal.value();
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof ByteText bytes) {
            return "X'" + bytes + "'";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value instanceof Long number
                ? number(number, literal.type())
                : value.toString().toUpperCase(Locale.ROOT);
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted.append(c == '\'' ? "''" : Character.isISOControl(c) ? String.format("\\u%04x", (int) c) : c);
        }
        return quoted.append('\'').toString();
    }

    private static String number(long number, Type type) {
        if (type instanceof DateType) {
            return "DATE '" + LocalDate.ofEpochDay(number) + "'";
        }
        if (type instanceof TimeType) {
            return "TIME '" + LocalTime.ofNanoOfDay(number * NANOS_PER_MICRO) + "'";
        }
        if (type instanceof TimestampType timestamp) {
            long perSecond = timestamp.ticksPerSecond();
            Instant instant = Instant.ofEpochSecond(
                    Math.floorDiv(number, perSecond),
                    Math.floorMod(number, perSecond) * (NANOS_PER_SECOND / perSecond));
            return timestamp.local()
                    ? "TIMESTAMP_LTZ '" + instant + "'"
                    : "TIMESTAMP '" + LocalDateTime.ofInstant(instant, ZoneOffset.UTC) + "'";
        }
        if (type instanceof IntervalType interval) {
            return interval.months() ? "INTERVAL '" + number + "' MONTH" : "INTERVAL '" + Durations.text(number) + "'";
        }
        return Long.toString(number);
    }
}
