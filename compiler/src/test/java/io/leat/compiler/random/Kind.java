package io.leat.compiler.random;

import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.TimestampType;

/** Families of types: what operations there are for a value. */
enum Kind {
    WHOLE,
    EXACT,
    REAL,
    TEXT,
    TRUTH,
    DAY,
    TIME;

    static Kind of(Type type) {
        if (type instanceof Type.IntegerType) {
            return WHOLE;
        }
        if (type instanceof Type.DecimalType) {
            return EXACT;
        }
        if (type instanceof Type.FloatType) {
            return REAL;
        }
        if (type instanceof Type.VarcharType) {
            return TEXT;
        }
        if (type instanceof Type.BooleanType) {
            return TRUTH;
        }
        return type instanceof TimestampType ? TIME : DAY;
    }
}
