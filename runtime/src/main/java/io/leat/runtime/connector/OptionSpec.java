package io.leat.runtime.connector;

import java.util.List;

/**
 * An option that a connector knows.
 *
 * @param name as in {@code WITH ('name' = …)}; ends in {@code *} for a family of options such as {@code properties.*}
 * @param aliases other engines' spellings of it
 * @param fallback the value when it is not given; null if there is none
 * @param choices the only values allowed; empty for any
 */
public record OptionSpec(
        String name,
        List<String> aliases,
        Kind kind,
        String fallback,
        boolean required,
        List<String> choices,
        String description) {

    public OptionSpec {
        aliases = List.copyOf(aliases);
        choices = List.copyOf(choices);
    }

    /** How the text of an option is read. */
    public enum Kind {
        TEXT,
        BOOLEAN,
        /** A whole number. */
        NUMBER,
        /** Any decimal number. */
        DECIMAL,
        /** {@code 30 s}, {@code 5 min}, {@code 250 ms}, {@code PT30S}. */
        DURATION,
        /** {@code 64 mb}, {@code 16 MiB}, or bytes. */
        SIZE
    }

    public static OptionSpec required(String name, Kind kind, String description) {
        return new OptionSpec(name, List.of(), kind, null, true, List.of(), description);
    }

    public static OptionSpec optional(String name, Kind kind, String fallback, String description) {
        return new OptionSpec(name, List.of(), kind, fallback, false, List.of(), description);
    }

    public static OptionSpec choice(String name, String fallback, List<String> choices, String description) {
        return new OptionSpec(name, List.of(), Kind.TEXT, fallback, false, choices, description);
    }

    public OptionSpec alias(String... spellings) {
        return new OptionSpec(name, List.of(spellings), kind, fallback, required, choices, description);
    }

    boolean isFamily() {
        return name.endsWith("*");
    }

    boolean matches(String key) {
        return isFamily() ? key.startsWith(name.substring(0, name.length() - 1)) : name.equals(key);
    }
}
