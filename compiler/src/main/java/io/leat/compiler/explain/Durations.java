package io.leat.compiler.explain;

import java.util.ArrayList;
import java.util.List;

/** Lengths of time as people write them. */
final class Durations {
    private static final long[] UNITS = {86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L, 1_000L, 1L};
    private static final String[] NAMES = {"d", "h", "min", "s", "ms", "us"};

    private Durations() {}

    /** {@code 90_000_000} is {@code 1 min 30 s}. */
    static String text(long micros) {
        if (micros == 0) {
            return "0 s";
        }
        List<String> parts = new ArrayList<>();
        long rest = Math.abs(micros);
        for (int i = 0; i < UNITS.length; i++) {
            long count = rest / UNITS[i];
            rest %= UNITS[i];
            if (count > 0) {
                parts.add(count + " " + NAMES[i]);
            }
        }
        return (micros < 0 ? "-" : "") + String.join(" ", parts);
    }
}
