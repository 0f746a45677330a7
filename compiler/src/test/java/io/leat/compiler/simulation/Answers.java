package io.leat.compiler.simulation;

import io.leat.compiler.simulation.Scenario.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What some tables must hold, computed here from the records alone. */
final class Answers {
    private static final long WINDOW_MILLIS = 5_000;
    private static final long DELAY_MILLIS = 2_000;
    private static final long LEAST_SEEN = 20;

    private Answers() {}

    /** The tables of a scenario whose rows are known, sorted as {@link Outputs} has them. */
    static Map<String, List<String>> of(Scenario scenario) {
        Map<String, List<String>> answers = new TreeMap<>();
        switch (scenario.query()) {
            case WINDOWS -> windows(scenario, answers);
            case JOIN -> {
                List<String> seen = new ArrayList<>();
                forEach(scenario, row -> {
                    if (row.value() > LEAST_SEEN) {
                        seen.add("{\"id\":" + row.id() + ",\"v\":" + row.value() + "}");
                    }
                });
                answers.put("seen", seen);
            }
            case GROUPS -> {
                Map<String, long[]> groups = new TreeMap<>();
                forEach(scenario, row -> add(groups, "{\"k\":" + row.key(), row));
                answers.put("latest", rows(groups));
            }
            case DISTINCT, SESSIONS -> {
                // What is late for these is more than a line.
            }
        }
        answers.values().forEach(Collections::sort);
        return answers;
    }

    private static void forEach(Scenario scenario, Consumer<Row> visitor) {
        scenario.rows()
                .get("trades")
                .forEach(partition ->
                        partition.stream().filter(row -> !row.broken()).forEach(visitor));
    }

    /** A row is late if the window that it belongs to had ended by the rows before it in its partition. */
    private static void windows(Scenario scenario, Map<String, List<String>> answers) {
        Map<String, long[]> totals = new TreeMap<>();
        List<String> overdue = new ArrayList<>();
        for (List<Row> partition : scenario.rows().get("trades")) {
            long watermark = Long.MIN_VALUE;
            for (Row row : partition) {
                if (row.broken()) {
                    continue;
                }
                long start = Math.floorDiv(row.millis(), WINDOW_MILLIS) * WINDOW_MILLIS;
                if (start + WINDOW_MILLIS <= watermark) {
                    overdue.add("{\"id\":" + row.id() + "}");
                } else {
                    String time = Instant.ofEpochMilli(start).toString().replace("Z", "");
                    add(totals, "{\"window_start\":\"" + time + "\",\"k\":" + row.key(), row);
                }
                watermark = Math.max(watermark, row.millis() - DELAY_MILLIS);
            }
        }
        answers.put("totals", rows(totals));
        answers.put("overdue", overdue);
    }

    private static void add(Map<String, long[]> groups, String group, Row row) {
        long[] sums = groups.computeIfAbsent(group, key -> new long[2]);
        sums[0]++;
        sums[1] += row.value();
    }

    private static List<String> rows(Map<String, long[]> groups) {
        List<String> rows = new ArrayList<>();
        groups.forEach((group, sums) -> rows.add(group + ",\"n\":" + sums[0] + ",\"total\":" + sums[1] + "}"));
        return rows;
    }
}
