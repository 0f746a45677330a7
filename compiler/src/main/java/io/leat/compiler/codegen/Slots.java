package io.leat.compiler.codegen;

import io.leat.runtime.state.TableLayout.ColumnSlot;
import io.leat.runtime.type.Type;
import java.util.List;

/** Writes code that reads and writes columns of table entries. */
final class Slots {
    private Slots() {}

    /** A Java expression that is true if the column of the entry is NULL. */
    static String nullTest(ColumnSlot slot, String entry) {
        return "(Memory.getByte(" + plus(entry, slot.nullBit() >>> 3) + ") & " + (1 << (slot.nullBit() & 7)) + ") != 0";
    }

    /** Java expressions for the parts of a column's value. */
    static List<String> read(ColumnSlot slot, String entry, String arena) {
        String at = plus(entry, slot.offset());
        return switch (slot.type().physical()) {
            case BOOL -> List.of("Memory.getByte(" + at + ") != 0");
            case INT8 -> List.of("(int) Memory.getByte(" + at + ")");
            case INT16 -> List.of("(int) Memory.getShort(" + at + ")");
            case INT32 -> List.of("Memory.getInt(" + at + ")");
            case INT64 -> List.of("Memory.getLong(" + at + ")");
            case FLOAT32 -> List.of("Memory.getFloat(" + at + ")");
            case FLOAT64 -> List.of("Memory.getDouble(" + at + ")");
            case INT128 ->
                List.of("Memory.getLong(" + plus(entry, slot.offset() + 8) + ")", "Memory.getLong(" + at + ")");
            case BYTES ->
                List.of(
                        arena + ".address(Memory.getInt(" + at + "))",
                        "Memory.getInt(" + plus(entry, slot.offset() + 4) + ")");
            case ROW -> List.of();
        };
    }

    /** Statements that write a value that is not NULL. */
    static void write(ColumnSlot slot, String entry, String arena, Fragment value, Code.Block block) {
        String at = plus(entry, slot.offset());
        switch (slot.type().physical()) {
            case BOOL -> block.line("Memory.putByte(" + at + ", (byte) (" + value.value() + " ? 1 : 0));");
            case INT8 -> block.line("Memory.putByte(" + at + ", (byte) " + value.value() + ");");
            case INT16 -> block.line("Memory.putShort(" + at + ", (short) " + value.value() + ");");
            case INT32 -> block.line("Memory.putInt(" + at + ", " + value.value() + ");");
            case INT64 -> block.line("Memory.putLong(" + at + ", " + value.value() + ");");
            case FLOAT32 -> block.line("Memory.putFloat(" + at + ", " + value.value() + ");");
            case FLOAT64 -> block.line("Memory.putDouble(" + at + ", " + value.value() + ");");
            case INT128 -> {
                block.line("Memory.putLong(" + at + ", " + value.low() + ");");
                block.line("Memory.putLong(" + plus(entry, slot.offset() + 8) + ", " + value.high() + ");");
            }
            case BYTES -> {
                block.line("Memory.putInt(" + at + ", " + arena + ".add(" + value.arguments() + "));");
                block.line("Memory.putInt(" + plus(entry, slot.offset() + 4) + ", " + value.length() + ");");
            }
            case ROW -> {}
        }
    }

    /** Statements that write a value that may be NULL. */
    static void writeNullable(ColumnSlot slot, String entry, String arena, Fragment value, Code.Block block) {
        if (value.neverNull()) {
            write(slot, entry, arena, value, block);
            return;
        }
        String bits = plus(entry, slot.nullBit() >>> 3);
        String setNull = "Memory.putByte(" + bits + ", (byte) (Memory.getByte(" + bits + ") | "
                + (1 << (slot.nullBit() & 7)) + "));";
        if (value.alwaysNull()) {
            block.line(setNull);
            return;
        }
        Code.Branch branch = block.choose(value.isNull());
        branch.body().line(setNull);
        write(slot, entry, arena, value, branch.otherwise());
    }

    static String plus(String entry, int offset) {
        return offset == 0 ? entry : entry + " + " + offset + "L";
    }

    /** The parameters under which a value of this type is passed, e.g. {@code long key0at, int key0bytes}. */
    static String parameters(Type type, boolean nullable, String name) {
        String value = switch (type.physical()) {
            case BYTES -> "long " + name + "at, int " + name + "bytes";
            case INT128 -> "long " + name + "high, long " + name + "low";
            default -> JavaTypes.of(type.physical()) + " " + name;
        };
        return nullable ? value + ", boolean " + name + "null" : value;
    }

    /** The parameters of {@link #parameters} as a value. */
    static Fragment parameter(Type type, boolean nullable, String name) {
        String isNull = nullable ? name + "null" : Fragment.NEVER;
        return switch (type.physical()) {
            case BYTES -> Fragment.bytes(type, name + "at", name + "bytes", isNull);
            case INT128 -> Fragment.wide(type, name + "high", name + "low", isNull);
            default -> Fragment.of(type, name, isNull);
        };
    }

    /** A value as arguments for {@link #parameters}. */
    static String arguments(Fragment value, boolean nullable) {
        String isNull = value.neverNull() ? "false" : value.isNull();
        return nullable ? value.arguments() + ", " + isNull : value.arguments();
    }
}
