package io.leat.compiler.simulation;

import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.JobSettings.StateStoreKind;
import io.leat.runtime.platform.Random;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a simulated job is to do.
 *
 * @param fromTopics whether it reads topics rather than files
 * @param toTopics whether epochs are decided in transactions, since tables that it writes are topics
 * @param rows the records of each table that it reads, by partition
 */
record Scenario(Query query, boolean fromTopics, boolean toTopics, Map<String, List<List<Row>>> rows) {
    private static final long START_MILLIS = 1_767_225_600_000L;
    private static final int KEYS = 5;
    private static final double OFF_HEAP = 0.02;
    private static final int STEP_MILLIS = 400;
    private static final int LEAST_ROWS = 30;
    private static final int MORE_ROWS = 90;
    private static final int MAX_PAUSE_NANOS = 3_000_000;

    /**
     * A record.
     *
     * @param millis its event time
     * @param broken whether it is no row
     * @param nanos from when on it is there, in a topic
     */
    record Row(long id, int key, long value, long millis, boolean broken, long nanos) {
        String text() {
            String time = Instant.ofEpochMilli(millis).toString().replace("Z", "");
            return broken
                    ? "{\"id\":" + id + ",\"k\":"
                    : "{\"id\":" + id + ",\"k\":" + key + ",\"v\":" + value + ",\"ts\":\"" + time + "\"}";
        }
    }

    static Scenario draw(Random random, Mutant mutant) {
        List<Query> queries = List.of(Query.values());
        Query query = queries.get(random.nextInt(queries.size()));
        boolean fromTopics = random.chance(0.5);
        boolean toTopics = mutant == Mutant.NONE ? random.chance(0.5) : mutant.isTransactional();
        Map<String, List<List<Row>>> rows = new LinkedHashMap<>();
        for (String table : query.inputs()) {
            List<List<Row>> partitions = new ArrayList<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                partitions.add(partition(random, i * 1_000_000L));
            }
            rows.put(table, partitions);
        }
        return new Scenario(query, fromTopics, toTopics, rows);
    }

    /** Rows of one partition: a little out of order, a few late, a few broken. */
    private static List<Row> partition(Random random, long firstId) {
        List<Row> rows = new ArrayList<>();
        long nanos = 0;
        int count = LEAST_ROWS + random.nextInt(MORE_ROWS);
        for (int i = 0; i < count; i++) {
            boolean late = random.chance(0.03);
            long millis = START_MILLIS + (long) i * STEP_MILLIS + random.nextInt(1_500) - (late ? 12_000 : 0);
            nanos += random.nextInt(MAX_PAUSE_NANOS);
            rows.add(new Row(
                    firstId + i, random.nextInt(KEYS), random.nextInt(100), millis, random.chance(0.02), nanos));
        }
        return rows;
    }

    /** Settings of a start, which may be others at the next one. */
    static JobSettings settings(Random random) {
        return JobSettings.NONE
                .withBatchRows(1 + random.nextInt(8))
                .withEpochMillis(random.nextInt(3))
                .withStateStore(random.chance(OFF_HEAP) ? StateStoreKind.AUTO : StateStoreKind.HEAP)
                .withHotGroups(random.chance(0.3) ? 2 : 1_000);
    }

    /** How many records a table has. */
    long size(String table) {
        return rows.get(table).stream().mapToLong(List::size).sum();
    }
}
