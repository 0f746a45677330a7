package io.leat.runtime.operator.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.job.NodeSpec.JoinSide;
import io.leat.runtime.operator.CountedStates;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.window.Windowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A join as of a time keeps rows that wait for their answer, and rows that may be one; each is gone when it is neither. */
class AsOfJoinStateTest {
    private static final JoinSide SIDE = new JoinSide(
            new Schema(List.of(
                    Field.nullable("key1", Type.BIGINT),
                    Field.nullable("k", Type.BIGINT),
                    Field.nullable("time", Type.BIGINT),
                    Field.required("$hash", Type.BIGINT))),
            false,
            1);
    private static final int TIME = 1;
    private static final long NEVER_EXPIRES = Long.MAX_VALUE;

    private record Kept(long key, long time, boolean isLeft) {}

    private static AsOfJoinOperator join(long from, long to, boolean timed, BufferAllocator allocator) {
        return join(from, to, timed, new CountedStates(CountedStates.Kind.PAGES, allocator), allocator);
    }

    private static AsOfJoinOperator join(
            long from, long to, boolean timed, CountedStates states, BufferAllocator allocator) {
        List<Field> columns = new ArrayList<>();
        for (String name : List.of("k", "time", "otherK", "otherTime")) {
            columns.add(Field.nullable(name, Type.BIGINT));
        }
        Schema pairs = new Schema(columns);
        NodeSpec.StreamJoin spec = new NodeSpec.StreamJoin(
                2,
                List.of(new Edge(0, Distribution.LOCAL), new Edge(1, Distribution.LOCAL)),
                1,
                JoinKind.LEFT,
                SIDE,
                SIDE,
                Optional.of(new JoinBound.AsOf(TIME, 0, TIME, 0, from, to, timed, List.of(), -1, false)),
                Optional.empty(),
                pairs,
                pairs,
                false,
                false,
                "1:1");
        return new AsOfJoinOperator(spec, states, new Outputs(), 4, allocator);
    }

    private static void send(AsOfJoinOperator join, int input, Long key, Long time, BufferAllocator allocator) {
        try (Batch batch = new Batch(SIDE.schema(), 1, allocator)) {
            for (int leaf = 0; leaf < 2; leaf++) {
                if (key == null) {
                    batch.column(leaf).putNull(0);
                } else {
                    batch.column(leaf).putLong(0, key);
                }
            }
            if (time == null) {
                batch.column(2).putNull(0);
            } else {
                batch.column(2).putLong(0, time);
            }
            batch.column(3).putLong(0, key == null ? 0 : key);
            batch.rows(1);
            join.accept(input, batch);
        }
    }

    /** Rows of random times on or after their side's watermark; after each step the state is what the definition says. */
    @ParameterizedTest
    @ValueSource(longs = {0, 60_000, -60_000})
    void keepsWhatIsStillAskedFor(long from) {
        for (CountedStates.Kind kind : CountedStates.Kind.values()) {
            keeps(from, NEVER_EXPIRES, kind);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 60_000, -60_000})
    void keepsNoRowThatHasExpired(long from) {
        for (CountedStates.Kind kind : CountedStates.Kind.values()) {
            keeps(from, 90_000, kind);
        }
    }

    private static void keeps(long from, long to, CountedStates.Kind kind) {
        try (BufferAllocator allocator = new RootAllocator()) {
            CountedStates states = new CountedStates(kind, allocator);
            try (AsOfJoinOperator join = join(from, to, true, states, allocator)) {
                keeps(join, from, to, states, allocator);
            }
        }
    }

