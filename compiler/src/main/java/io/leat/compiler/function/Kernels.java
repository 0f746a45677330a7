package io.leat.compiler.function;

import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DecimalType;

/** How the names of kernels follow from types. */
public final class Kernels {
    private Kernels() {}

    /** The ending of a kernel's name for a number of this type: {@code Int64}, {@code Float64}, {@code Decimal}, {@code Int128} … */
    public static String suffix(Type type) {
        if (type instanceof DecimalType) {
            return type.physical() == Physical.INT128 ? "Int128" : "Decimal";
        }
        return switch (type.physical()) {
            case BOOL -> "Boolean";
            case INT8 -> "Int8";
            case INT16 -> "Int16";
            case INT32 -> "Int32";
            case INT64 -> "Int64";
            case FLOAT32 -> "Float32";
            case FLOAT64 -> "Float64";
            case INT128, BYTES, ROW -> throw new IllegalArgumentException("no number: " + type.sql());
        };
    }

    /** The class with the arithmetic of numbers of this type. */
    public static String arithmetic(Type type) {
        if (type instanceof DecimalType) {
            return type.physical() == Physical.INT128 ? "Int128" : "Decimals";
        }
        return "Arithmetic";
    }
}
