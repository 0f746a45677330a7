package io.leat.runtime.platform;

import java.util.SplittableRandom;

/** Seeded random numbers: the same seed gives the same numbers on every JDK. Not thread-safe. */
public final class Random {
    private final SplittableRandom source;

    public Random(long seed) {
        this.source = new SplittableRandom(seed);
    }

    private Random(SplittableRandom source) {
        this.source = source;
    }

    /** A generator of its own, determined by this one's state. */
    public Random split() {
        return new Random(source.split());
    }

    public long nextLong() {
        return source.nextLong();
    }

    /** From 0 to {@code bound - 1}. */
    public int nextInt(int bound) {
        return source.nextInt(bound);
    }

    /** From {@code low} to {@code high}, both included. */
    public long nextLong(long low, long high) {
        return high == Long.MAX_VALUE ? source.nextLong(low - 1, high) + 1 : source.nextLong(low, high + 1);
    }

    /** From 0 (included) to 1 (excluded). */
    public double nextDouble() {
        return source.nextDouble();
    }

    /** True with the given probability. */
    public boolean chance(double probability) {
        return probability > 0 && source.nextDouble() < probability;
    }
}
