package io.leat.compiler.codegen;

import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.TimeType;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.type.Type.VarbinaryType;
import io.leat.runtime.type.Type.VarcharType;

/** The calls with which decoders read values, which have the same names for JSON and CSV. */
final class DecoderReads {
    private DecoderReads() {}

    /** A call that reads a value of a plain type into a leaf. {@code column} is the field that holds the leaf's column. */
    static String read(String address, Type type, String column, int leaf) {
        String common = "(" + address + ", row, " + column + ", " + leaf;
        if (type instanceof DecimalType decimal) {
            String method = type.physical() == Physical.INT128 ? "readInt128" : "readDecimal";
            return method + common + ", " + decimal.precision() + ", " + decimal.scale() + ")";
        }
        if (type instanceof VarcharType text) {
            boolean unbounded = text.length() == VarcharType.UNBOUNDED;
            return "readText" + common + ", " + (unbounded ? "Integer.MAX_VALUE" : text.length()) + ")";
        }
        if (type instanceof VarbinaryType) {
            return "readBinary" + common + ")";
        }
        if (type instanceof ArrayType) {
            return "readArray" + common + ")";
        }
        if (type instanceof DateType) {
            return "readDate" + common + ")";
        }
        if (type instanceof TimeType time) {
            return "readTime" + common + ", " + time.precision() + ")";
        }
        if (type instanceof TimestampType timestamp) {
            return (timestamp.local() ? "readInstant" : "readTimestamp") + common + ", " + timestamp.precision() + ")";
        }
        return "read" + JavaTypes.suffix(type.physical()) + common + ")";
    }
}
