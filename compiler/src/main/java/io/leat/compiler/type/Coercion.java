package io.leat.compiler.type;

import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.FloatType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.NullType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.type.Type.VarcharType;
import java.util.Optional;

/**
 * What values of different types become when they meet without a cast: numbers widen (integer to decimal to floating point),
 * dates become timestamps, timestamps without zone are read in the zone of the job. Text never turns into anything by itself;
 * only a literal does, which the binder reads as a literal of the other type.
 */
public final class Coercion {
    private Coercion() {}

    /** The type that both become when they are compared, united or alternatives of each other. */
    public static Optional<Type> common(Type left, Type right) {
        if (left.equals(right) || right instanceof NullType) {
            return Optional.of(left);
        }
        if (left instanceof NullType) {
            return Optional.of(right);
        }
        if (Types.isNumeric(left) && Types.isNumeric(right)) {
            return Optional.of(commonNumber(left, right));
        }
        if (left instanceof VarcharType && right instanceof VarcharType) {
            return Optional.of(Type.VARCHAR);
        }
        if (left instanceof TimeType a && right instanceof TimeType b) {
            return Optional.of(a.precision() >= b.precision() ? a : b);
        }
        if (left instanceof TimestampType a && right instanceof TimestampType b) {
            return Optional.of(new TimestampType(Math.max(a.precision(), b.precision()), a.local() || b.local()));
        }
        if (left instanceof DateType && right instanceof TimestampType) {
            return Optional.of(right);
        }
        if (left instanceof TimestampType && right instanceof DateType) {
            return Optional.of(left);
        }
        if (left instanceof ArrayType a && right instanceof ArrayType b) {
            return common(a.element(), b.element()).map(ArrayType::new);
        }
        return Optional.empty();
    }

    private static Type commonNumber(Type left, Type right) {
        if (left instanceof FloatType || right instanceof FloatType) {
            boolean bothReal = left.equals(Type.REAL) && right.equals(Type.REAL);
            return bothReal ? Type.REAL : Type.DOUBLE;
        }
        if (left instanceof IntegerType a && right instanceof IntegerType b) {
            return a.bits() >= b.bits() ? a : b;
        }
        DecimalType a = Types.decimalOf(left);
        DecimalType b = Types.decimalOf(right);
        int scale = Math.max(a.scale(), b.scale());
        int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        // Where 38 digits do not hold both, whole digits go first: a value that then does not fit fails, it is never
        // rounded.
        return new DecimalType(Math.min(whole + scale, DecimalType.MAX_PRECISION), scale);
    }

    /**
     * Whether a value of one type may be written to a column of the other although it does not widen to it: the number is the same, or
     * the row fails; of a time only digits behind the column's last one are cut off.
     */
    public static boolean isAssignable(Type from, Type to) {
        if (from instanceof IntegerType) {
            return to instanceof IntegerType || to instanceof DecimalType;
        }
        if (from instanceof DecimalType a && to instanceof DecimalType b) {
            return b.scale() >= a.scale();
        }
        if (from instanceof TimestampType a && to instanceof TimestampType b) {
            return b.local() || !a.local();
        }
        if (from instanceof ArrayType a && to instanceof ArrayType b) {
            return common(a.element(), b.element()).filter(b.element()::equals).isPresent()
                    || isAssignable(a.element(), b.element());
        }
        return from instanceof DateType && to instanceof TimestampType
                || from instanceof TimeType && to instanceof TimeType;
    }
}
