package io.leat.runtime.aggregate;

import io.leat.runtime.memory.Memory;

/** {@code COUNT}: how many values were added. */
public final class Count {
    private Count() {}

    public static void add(long state) {
        Memory.putLong(state, Memory.getLong(state) + 1);
    }

    public static void add(long state, boolean ignored) {
        add(state);
    }

    public static void add(long state, long ignored) {
        add(state);
    }

    public static void add(long state, double ignored) {
        add(state);
    }

    /** Text and bytes, or a wide decimal. */
    public static void add(long state, long ignored, long alsoIgnored) {
        add(state);
    }

    /** Counts so many values more, or fewer. */
    public static void change(long state, long weight) {
        Memory.putLong(state, Memory.getLong(state) + weight);
    }

    public static void change(long state, long weight, boolean ignored) {
        change(state, weight);
    }

    public static void change(long state, long weight, long ignored) {
        change(state, weight);
    }

    public static void change(long state, long weight, double ignored) {
        change(state, weight);
    }

    /** Text and bytes, or a wide decimal. */
    public static void change(long state, long weight, long ignored, long alsoIgnored) {
        change(state, weight);
    }

    public static void merge(long state, long other) {
        Memory.putLong(state, Memory.getLong(state) + Memory.getLong(other));
    }

    public static long result(long state) {
        return Memory.getLong(state);
    }
}
