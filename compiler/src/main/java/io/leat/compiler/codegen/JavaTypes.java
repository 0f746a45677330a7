package io.leat.compiler.codegen;

import io.leat.runtime.type.Physical;

/** How machine forms of values are spelled in Java. */
final class JavaTypes {
    private JavaTypes() {}

    /** The type of a variable with a value of one part. */
    static String of(Physical physical) {
        return switch (physical) {
            case BOOL -> "boolean";
            case INT8, INT16, INT32 -> "int";
            case INT64 -> "long";
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case INT128, BYTES, ROW -> throw new IllegalArgumentException("no single variable holds " + physical);
        };
    }

    /** The value of a variable that has none yet. */
    static String zero(Physical physical) {
        return switch (physical) {
            case BOOL -> "false";
            case INT8, INT16, INT32 -> "0";
            case INT64 -> "0L";
            case FLOAT32 -> "0.0F";
            case FLOAT64 -> "0.0D";
            case INT128, BYTES, ROW -> throw new IllegalArgumentException("no single variable holds " + physical);
        };
    }

    /** The ending of a kernel's name for values of this form, e.g. {@code Int64}. */
    static String suffix(Physical physical) {
        return switch (physical) {
            case BOOL -> "Boolean";
            case INT8 -> "Int8";
            case INT16 -> "Int16";
            case INT32 -> "Int32";
            case INT64 -> "Int64";
            case INT128 -> "Int128";
            case FLOAT32 -> "Float32";
            case FLOAT64 -> "Float64";
            case BYTES -> "Bytes";
            case ROW -> "Row";
        };
    }

    static String literal(long value) {
        return value == Long.MIN_VALUE ? "Long.MIN_VALUE" : value + "L";
    }

    static String literal(int value) {
        return value == Integer.MIN_VALUE ? "Integer.MIN_VALUE" : Integer.toString(value);
    }
}
