package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Type;

/** Writes code that puts values into a batch, leaf by leaf. */
final class BatchWriter {
    private final String batch;
    private final String row;
    private int leaf;

    /**
     * @param batch the variable that holds the batch
     * @param row the variable that holds the number of the row to write
     */
    BatchWriter(String batch, String row) {
        this.batch = batch;
        this.row = row;
    }

    /** Leaves some leaves to others. */
    void skip(int leaves) {
        leaf += leaves;
    }

    /** Puts a value into the next leaves. */
    void put(Fragment value, Block block) {
        String column = batch + ".column(" + leaf++ + ")";
        String putNull = column + ".putNull(" + row + ");";
        if (value.alwaysNull()) {
            block.line(putNull);
        } else if (value.neverNull()) {
            block.line(column + "." + put(value) + ";");
        } else {
            Code.Branch branch = block.choose(value.isNull());
            branch.body().line(putNull);
            branch.otherwise().line(column + "." + put(value) + ";");
        }
        value.fields().forEach(field -> put(field, block));
    }

    private String put(Fragment value) {
        Type type = value.type();
        if (type instanceof Type.DecimalType) {
            return "putDecimal(" + row + ", " + value.arguments() + ")";
        }
        Physical physical = type.physical();
        String method = switch (physical) {
            case BOOL -> "putBoolean";
            case INT8 -> "putByte";
            case INT16 -> "putShort";
            case INT32 -> "putInt";
            case FLOAT32 -> "putFloat";
            case FLOAT64 -> "putDouble";
            case BYTES -> "putBytes";
            case ROW -> "putPresent";
            default -> "putLong";
        };
        return physical == Physical.ROW
                ? "putPresent(" + row + ")"
                : method + "(" + row + ", " + value.arguments() + ")";
    }
}
