package io.leat.runtime.kernel;

import io.leat.runtime.type.Physical;
import java.math.BigInteger;
import java.util.List;

/** The numbers of an IN list, of one machine form. Immutable, safe from any thread. */
public final class NumberSet {
    private final long[] highs;
    private final long[] lows;
    private final boolean[] used;

    /**
     * @param values in decimal; of decimals the unscaled values
     */
    public NumberSet(Physical physical, List<String> values) {
        int slots = Integer.highestOneBit(Math.max(4, 2 * values.size())) * 2;
        this.highs = new long[slots];
        this.lows = new long[slots];
        this.used = new boolean[slots];
        for (String value : values) {
            switch (physical) {
                case FLOAT32, FLOAT64 -> add(0, bits(Double.parseDouble(value)));
                case INT128 -> {
                    BigInteger number = new BigInteger(value);
                    add(number.shiftRight(Long.SIZE).longValue(), number.longValue());
                }
                default -> add(0, Long.parseLong(value));
            }
        }
    }

    private static long bits(double value) {
        // Adding zero turns the negative zero into the other one.
        return Double.doubleToRawLongBits(value + 0.0);
    }

    private void add(long high, long low) {
        int slot = slot(high, low);
        while (used[slot]) {
            slot = slot + 1 & used.length - 1;
        }
        used[slot] = true;
        highs[slot] = high;
        lows[slot] = low;
    }

    private int slot(long high, long low) {
        return (int) Hashing.hashInt64(high ^ low) & used.length - 1;
    }

    public boolean contains(long high, long low) {
        for (int slot = slot(high, low); used[slot]; slot = slot + 1 & used.length - 1) {
            if (lows[slot] == low && highs[slot] == high) {
                return true;
            }
        }
        return false;
    }

    public boolean contains(long value) {
        return contains(0, value);
    }

    public boolean contains(double value) {
        return contains(0, bits(value));
    }
}
