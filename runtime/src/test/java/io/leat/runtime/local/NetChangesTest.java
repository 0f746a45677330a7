package io.leat.runtime.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.Pauses;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever takes what is told of an epoch has the rows that are there at its end, and saw no key twice. */
class NetChangesTest {
    private static final Schema WEIGHTED = new Schema(List.of(
            Field.required("$weight", Type.BIGINT),
            Field.required("k", Type.BIGINT),
            Field.nullable("v", Type.VARCHAR)));
    private static final Schema TOLD = new Schema(List.of(
            Field.required("op", Type.VARCHAR), Field.required("k", Type.BIGINT), Field.nullable("v", Type.VARCHAR)));
    private static final int EPOCHS = 60;

    private record Told(String op, long key, String value) {}

    @ParameterizedTest
    @CsvSource({"4096, 1000000", "1, 1000000", "3, 500"})
    void sumsUpEpochs(int batchRows, long maxBytes) {
        long seed = Long.getLong("seed", 1);
        Random random = new Random(seed);
        try (BufferAllocator allocator = new RootAllocator();
                NetChanges changes = new NetChanges(
                        WEIGHTED, TOLD, Optional.of(List.of(0)), Pauses.NONE, batchRows, maxBytes, allocator)) {
            Map<Long, String> rows = new HashMap<>();
            Map<Long, String> receiver = new HashMap<>();
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                List<Told> told = new ArrayList<>();
                for (int change = random.nextInt(30); change > 0; change--) {
                    change(random, rows, changes, told, allocator);
                }
                List<Told> early = List.copyOf(told);
                assertTrue(early.stream().noneMatch(each -> each.op().equals("-D")), "seed " + seed);
                changes.flush(batch -> read(batch, told));
                Set<Long> seen = new HashSet<>();
                for (Told each : told.subList(early.size(), told.size())) {
                    // A key is told once: the row that goes directly before the one that comes.
                    assertTrue(each.op().equals("+U") || seen.add(each.key()), "seed " + seed + ": " + told);
                }
                told.forEach(each -> apply(each, receiver, seed));
                assertEquals(rows, receiver, "seed " + seed + ", epoch " + epoch);
            }
        }
    }

    /** Replaces, removes or adds the row of a key; the row that goes comes before or behind the one that comes. */
    private static void change(
            Random random, Map<Long, String> rows, NetChanges changes, List<Told> told, BufferAllocator allocator) {
        long key = random.nextInt(8);
        String value = random.nextInt(5) == 0 ? null : "v" + random.nextInt(3);
        boolean goes = rows.containsKey(key);
        boolean comes = !goes || random.nextBoolean();
        boolean first = random.nextBoolean();
        try (Batch batch = new Batch(WEIGHTED, 2, allocator)) {
            if (goes && first) {
                add(batch, -1, key, rows.get(key));
            }
            if (comes) {
                add(batch, 1, key, value);
            }
            if (goes && !first) {
                add(batch, -1, key, rows.get(key));
            }
            changes.convert(batch, each -> read(each, told));
        }
        if (comes) {
            rows.put(key, value);
        } else {
            rows.remove(key);
        }
    }

    private static void add(Batch batch, long weight, long key, String value) {
        int row = batch.rows();
        batch.column(0).putLong(row, weight);
        batch.column(1).putLong(row, key);
        if (value == null) {
            batch.column(2).putNull(row);
        } else {
            batch.column(2).putText(row, value);
        }
        batch.rows(row + 1);
    }

    /** Of each batch: a row that gives way to another stands before it. */
    private static void read(Batch batch, List<Told> told) {
        for (int row = 0; row < batch.rows(); row++) {
            String value = batch.column(2).isNull(row) ? null : batch.column(2).getText(row);
            told.add(new Told(batch.column(0).getText(row), batch.column(1).getLong(row), value));
            if (told.get(told.size() - 1).op().equals("+U")) {
                assertNotEquals(0, row);
                Told before = told.get(told.size() - 2);
                assertEquals("-U", before.op());
                assertEquals(before.key(), told.get(told.size() - 1).key());
            }
        }
    }

    private static void apply(Told change, Map<Long, String> receiver, long seed) {
        if (change.op().startsWith("-")) {
            assertTrue(receiver.containsKey(change.key()), "seed " + seed);
            assertEquals(change.value(), receiver.remove(change.key()), "seed " + seed);
        } else {
            assertFalse(receiver.containsKey(change.key()), "seed " + seed);
            receiver.put(change.key(), change.value());
        }
    }
}
