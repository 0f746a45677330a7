package io.leat.compiler.bind;

import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.job.OptionValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a file wants tables to be read that can be read to their end or as a stream, and whose options do not say which. */
enum ScanDefault {
    /** As each connector does. */
    OF_CONNECTOR(Map.of(), List.of("automatic")),
    /** To the end that they have when the job starts. */
    BOUNDED(Map.of("scan.mode", "bounded", "scan.bounded.mode", "latest-offset"), List.of("bounded", "batch")),
    /** Row by row, if they have an event time. One that has none is looked up, or read, no differently. */
    STREAM(Map.of("scan.mode", "stream"), List.of("stream", "streaming"));

    private final Map<String, String> options;
    private final List<String> names;

    ScanDefault(Map<String, String> options, List<String> names) {
        this.options = options;
        this.names = names;
    }

    /** The one that is called so, in any case of letters. */
    static Optional<ScanDefault> of(String name) {
        for (ScanDefault each : values()) {
            if (each.names.stream().anyMatch(name::equalsIgnoreCase)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Options with what they do not say. */
    Map<String, OptionValue> completed(Map<String, OptionValue> given, OptionSet known, boolean hasEventTime) {
        if (this == STREAM && !hasEventTime) {
            return given;
        }
        Map<String, OptionValue> all = new HashMap<>(given);
        options.forEach((key, value) -> {
            if (known.knows(key)) {
                all.putIfAbsent(key, OptionValue.plain(value));
            }
        });
        return all;
    }
}
