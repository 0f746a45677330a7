package io.leat.runtime.connector;

import java.util.List;
import java.util.Map;

/**
 * How records become rows, or rows records.
 *
 * @param name {@code json}, {@code csv}, {@code raw} or {@code debezium-json}
 * @param settings the options of the format without its prefix, e.g. {@code header -> auto}
 * @param lines whether records are lines of a file; otherwise each record has bounds of its own
 * @param fields the columns that this format carries, if not all of them
 * @param without columns that it does not carry, since another part of the record does
 */
public record FormatSpec(
        String name, Map<String, String> settings, boolean lines, List<String> fields, List<String> without) {
    public FormatSpec {
        settings = Map.copyOf(settings);
        fields = List.copyOf(fields);
        without = List.copyOf(without);
    }

    public FormatSpec(String name, Map<String, String> settings, boolean lines, List<String> fields) {
        this(name, settings, lines, fields, List.of());
    }

    /** Whether records tell changes of rows, rather than rows. */
    public boolean isChanges() {
        return name.equals("debezium-json");
    }

    public String setting(String key, String otherwise) {
        return settings.getOrDefault(key, otherwise);
    }
}
