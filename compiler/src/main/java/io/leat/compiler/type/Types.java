package io.leat.compiler.type;

import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.FloatType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.NullType;
import io.leat.runtime.type.Type.RowType;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.type.Type.VarbinaryType;
import io.leat.runtime.type.Type.VarcharType;

/** Families of types. */
public final class Types {
    private Types() {}

    public static boolean isNumeric(Type type) {
        return type instanceof IntegerType || type instanceof FloatType || type instanceof DecimalType;
    }

    public static boolean isInteger(Type type) {
        return type instanceof IntegerType;
    }

    public static boolean isText(Type type) {
        return type instanceof VarcharType;
    }

    public static boolean isBytes(Type type) {
        return type instanceof VarcharType || type instanceof VarbinaryType;
    }

    public static boolean isTimestamp(Type type) {
        return type instanceof TimestampType;
    }

    /** Whether values can be told apart and put in order: all but rows. */
    public static boolean isComparable(Type type) {
        return !(type instanceof RowType);
    }

    /** The type in a form that a column can have: what is nothing but NULL becomes text. */
    public static Type settled(Type type) {
        if (type instanceof ArrayType array) {
            return new ArrayType(settled(array.element()));
        }
        return type instanceof NullType ? Type.VARCHAR : type;
    }

    /** An integer as the decimal that holds all its values. */
    public static DecimalType decimalOf(Type type) {
        return type instanceof IntegerType integer ? new DecimalType(integer.digits(), 0) : (DecimalType) type;
    }
}
