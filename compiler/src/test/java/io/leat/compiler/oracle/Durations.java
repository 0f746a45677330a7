package io.leat.compiler.oracle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time in options, such as {@code 5 min}. */
final class Durations {
    private static final Pattern DURATION = Pattern.compile("(\\d+) ?(ms|s|min|h|d)?");

    private Durations() {}

    static long micros(String text) {
        Matcher parts = DURATION.matcher(text.strip());
        if (!parts.matches()) {
            throw new Refusal("duration '" + text + "'");
        }
        long unit = parts.group(2) == null
                ? 0
                : switch (parts.group(2)) {
                    case "ms" -> 1_000L;
                    case "s" -> 1_000_000L;
                    case "min" -> 60_000_000L;
                    case "h" -> 3_600_000_000L;
                    default -> 86_400_000_000L;
                };
        return Long.parseLong(parts.group(1)) * unit;
    }
}
