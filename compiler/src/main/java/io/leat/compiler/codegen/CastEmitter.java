package io.leat.compiler.codegen;

import io.leat.compiler.codegen.CallEmitter.Invocation;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.function.Kernels;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Type;
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

/** Writes casts. A cast is one call of a kernel, or nothing where both types have the same form. */
final class CastEmitter {
    private final ExpressionEmitter expressions;
    private final Scope scope;

    /** How a cast is computed: a Java expression, or a method that leaves its result somewhere. */
    private record Way(String target, String arguments) {
        static Way same() {
            return new Way("", "");
        }

        static Way of(String target, String arguments) {
            return new Way(target, arguments);
        }

        static Way value(String expression) {
            return new Way("", expression);
        }

        boolean isSame() {
            return target.isEmpty() && arguments.isEmpty();
        }
    }

    CastEmitter(ExpressionEmitter expressions, Scope scope) {
        this.expressions = expressions;
        this.scope = scope;
    }

    Fragment cast(Expr.Cast expr, Fragment value, boolean canFail) {
        Way way = way(value, value.type(), expr.type());
        if (way.isSame()) {
            return value.withType(expr.type());
        }
        Invocation call = new Invocation(expr, expr.type(), way.target(), way.arguments(), canFail, false);
        if (expr.orNull() && canFail) {
            return orNull(call, value);
        }
        // Behind a NULL stands anything. A plain Java conversion takes it; for a kernel it may be no value of the type.
        boolean guarded = !value.neverNull() && (canFail || !way.target().isEmpty());
        return new CallEmitter(expressions, scope).invoke(call, value.isNull(), guarded);
    }

    /** A cast that is NULL where it fails. */
    private Fragment orNull(Invocation call, Fragment value) {
        Fragment result = expressions.variables(call.type(), true, "true", scope);
        Scope present = value.neverNull() ? scope : scope.inside(scope.block().when("!" + value.isNull()));
        Code.Attempt attempt = present.block().attempt();
        Scope inner = present.inside(attempt.body());
        Invocation unfailing =
                new Invocation(call.at(), call.type(), call.target(), call.arguments(), false, call.mayYieldNull());
        Fragment computed = new CallEmitter(expressions, inner).invoke(unfailing, Fragment.NEVER, false);
        expressions.assign(result, computed, inner);
        return result;
    }

    private Way way(Fragment value, Type from, Type to) {
        if (to instanceof VarcharType text) {
            return toText(value, from, text);
        }
        if (from instanceof VarcharType) {
            return fromText(value, to);
        }
        if (to instanceof BooleanType) {
            return from instanceof BooleanType ? Way.same() : Way.of("Casts.int64ToBoolean", value.value());
        }
        if (from instanceof BooleanType) {
            return toInteger(Way.of("Casts.booleanToInt32", value.value()), (IntegerType) to);
        }
        if (to instanceof IntegerType integer) {
            return toInteger(value, from, integer);
        }
        if (to instanceof FloatType real) {
            return toFloat(value, from, real);
        }
        if (to instanceof DecimalType decimal) {
            return toDecimal(value, from, decimal);
        }
        return toTime(value, from, to);
    }

    // ---- text
    // ----------------------------------------------------------------------------------------------------------

    private Way toText(Fragment value, Type from, VarcharType to) {
        String arguments = value.arguments();
        if (from instanceof VarcharType text) {
            return to.length() >= text.length() ? Way.same() : Way.of("Text.truncate", arguments + ", " + to.length());
        }
        if (from instanceof VarbinaryType) {
            return Way.of("Text.fromBinary", arguments);
        }
        if (from instanceof BooleanType) {
            return Way.of("NumberPrinter.booleanToText", arguments);
        }
        if (from instanceof IntegerType) {
            return Way.of("NumberPrinter." + lower(from) + "ToText", arguments);
        }
        if (from instanceof FloatType) {
            return Way.of("FloatPrinter." + lower(from) + "ToText", arguments);
        }
        if (from instanceof DecimalType decimal) {
            return Way.of("NumberPrinter." + lower(from) + "ToText", arguments + ", " + decimal.scale());
        }
        if (from instanceof DateType) {
            return Way.of("TimePrinter.dateToText", arguments);
        }
        if (from instanceof TimeType) {
            return Way.of("TimePrinter.timeToText", arguments);
        }
        if (from instanceof TimestampType timestamp) {
            String ticks = arguments + ", " + timestamp.ticksPerSecond() + "L";
            return timestamp.local()
                    ? Way.of("TimePrinter.instantToText", ticks + ", zone")
                    : Way.of("TimePrinter.timestampToText", ticks);
        }
        boolean months = from instanceof IntervalType interval && interval.months();
        return Way.of(months ? "IntervalPrinter.monthsToText" : "IntervalPrinter.microsToText", arguments);
    }

    private static String lower(Type type) {
        String suffix = Kernels.suffix(type);
        return Character.toLowerCase(suffix.charAt(0)) + suffix.substring(1);
    }

