package io.leat.compiler.function;

import io.leat.compiler.type.Types;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import io.leat.runtime.type.Type.BooleanType;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.FloatType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.IntervalType;
import io.leat.runtime.type.Type.NullType;
import io.leat.runtime.type.Type.RowType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.type.Type.VarbinaryType;
import io.leat.runtime.type.Type.VarcharType;
import java.util.Optional;

/** What kind of argument a function takes, and which type the argument then gets. */
public enum Parameter {
    BOOLEAN("BOOLEAN"),
    /** An integer of up to 32 bits, as INT. */
    INT("INT"),
    /** Any integer, as BIGINT. */
    BIGINT("BIGINT"),
    /** Any number, as DOUBLE. */
    DOUBLE("DOUBLE"),
    /** Any number, as it is. */
    NUMBER("a number"),
    TEXT("VARCHAR"),
    BINARY("VARBINARY"),
    DATE("DATE"),
    TIME("TIME"),
    /** A timestamp without zone, as it is. */
    TIMESTAMP("TIMESTAMP"),
    /** A timestamp with zone, as it is. */
    INSTANT("TIMESTAMP_LTZ"),
    MONTHS("INTERVAL YEAR TO MONTH"),
    MICROS("INTERVAL DAY TO SECOND"),
    /** An array of any type, as it is. */
    ARRAY("ARRAY"),
    /** An element of an array before it, which comes as an array that has it alone. */
    ELEMENT("an element"),
    ANY("a value");

    private final String title;

    Parameter(String title) {
        this.title = title;
    }

    /** As named in messages. */
    public String title() {
        return title;
    }

    /** The type that an argument of this type gets; empty if it is not taken. */
    Optional<Type> accept(Type given) {
        if (given instanceof NullType && this != ANY) {
            return Optional.of(nullType());
        }
        boolean taken = switch (this) {
            case BOOLEAN -> given instanceof BooleanType;
            case INT -> given instanceof IntegerType integer && integer.bits() <= 32;
            case BIGINT -> given instanceof IntegerType;
            case DOUBLE, NUMBER -> Types.isNumeric(given);
            case TEXT -> given instanceof VarcharType;
            case BINARY -> given instanceof VarbinaryType;
            case DATE -> given instanceof DateType;
            case TIME -> given instanceof TimeType;
            case TIMESTAMP -> given instanceof TimestampType timestamp && !timestamp.local();
            case INSTANT -> given instanceof TimestampType timestamp && timestamp.local();
            case MONTHS -> given instanceof IntervalType interval && interval.months();
            case MICROS -> given instanceof IntervalType interval && !interval.months();
            case ARRAY, ELEMENT -> given instanceof ArrayType;
            case ANY -> !(given instanceof RowType);
        };
        if (!taken) {
            return Optional.empty();
        }
        return Optional.of(
                switch (this) {
                    case INT -> Type.INT;
                    case BIGINT -> Type.BIGINT;
                    case DOUBLE -> given instanceof FloatType && given.equals(Type.DOUBLE) ? given : Type.DOUBLE;
                    case TEXT -> Type.VARCHAR;
                    case ANY -> given instanceof NullType ? Type.VARCHAR : given;
                    default -> given;
                });
    }

    /** The type that a bare NULL gets. */
    private Type nullType() {
        return switch (this) {
            case BOOLEAN -> Type.BOOLEAN;
            case INT -> Type.INT;
            case BIGINT, NUMBER -> Type.BIGINT;
            case DOUBLE -> Type.DOUBLE;
            case TEXT, ANY -> Type.VARCHAR;
            case BINARY -> Type.VARBINARY;
            case DATE -> Type.DATE;
            case TIME -> new TimeType(TimeType.MAX_PRECISION);
            case TIMESTAMP -> new TimestampType(TimestampType.MAX_MICROS_PRECISION, false);
            case INSTANT -> new TimestampType(TimestampType.MAX_MICROS_PRECISION, true);
            case MONTHS -> Type.INTERVAL_MONTHS;
            case MICROS -> Type.INTERVAL_MICROS;
            case ARRAY, ELEMENT -> new ArrayType(Type.VARCHAR);
        };
    }
}
