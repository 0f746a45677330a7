package io.leat.compiler.type;

import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import io.leat.runtime.type.Type.BooleanType;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.FloatType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.IntervalType;
import io.leat.runtime.type.Type.NullType;
import io.leat.runtime.type.Type.RowType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.type.Type.VarbinaryType;
import io.leat.runtime.type.Type.VarcharType;

/** Which values {@code CAST} turns into which, and which of these may find no value. */
public final class Casting {
    private Casting() {}

    /** Whether {@code CAST(from AS to)} exists. */
    public static boolean exists(Type from, Type to) {
        if (from.equals(to) || from instanceof NullType) {
            return true;
        }
        if (from instanceof RowType || to instanceof RowType) {
            return false;
        }
        if (from instanceof ArrayType array && (to instanceof ArrayType || to instanceof VarcharType)) {
            return exists(array.element(), to instanceof ArrayType wanted ? wanted.element() : to);
        }
        if (from instanceof ArrayType || to instanceof ArrayType) {
            return false;
        }
        if (to instanceof VarcharType) {
            return true;
        }
        if (from instanceof VarcharType) {
            return !(to instanceof IntervalType);
        }
        if (Types.isNumeric(from)) {
            return Types.isNumeric(to) || to instanceof BooleanType && from instanceof IntegerType;
        }
        if (from instanceof BooleanType) {
            return to instanceof IntegerType;
        }
        if (from instanceof DateType) {
            return to instanceof TimestampType;
        }
        if (from instanceof TimestampType) {
            return to instanceof TimestampType || to instanceof DateType || to instanceof TimeType;
        }
        if (from instanceof TimeType) {
            return to instanceof TimeType;
        }
        return from instanceof IntervalType interval && to instanceof IntervalType other && interval.equals(other);
    }

    /** Whether a cast that exists may find no value for some input. */
    public static boolean canFail(Type from, Type to) {
        if (from.equals(to) || from instanceof NullType) {
            return false;
        }
        if (from instanceof ArrayType array) {
            return canFail(array.element(), to instanceof ArrayType wanted ? wanted.element() : to);
        }
        if (to instanceof VarcharType) {
            return from instanceof VarbinaryType;
        }
        if (from instanceof VarcharType) {
            return !(to instanceof VarbinaryType);
        }
        if (Types.isNumeric(from) && Types.isNumeric(to)) {
            return !widens(from, to);
        }
        if (from instanceof TimestampType timestamp && to instanceof TimestampType other) {
            return other.nanos() && !timestamp.nanos() || timestamp.local() != other.local();
        }
        return from instanceof DateType && to instanceof TimestampType timestamp && timestamp.nanos();
    }

    /** Whether every number of one type is a number of the other, up to the rounding of floating-point numbers. */
    private static boolean widens(Type from, Type to) {
        if (to instanceof FloatType wide) {
            return !(from instanceof FloatType narrow) || narrow.bits() <= wide.bits();
        }
        if (from instanceof IntegerType narrow) {
            return to instanceof IntegerType wide
                    ? narrow.bits() <= wide.bits()
                    : to instanceof DecimalType decimal && decimal.precision() - decimal.scale() >= narrow.digits();
        }
        return from instanceof DecimalType narrow
                && to instanceof DecimalType wide
                && wide.scale() >= narrow.scale()
                && wide.precision() - wide.scale() >= narrow.precision() - narrow.scale();
    }
}
