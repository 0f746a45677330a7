package io.leat.runtime.connector;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of one table, checked and with defaults filled in. Immutable. Never printed: values may be secrets. */
public final class Options {
    /** A century: whatever computes with a length has room for its nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private static final Pattern QUANTITY = Pattern.compile("(\\d+)\\s*([a-zA-Z]*)");

    private final Map<String, String> values;

    Options(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The value of an option that is required or has a default. */
    public String required(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new OptionException(name, "option '" + name + "' is missing", "");
        }
        return value;
    }

    public boolean flag(String name) {
        return Boolean.parseBoolean(required(name));
    }

    public long number(String name) {
        return Long.parseLong(required(name));
    }

    public double decimal(String name) {
        return Double.parseDouble(required(name));
    }

    public Duration duration(String name) {
        return parseDuration(required(name)).orElseThrow();
    }

    /** A size in bytes. */
    public long size(String name) {
        return parseSize(required(name)).orElseThrow();
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** All options whose names begin with the prefix, without it. */
    public Map<String, String> family(String prefix) {
        Map<String, String> members = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                members.put(key.substring(prefix.length()), value);
            }
        });
        return members;
    }

    /** A length of time that is not negative; empty for none, or one beyond any. */
    static Optional<Duration> parseDuration(String text) {
        String trimmed = text.trim();
        Matcher quantity = QUANTITY.matcher(trimmed);
        try {
            Optional<Duration> duration = quantity.matches()
                    ? duration(Long.parseLong(quantity.group(1)), quantity.group(2))
                    : Optional.of(Duration.parse(trimmed));
            return duration.filter(length -> !length.isNegative() && length.compareTo(LONGEST) <= 0);
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> duration(long amount, String unit) {
        return switch (unit) {
            case "ns" -> Optional.of(Duration.ofNanos(amount));
            case "us", "micros" -> Optional.of(Duration.ofNanos(Math.multiplyExact(amount, 1_000L)));
            case "", "ms", "millis" -> Optional.of(Duration.ofMillis(amount));
            case "s", "sec", "second", "seconds" -> Optional.of(Duration.ofSeconds(amount));
            case "m", "min", "minute", "minutes" -> Optional.of(Duration.ofMinutes(amount));
            case "h", "hour", "hours" -> Optional.of(Duration.ofHours(amount));
            case "d", "day", "days" -> Optional.of(Duration.ofDays(amount));
            default -> Optional.empty();
        };
    }

    /** Bytes; empty for no size, or one beyond any. */
    static Optional<Long> parseSize(String text) {
        Matcher quantity = QUANTITY.matcher(text.trim());
        if (!quantity.matches()) {
            return Optional.empty();
        }
        long unit = switch (quantity.group(2)) {
            case "", "b", "bytes" -> 1;
            case "k", "kb", "KB", "KiB" -> 1L << 10;
            case "m", "mb", "MB", "MiB" -> 1L << 20;
            case "g", "gb", "GB", "GiB" -> 1L << 30;
            default -> 0;
        };
        try {
            return unit == 0
                    ? Optional.empty()
                    : Optional.of(Math.multiplyExact(Long.parseLong(quantity.group(1)), unit));
        } catch (NumberFormatException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "options " + values.keySet();
    }
}