    private Way fromText(Fragment value, Type to) {
        String arguments = value.arguments();
        if (to instanceof VarbinaryType) {
            return Way.same();
        }
        if (to instanceof BooleanType) {
            return Way.of("BooleanParser.toBoolean", arguments);
        }
        if (to instanceof IntegerType) {
            return Way.of("NumberParser.to" + Kernels.suffix(to), arguments);
        }
        if (to instanceof FloatType) {
            return Way.of("FloatParser.to" + Kernels.suffix(to), arguments);
        }
        if (to instanceof DecimalType decimal) {
            return Way.of(
                    "DecimalParser.to" + Kernels.suffix(to),
                    arguments + ", " + decimal.precision() + ", " + decimal.scale());
        }
        if (to instanceof DateType) {
            return Way.of("TimeParser.toDate", arguments);
        }
        if (to instanceof TimeType time) {
            return Way.of("TimeParser.toTime", arguments + ", " + time.precision());
        }
        TimestampType timestamp = (TimestampType) to;
        return timestamp.local()
                ? Way.of("TimeParser.toInstant", arguments + ", " + timestamp.precision() + ", zone")
                : Way.of("TimeParser.toTimestamp", arguments + ", " + timestamp.precision());
    }

    // ---- numbers
    // -------------------------------------------------------------------------------------------------------

    private Way toInteger(Fragment value, Type from, IntegerType to) {
        if (from instanceof IntegerType narrow) {
            if (narrow.bits() > to.bits()) {
                return Way.of("Casts.int64To" + Kernels.suffix(to), value.value());
            }
            // Up to 32 bits an integer is a Java int, and a wider one takes it as it is.
            return narrow.bits() <= 32 && to.bits() == 64 ? Way.value("(long) " + value.value()) : Way.same();
        }
        if (from instanceof FloatType) {
            return Way.of("Casts.float64To" + Kernels.suffix(to), value.value());
        }
        DecimalType decimal = (DecimalType) from;
        return Way.of(
                "DecimalCasts." + lower(from) + "To" + Kernels.suffix(to), value.arguments() + ", " + decimal.scale());
    }

    private Way toInteger(Way bit, IntegerType to) {
        return to.bits() == 64 ? Way.value("(long) " + bit.target() + "(" + bit.arguments() + ")") : bit;
    }

    private Way toFloat(Fragment value, Type from, FloatType to) {
        if (from instanceof FloatType real) {
            if (real.bits() == to.bits()) {
                return Way.same();
            }
            return to.bits() == 64
                    ? Way.value("(double) " + value.value())
                    : Way.of("Casts.float64ToFloat32", value.value());
        }
        if (from instanceof IntegerType) {
            return Way.value((to.bits() == 64 ? "(double) " : "(float) ") + value.value());
        }
        DecimalType decimal = (DecimalType) from;
        return Way.of(
                "DecimalCasts." + lower(from) + "To" + Kernels.suffix(to), value.arguments() + ", " + decimal.scale());
    }

    private Way toDecimal(Fragment value, Type from, DecimalType to) {
        String size = ", " + to.precision() + ", " + to.scale();
        if (from instanceof IntegerType) {
            return Way.of("DecimalCasts.int64To" + Kernels.suffix(to), value.value() + size);
        }
        if (from instanceof FloatType) {
            return Way.of("DecimalCasts." + lower(from) + "To" + Kernels.suffix(to), value.value() + size);
        }
        DecimalType decimal = (DecimalType) from;
        boolean wideFrom = from.physical() == Physical.INT128;
        boolean wideTo = to.physical() == Physical.INT128;
        if (decimal.scale() == to.scale() && decimal.precision() <= to.precision() && wideFrom == wideTo) {
            return Way.same();
        }
        String arguments = value.arguments() + ", " + decimal.scale() + size;
        if (wideFrom) {
            return Way.of(wideTo ? "Int128.rescaleInt128" : "Int128.rescaleInt128ToDecimal", arguments);
        }
        return Way.of(wideTo ? "Int128.rescaleDecimalToInt128" : "Decimals.rescaleDecimal", arguments);
    }

    // ---- dates and times
    // -----------------------------------------------------------------------------------------------

    private Way toTime(Fragment value, Type from, Type to) {
        if (from.equals(to)) {
            return Way.same();
        }
        if (from instanceof DateType && to instanceof TimestampType timestamp) {
            String arguments = value.value() + ", " + ticks(timestamp);
            return timestamp.local()
                    ? Way.of("zone.toInstant", "Timestamps.fromDate(" + arguments + "), " + ticks(timestamp))
                    : Way.of("Timestamps.fromDate", arguments);
        }
        if (from instanceof TimeType && to instanceof TimeType time) {
            return Way.of("Times.toPrecision", value.value() + ", " + time.precision());
        }
        TimestampType timestamp = (TimestampType) from;
        if (to instanceof TimestampType other) {
            return toTimestamp(value.value(), timestamp, other);
        }
        String local =
                timestamp.local() ? "zone.toLocal(" + value.value() + ", " + ticks(timestamp) + ")" : value.value();
        if (to instanceof DateType) {
            return Way.of("Timestamps.toDate", local + ", " + ticks(timestamp));
        }
        String time = "Timestamps.toTime(" + local + ", " + ticks(timestamp) + ")";
        return Way.of("Times.toPrecision", time + ", " + ((TimeType) to).precision());
    }

    private static Way toTimestamp(String value, TimestampType from, TimestampType to) {
        String shifted = value;
        if (from.local() && !to.local()) {
            shifted = "zone.toLocal(" + value + ", " + ticks(from) + ")";
        } else if (!from.local() && to.local()) {
            shifted = "zone.toInstant(" + value + ", " + ticks(from) + ")";
        }
        boolean sameUnit = from.nanos() == to.nanos() && to.precision() >= from.precision();
        if (sameUnit) {
            return shifted.equals(value) ? Way.same() : Way.value(shifted);
        }
        return Way.of("Timestamps.toPrecision", shifted + ", " + ticks(from) + ", " + to.precision());
    }

    private static String ticks(TimestampType type) {
        return type.ticksPerSecond() + "L";
    }
}
