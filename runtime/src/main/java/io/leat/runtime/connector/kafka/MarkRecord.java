package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.EpochMark;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A decision as a record of a topic: the job's id is its key, and the value is text, a line for each of these.
 *
 * @param name of the job
 * @param topics that the job writes to
 */
record MarkRecord(EpochMark mark, String name, List<String> topics) {
    private static final String FORM = "leat-epoch";
    private static final String VERSION = "1";
    private static final String NOTHING = "-";
    private static final List<String> NAMES = List.of("name", "epoch", "generation", "hash", "parent", "topics");

    MarkRecord {
        topics = List.copyOf(new TreeSet<>(topics));
    }

    byte[] toBytes() {
        String text = String.join(
                "\n",
                FORM + " " + VERSION,
                "name " + URLEncoder.encode(name, StandardCharsets.UTF_8),
                "epoch " + mark.epoch(),
                "generation " + mark.generation(),
                "hash " + mark.hash(),
                "parent " + (mark.parent().isEmpty() ? NOTHING : mark.parent()),
                "topics " + String.join(" ", topics));
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Empty if it is something else, or of another version. */
    static Optional<MarkRecord> of(byte[] bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> {
            int blank = line.indexOf(' ');
            values.put(line.substring(0, Math.max(0, blank)), line.substring(blank + 1));
        });
        boolean known = VERSION.equals(values.get(FORM)) && values.keySet().containsAll(NAMES);
        if (!known || !isNumber(values.get("epoch")) || !isNumber(values.get("generation"))) {
            return Optional.empty();
        }
        String parent = values.get("parent");
        EpochMark mark = new EpochMark(
                Long.parseLong(values.get("epoch")),
                Long.parseLong(values.get("generation")),
                values.get("hash"),
                parent.equals(NOTHING) ? "" : parent);
        String name = URLDecoder.decode(values.get("name"), StandardCharsets.UTF_8);
        return Optional.of(
                new MarkRecord(mark, name, List.of(values.get("topics").split(" "))));
    }

    private static boolean isNumber(String text) {
        return text.matches("\\d{1,18}");
    }
}
