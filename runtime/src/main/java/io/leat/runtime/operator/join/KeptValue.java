package io.leat.runtime.operator.join;

import io.leat.runtime.memory.Memory;

/**
 * What a join knows of a row that is kept, beside its key: its weight, the weight of its partners, and where in the key its bytes begin.
 */
final class KeptValue {
    static final int BYTES = 8 + 8 + 4;

    private KeptValue() {}

    static long weight(long value) {
        return Memory.getLong(value);
    }

    static long partners(long value) {
        return Memory.getLong(value + 8);
    }

    static int rowOffset(long value) {
        return Memory.getInt(value + 16);
    }

    static void write(long value, long weight, long partners, int rowOffset) {
        Memory.putLong(value, weight);
        partners(value, partners);
        Memory.putInt(value + 16, rowOffset);
    }

    static void partners(long value, long partners) {
        Memory.putLong(value + 8, partners);
    }
}
