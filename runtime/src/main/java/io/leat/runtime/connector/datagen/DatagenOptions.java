package io.leat.runtime.connector.datagen;

import static io.leat.runtime.connector.OptionSpec.Kind.DECIMAL;
import static io.leat.runtime.connector.OptionSpec.Kind.DURATION;
import static io.leat.runtime.connector.OptionSpec.Kind.NUMBER;
import static io.leat.runtime.connector.OptionSpec.Kind.TEXT;

import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.OptionSpec;
import io.leat.runtime.connector.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The options of generated tables, read and checked as far as they can be without the columns.
 *
 * @param rows how many rows there are over all partitions; empty for no end
 * @param rowsPerSecond over all partitions; 0 for as many as anybody takes
 * @param silence when one partition says nothing
 * @param nexmark whether rows are the events of {@link NexmarkTemplate}
 * @param fields settings by the path of a column, whatever its case
 */
record DatagenOptions(
        long seed,
        OptionalLong rows,
        long rowsPerSecond,
        int partitions,
        boolean bounded,
        Silence silence,
        EventTime.Settings eventTime,
        boolean nexmark,
        Map<String, FieldSettings> fields) {

    private static final String TEMPLATE = "template";
    private static final String NEXMARK = "nexmark";
    private static final String SEED = "seed";
    private static final String ROWS = "number-of-rows";
    private static final String RATE = "rows-per-second";
    private static final String PARTITIONS = "partitions";
    private static final String SCAN_MODE = "scan.mode";
    private static final String FIELDS = "fields.";
    private static final String TIME_COLUMN = "event-time.column";
    private static final String TIME_START = "event-time.start";
    private static final String TIME_STEP = "event-time.step";
    private static final String TIME_JITTER = "event-time.jitter";
    private static final String LATE_RATE = "event-time.late-rate";
    private static final String LATE_BY = "event-time.late-by";
    private static final String IDLE_PARTITION = "idle.partition";
    private static final String IDLE_AFTER = "idle.after-rows";
    private static final String IDLE_ROWS = "idle.rows";
    private static final int MAX_PARTITIONS = 1_024;

    static final OptionSet ALL = OptionSet.of(
            OptionSpec.choice(
                    TEMPLATE, null, List.of(NEXMARK), "rows that belong together, by the names of the columns"),
            OptionSpec.optional(SEED, NUMBER, "0", "the same seed makes the same rows"),
            OptionSpec.optional(ROWS, NUMBER, null, "how many rows there are; without it there is no end"),
            OptionSpec.optional(RATE, NUMBER, "10000", "how many rows come in a second; 0 for as many as are taken"),
            OptionSpec.optional(PARTITIONS, NUMBER, "1", "how many partitions the rows are dealt to in turn"),
            OptionSpec.choice(
                    SCAN_MODE,
                    "stream",
                    List.of("bounded", "stream"),
                    "whether rows count as complete from the start or come one after another"),
            OptionSpec.optional(FIELDS + "*", TEXT, null, "of a column: " + String.join(", ", FieldSettings.NAMES)),
            OptionSpec.optional(
                    TIME_COLUMN, TEXT, null, "the event time; by default all timestamps without settings of their own"),
            OptionSpec.optional(TIME_START, TEXT, "2026-01-01T00:00:00Z", "the event time of the first row"),
            OptionSpec.optional(TIME_STEP, DURATION, "1 ms", "how much later each row is than the one before"),
            OptionSpec.optional(TIME_JITTER, DURATION, "0 ms", "a row is earlier by up to this much"),
            OptionSpec.optional(LATE_RATE, DECIMAL, "0", "the share of rows that is earlier by 'event-time.late-by'"),
            OptionSpec.optional(LATE_BY, DURATION, "0 ms", "how much earlier these rows are"),
            OptionSpec.optional(IDLE_PARTITION, NUMBER, null, "the number of a partition that falls silent"),
            OptionSpec.optional(IDLE_AFTER, NUMBER, "0", "after how many of its rows it does"),
            OptionSpec.optional(IDLE_ROWS, NUMBER, "10000", "for how many rows it stays silent"));

    /**
     * A time in which a partition says nothing.
     *
     * @param partition which one; -1 for none
     * @param after how many rows of it come before
     * @param rows how many rows would have come meanwhile; their numbers are left out
     */
    record Silence(long partition, long after, long rows) {}

    static DatagenOptions of(Options options) {
        Map<String, FieldSettings> fields = fields(options);
        OptionalLong end = OptionalLong.empty();
        if (options.has(ROWS)) {
            end = OptionalLong.of(atLeast(0, options, ROWS));
        }
        for (FieldSettings field : fields.values()) {
            OptionalLong sequence = field.sequenceRows();
            if (sequence.isPresent()) {
                end = OptionalLong.of(Math.min(sequence.getAsLong(), end.orElse(Long.MAX_VALUE)));
            }
        }
        long partitions = atLeast(1, options, PARTITIONS);
        if (partitions > MAX_PARTITIONS) {
            throw new OptionException(PARTITIONS, "there can be " + MAX_PARTITIONS + " partitions at most", "");
        }
        return new DatagenOptions(
                options.number(SEED),
                end,
                atLeast(0, options, RATE),
                (int) partitions,
                options.required(SCAN_MODE).equals("bounded"),
                silence(options),
                eventTime(options),
                nexmark(options),
                fields);
    }

    /** A template says all that can be said of columns. */
    private static boolean nexmark(Options options) {
        if (!options.has(TEMPLATE)) {
            return false;
        }
        List<String> ofColumns = new ArrayList<>();
        options.family(FIELDS).keySet().forEach(field -> ofColumns.add(FIELDS + field));
        if (options.has(TIME_COLUMN)) {
            ofColumns.add(TIME_COLUMN);
        }
        if (!ofColumns.isEmpty()) {
            throw new OptionException(
                    ofColumns.get(0),
                    "option '" + ofColumns.get(0) + "' does not go with a template",
                    "the template '" + NEXMARK + "' says what is in the columns");
        }
        return true;
    }

    private static Silence silence(Options options) {
        long partition = options.has(IDLE_PARTITION) ? atLeast(0, options, IDLE_PARTITION) : -1;
        return new Silence(partition, atLeast(0, options, IDLE_AFTER), atLeast(0, options, IDLE_ROWS));
    }

    private static EventTime.Settings eventTime(Options options) {
        double lateRate = options.decimal(LATE_RATE);
        if (lateRate < 0 || lateRate > 1) {
            throw new OptionException(LATE_RATE, "a share is from 0 to 1", "0.01 for one row in a hundred");
        }
        long start;
        try {
            start = LongForm.instantMicros(options.required(TIME_START));
        } catch (IllegalArgumentException e) {
            throw new OptionException(
                    TIME_START, "'" + options.required(TIME_START) + "' is no time", "2026-01-01T00:00:00Z");
        }
        return new EventTime.Settings(
                options.text(TIME_COLUMN),
                start,
                micros(options, TIME_STEP),
                micros(options, TIME_JITTER),
                lateRate,
                micros(options, LATE_BY));
    }

    private static long micros(Options options, String key) {
        return options.duration(key).toNanos() / 1_000;
    }

    private static long atLeast(long least, Options options, String key) {
        long value = options.number(key);
        if (value < least) {
            throw new OptionException(key, "option '" + key + "' must be " + least + " at least", "");
        }
        return value;
    }

    private static Map<String, FieldSettings> fields(Options options) {
        Map<String, Map<String, String>> byPath = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        options.family(FIELDS).forEach((key, value) -> {
            int dot = key.lastIndexOf('.');
            String setting = key.substring(dot + 1);
            if (dot <= 0 || !FieldSettings.NAMES.contains(setting)) {
                throw new OptionException(
                        FIELDS + key,
                        "unknown option '" + FIELDS + key + "'",
                        "fields.<column>. and one of " + String.join(", ", FieldSettings.NAMES));
            }
            byPath.computeIfAbsent(key.substring(0, dot), path -> new TreeMap<>())
                    .put(setting, value);
        });
        Map<String, FieldSettings> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byPath.forEach((path, settings) -> fields.put(path, FieldSettings.of(path, settings)));
        return fields;
    }

    /** The settings of a column; all defaults if it has none. */
    FieldSettings field(String path) {
        FieldSettings settings = fields.get(path);
        return settings == null ? FieldSettings.of(path, Map.of()) : settings;
    }

    /** How many rows a partition has: rows are dealt in turn. */
    long rowsOf(int partition) {
        if (rows.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return (rows.getAsLong() + partitions - 1 - partition) / partitions;
    }
}
