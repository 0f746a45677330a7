package io.leat.runtime.connector.datagen;

import io.leat.runtime.kernel.Hashing;

/**
 * Random numbers that are looked up rather than made one from the other: those of a row depend on the seed, the partition, the
 * column and the row only. The numbers are hashes, and hashes never change. One per column.
 */
final class Draws {
    private final long base;
    private long state;

    Draws(long seed, int partition, String column) {
        long place = Hashing.combine(Hashing.hashInt64(seed), partition);
        this.base = Hashing.combine(place, column.hashCode());
    }

    /** Goes to the numbers of this row. */
    Draws at(long row) {
        state = Hashing.combine(base, row);
        return this;
    }

    /** Any 64 bits. */
    long bits() {
        state++;
        return Hashing.hashInt64(state);
    }

    /** From 0 (included) to 1 (excluded). */
    double unit() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    /** From 0 to {@code last}, both included; {@code last} is unsigned. */
    long upTo(long last) {
        return last == -1 ? bits() : Long.remainderUnsigned(bits(), last + 1);
    }

    boolean chance(double share) {
        return share > 0 && unit() < share;
    }
}
