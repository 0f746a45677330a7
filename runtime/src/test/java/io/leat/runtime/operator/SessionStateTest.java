package io.leat.runtime.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.window.Windowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of a session are kept until it is over, and not longer. */
class SessionStateTest {
    private static final long GAP = 40;
    private static final Schema ROWS = new Schema(List.of(
            Field.required("key1", Type.BIGINT),
            Field.required("k", Type.BIGINT),
            Field.required("time", Type.BIGINT),
            Field.required("$hash", Type.BIGINT)));
    private static final Schema SESSIONS = new Schema(List.of(
            Field.required("k", Type.BIGINT),
            Field.required("time", Type.BIGINT),
            Field.required("window_start", Type.BIGINT),
            Field.required("window_end", Type.BIGINT),
            Field.required("window_time", Type.BIGINT)));

    private record Kept(long key, long time) {}

    private static SessionOperator open(CountedStates.Kind kind, BufferAllocator allocator) {
        NodeSpec.Sessions spec =
                new NodeSpec.Sessions(1, List.of(new Edge(0, Distribution.LOCAL)), ROWS, 1, 1, GAP, 1, SESSIONS);
        return new SessionOperator(spec, new CountedStates(kind, allocator), new Outputs(), 4, allocator);
    }

    private static void send(SessionOperator sessions, long key, long time, BufferAllocator allocator) {
        try (Batch batch = new Batch(ROWS, 1, allocator)) {
            long[] values = {key, key, time, key};
            for (int leaf = 0; leaf < values.length; leaf++) {
                batch.column(leaf).putLong(0, values[leaf]);
            }
            batch.rows(1);
            sessions.accept(0, batch);
        }
    }

    /** Rows of random times on or after the watermark; after each step the state is what the definition says. */
    @ParameterizedTest
    @EnumSource(CountedStates.Kind.class)
    void keepsRowsOfSessionsThatAreNotOver(CountedStates.Kind kind) {
        Random random = new Random(1);
        try (BufferAllocator allocator = new RootAllocator();
                SessionOperator sessions = open(kind, allocator)) {
            List<Kept> kept = new ArrayList<>();
            long watermark = 0;
            for (int step = 0; step < 3_000; step++) {
                // No time twice: each row is an entry of its own.
                Kept row = new Kept(random.nextInt(4), watermark + random.nextInt(200));
                if (!kept.contains(row)) {
                    send(sessions, row.key(), row.time(), allocator);
                    kept.add(row);
                }
                if (random.nextInt(3) == 0) {
                    watermark += random.nextInt(30);
                    sessions.watermark(0, watermark);
                    long now = watermark;
                    List<Kept> before = List.copyOf(kept);
                    kept.removeIf(each -> endOf(each, before) <= now);
                }
                // A row has a timer, unless its time has passed by more than the gap and its session goes on.
                long now = watermark;
                long timers =
                        kept.stream().filter(each -> each.time() + GAP > now).count();
                assertEquals(kept.size() + timers, sessions.entries(), "after step " + step);
            }
            assertTrue(!kept.isEmpty(), "nothing was kept at all");
            sessions.watermark(0, Windowing.END);
            assertEquals(0, sessions.entries());
        }
    }

    /** The end of the session of a row: walks on while there is a later row of the key within the gap. */
    private static long endOf(Kept row, List<Kept> rows) {
        long last = row.time();
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Kept each : rows) {
                if (each.key() == row.key() && each.time() > last && each.time() < last + GAP) {
                    last = each.time();
                    moved = true;
                }
            }
        }
        return last + GAP;
    }
}
