package io.leat.runtime.state;

import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Type;
import java.util.List;

/**
 * Where the parts of a table entry stand, in bytes from its start. Planned by the compiler, printed by EXPLAIN, written as
 * constants into generated code.
 *
 * <p>An entry is {@code hash (8), flags (4), ordinal of the next entry with the same key or 0 (4), NULL bits, keys, columns or
 * accumulators}.
 * Text and bytes take a slot of eight bytes: a place in the table's {@link ByteArena} and a length.
 *
 * @param keys what identifies an entry
 * @param columns what else a static table knows under a key
 * @param accumulators what an aggregate keeps for a group
 * @param width bytes of an entry, a multiple of eight
 */
public record TableLayout(
        List<ColumnSlot> keys, List<ColumnSlot> columns, List<AccumulatorSlot> accumulators, int width) {
    public static final int HASH = 0;
    public static final int FLAGS = 8;
    public static final int NEXT = 12;
    /** Where NULL bits begin. */
    public static final int HEADER = 16;

    /** Flag: differs from what the store has. */
    public static final int DIRTY = 1;
    /** Flag: the store has this key. */
    public static final int STORED = 2;
    /** Flag: the last snapshot has this key. */
    public static final int SAVED = 4;
    /** Flag: differs from what the last snapshot has. */
    public static final int CHANGED = 8;

    public TableLayout {
        keys = List.copyOf(keys);
        columns = List.copyOf(columns);
        accumulators = List.copyOf(accumulators);
    }

    /**
     * A column in an entry.
     *
     * @param offset in bytes from the start of the entry
     * @param nullBit counts from the start of the entry, in bits; -1 if the column is never NULL
     */
    public record ColumnSlot(String name, Type type, int offset, int nullBit) {
        public boolean isBytes() {
            return type.physical() == Physical.BYTES;
        }
    }

    /**
     * The state of one aggregate function. All bytes zero is its state before the first row.
     *
     * @param bytesAt offsets, from the start of the entry, of the slots within it that point into the arena
     */
    public record AccumulatorSlot(String name, int offset, int width, List<Integer> bytesAt) {
        public AccumulatorSlot {
            bytesAt = List.copyOf(bytesAt);
        }
    }

    /** Where accumulators begin; up to here an entry is header, key and columns. */
    public int accumulatorsOffset() {
        return accumulators.isEmpty() ? width : accumulators.get(0).offset();
    }
}