    private static void keeps(
            AsOfJoinOperator join, long from, long to, CountedStates states, BufferAllocator allocator) {
        Random random = new Random(1);
        List<Kept> rows = new ArrayList<>();
        long[] watermarks = {0, 0};
        join.watermark(0, 0);
        join.watermark(1, 0);
        long most = 0;
        for (int step = 0; step < 3_000; step++) {
            int side = random.nextInt(2);
            // Times are all different, so that each row is an entry of its own.
            long time = (watermarks[side] + random.nextInt(30)) * 4_000 + step;
            long key = random.nextInt(3);
            send(join, side, key, time, allocator);
            rows.add(new Kept(key, time, side == 0));
            if (random.nextInt(3) == 0) {
                int moving = random.nextInt(2);
                watermarks[moving] += random.nextInt(10);
                join.watermark(moving, watermarks[moving] * 4_000);
            }
            long left = watermarks[0] * 4_000;
            long right = watermarks[1] * 4_000;
            // Who looks now, or will: up to when at least.
            long looks = Math.min(left - from, right);
            List<Kept> before = List.copyOf(rows);
            rows.removeIf(row -> row.isLeft()
                    ? row.time() - from < right
                    : to != NEVER_EXPIRES && looks > row.time() + (to - from)
                            || before.stream()
                                    .anyMatch(next -> !next.isLeft()
                                            && next.key() == row.key()
                                            && next.time() > row.time()
                                            && next.time() <= looks));
            assertEquals(rows.size(), join.entries(), "after step " + step);
            most = Math.max(most, rows.size());
        }
        assertTrue(most > 3, "nothing was kept at all");
        join.watermark(0, Windowing.END);
        join.watermark(1, Windowing.END);
        assertEquals(0, join.entries());
        assertEquals(0, states.entries(), "something is left besides rows");
    }

    @Test
    void asksForNoMoreRowsWhenTheLeftSideIsAnswered() {
        try (BufferAllocator allocator = new RootAllocator();
                AsOfJoinOperator join = join(0, NEVER_EXPIRES, true, allocator)) {
            send(join, 1, 1L, 5L, allocator);
            send(join, 0, 1L, 6L, allocator);
            join.watermark(0, Windowing.END);
            assertEquals(2, join.entries());
            send(join, 1, 1L, 6L, allocator);
            assertEquals(3, join.entries());
            join.watermark(1, 7);
            assertEquals(0, join.entries());
            send(join, 1, 1L, 8L, allocator);
            assertEquals(0, join.entries());
        }
    }

    /** A row at the watermark itself is not late, and may be the one. */
    @Test
    void waitsForRowsAtTheWatermark() {
        try (BufferAllocator allocator = new RootAllocator();
                AsOfJoinOperator join = join(0, NEVER_EXPIRES, true, allocator)) {
            join.watermark(1, 6);
            send(join, 0, 1L, 6L, allocator);
            assertEquals(1, join.entries());
            join.watermark(1, 7);
            assertEquals(0, join.entries());
        }
    }

    /** Watermarks say nothing of what is compared, so only ends do. */
    @Test
    void waitsForTheEndWhereNoEventTimesAreCompared() {
        try (BufferAllocator allocator = new RootAllocator();
                AsOfJoinOperator join = join(0, NEVER_EXPIRES, false, allocator)) {
            send(join, 1, 1L, 5L, allocator);
            send(join, 1, 1L, 4L, allocator);
            send(join, 0, 1L, 6L, allocator);
            join.watermark(0, 1_000);
            join.watermark(1, 1_000);
            assertEquals(3, join.entries());
            join.watermark(1, Windowing.END);
            assertEquals(2, join.entries());
            send(join, 0, 1L, 2L, allocator);
            assertEquals(2, join.entries());
            join.watermark(0, Windowing.END);
            assertEquals(0, join.entries());
        }
    }

    /** NULL equals nothing and is at no time, so such a row has nobody to wait for. */
    @Test
    void keepsNoRowWithoutKeyOrTime() {
        try (BufferAllocator allocator = new RootAllocator();
                AsOfJoinOperator join = join(0, NEVER_EXPIRES, true, allocator)) {
            for (int input = 0; input < 2; input++) {
                send(join, input, null, 1L, allocator);
                send(join, input, 1L, null, allocator);
            }
            assertEquals(0, join.entries());
        }
    }
}
