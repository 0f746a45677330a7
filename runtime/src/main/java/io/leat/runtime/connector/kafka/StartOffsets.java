package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.Options;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where reading begins. */
sealed interface StartOffsets {

    /** At the first record that is still there. */
    record Earliest() implements StartOffsets {}

    /** Behind the last record. */
    record Latest() implements StartOffsets {}

    /** At the first record with this time or a later one. */
    record Timestamp(long millis) implements StartOffsets {}

    /** At these offsets; partitions that are not named begin at their first record. */
    record Specific(Map<Integer, Long> offsets) implements StartOffsets {}

    Pattern OFFSET = Pattern.compile("\\s*partition:(\\d{1,9})\\s*,\\s*offset:(\\d{1,18})\\s*");

    static StartOffsets of(Options options) {
        return switch (options.required(TopicOptions.STARTUP_MODE)) {
            case "latest-offset" -> new Latest();
            case "timestamp" ->
                new Timestamp(Long.parseLong(needed(options, TopicOptions.STARTUP_TIMESTAMP, "1767225600000")));
            case "specific-offsets" ->
                new Specific(parse(
                        needed(options, TopicOptions.STARTUP_OFFSETS, "partition:0,offset:42;partition:1,offset:300")));
            default -> new Earliest();
        };
    }

    private static String needed(Options options, String key, String example) {
        return options.text(key)
                .orElseThrow(() -> new OptionException(
                        key,
                        "start mode '" + options.required(TopicOptions.STARTUP_MODE) + "' needs option '" + key + "'",
                        "'" + key + "' = '" + example + "'"));
    }

    private static Map<Integer, Long> parse(String text) {
        Map<Integer, Long> offsets = new TreeMap<>();
        for (String part : text.strip().split("\\s*;\\s*", -1)) {
            Matcher offset = OFFSET.matcher(part);
            if (!offset.matches()) {
                throw new OptionException(
                        TopicOptions.STARTUP_OFFSETS,
                        "'" + part.strip() + "' is not the offset of a partition",
                        "partition:0,offset:42;partition:1,offset:300");
            }
            offsets.put(Integer.parseInt(offset.group(1)), Long.parseLong(offset.group(2)));
        }
        return offsets;
    }
}
