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
import io.leat.runtime.state.heap.HeapState;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.window.Windowing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A join keeps a row as long as a partner can come, and not longer. */
class JoinStateTest {
    private static final List<Field> FIELDS = List.of(
            Field.nullable("key1", Type.BIGINT),
            Field.nullable("k", Type.BIGINT),
            Field.required("time", Type.BIGINT),
            Field.required("$hash", Type.BIGINT));
    private static final JoinSide SIDE = new JoinSide(new Schema(FIELDS), false, 1);
    private static final JoinSide WEIGHTED = new JoinSide(new Schema(weighted(FIELDS)), true, 1);
    private static final int TIME = 1;
    private static final long FROM = -20;
    private static final long TO = 50;

    private static final JoinBound.Distance DISTANCE = new JoinBound.Distance(TIME, 0, TIME, 0, FROM, TO);

    private record Kept(long key, long time, boolean isLeft) {}

    private static List<Field> weighted(List<Field> fields) {
        List<Field> all = new ArrayList<>(List.of(Field.required("$weight", Type.BIGINT)));
        all.addAll(fields);
        return all;
    }

    private static NodeSpec.StreamJoin join(JoinKind kind, JoinBound bound) {
        return join(kind, bound, SIDE);
    }

    private static NodeSpec.StreamJoin join(JoinKind kind, JoinBound bound, JoinSide side) {
        List<Field> columns = new ArrayList<>();
        for (String name : List.of("k", "time", "otherK", "otherTime")) {
            columns.add(Field.nullable(name, Type.BIGINT));
        }
        boolean weighted = side.weighted();
        List<Field> output = output(kind, columns);
        return new NodeSpec.StreamJoin(
                2,
                List.of(new Edge(0, Distribution.LOCAL), new Edge(1, Distribution.LOCAL)),
                1,
                kind,
                side,
                side,
                Optional.ofNullable(bound),
                Optional.empty(),
                new Schema(weighted ? weighted(columns) : columns),
                new Schema(weighted ? weighted(output) : output),
                weighted,
                false,
                "1:1");
    }

    private static List<Field> output(JoinKind kind, List<Field> columns) {
        if (kind.hasRightColumns()) {
            return columns;
        }
        List<Field> ofLeft = new ArrayList<>(columns.subList(0, 2));
        if (kind == JoinKind.MARK) {
            ofLeft.add(Field.required("matched", Type.BOOLEAN));
        }
        return ofLeft;
    }

    private static void send(StreamJoinOperator join, int input, Long key, long time, BufferAllocator allocator) {
        send(SIDE, join, input, key, time, allocator);
    }

    private static void send(
            JoinSide side, StreamJoinOperator join, int input, Long key, long time, BufferAllocator allocator) {
        try (Batch batch = new Batch(side.schema(), 1, allocator)) {
            int first = side.weighted() ? 1 : 0;
            if (side.weighted()) {
                batch.column(0).putLong(0, 1);
            }
            for (int leaf = first; leaf < first + 2; leaf++) {
                if (key == null) {
                    batch.column(leaf).putNull(0);
                } else {
                    batch.column(leaf).putLong(0, key);
                }
            }
            batch.column(first + 2).putLong(0, time);
            batch.column(first + 3).putLong(0, key == null ? 0 : key);
            batch.rows(1);
            join.accept(input, batch);
        }
    }

    /** Rows of random times on or after their side's watermark; after each step the state is what the definition says. */
    @ParameterizedTest
    @EnumSource(JoinKind.class)
    void keepsWhatCanHaveAPartner(JoinKind kind) {
        for (CountedStates.Kind of : CountedStates.Kind.values()) {
            keeps(kind, DISTANCE, of);
        }
    }

    /** Rows of one side expire, those of the other one wait for its end. */
    @ParameterizedTest
    @EnumSource(JoinKind.class)
    void keepsTheSideOfAnOpenEnd(JoinKind kind) {
        for (CountedStates.Kind of : List.of(CountedStates.Kind.PAGES, CountedStates.Kind.BEHIND)) {
            keeps(kind, new JoinBound.Distance(TIME, 0, TIME, 0, JoinBound.Distance.OPEN_FROM, TO), of);
            keeps(kind, new JoinBound.Distance(TIME, 0, TIME, 0, FROM, JoinBound.Distance.OPEN_TO), of);
        }
    }

    private static void keeps(JoinKind kind, JoinBound.Distance bound, CountedStates.Kind of) {
        Random random = new Random(1);
        NodeSpec.StreamJoin spec = join(kind, bound);
        try (BufferAllocator allocator = new RootAllocator()) {
            CountedStates states = new CountedStates(of, allocator);
            try (StreamJoinOperator join = new StreamJoinOperator(spec, null, states, new Outputs(), 4, allocator)) {
                keeps(join, bound, !kind.hasRightColumns(), states, random, allocator);
            }
        }
    }

    private static void keeps(
            StreamJoinOperator join,
            JoinBound.Distance bound,
            boolean forgets,
            CountedStates states,
            Random random,
            BufferAllocator allocator) {
        List<Kept> kept = new ArrayList<>();
        long[] watermarks = {0, 0};
        join.watermark(0, 0);
        join.watermark(1, 0);
        for (int step = 0; step < 3_000; step++) {
            int side = random.nextInt(2);
            long time = watermarks[side] + random.nextInt(30);
            // Times are all different, so that each row is an entry of its own.
            long distinct = time * 4_000 + step;
            Kept row = new Kept(random.nextInt(3), distinct, side == 0);
            send(join, side, row.key(), distinct, allocator);
            if (!forgets) {
                kept.add(row);
            } else if (!row.isLeft()) {
                kept.removeIf(left -> left.isLeft() && arePartners(left, row, bound));
                kept.add(row);
            } else if (kept.stream().noneMatch(right -> !right.isLeft() && arePartners(row, right, bound))) {
                kept.add(row);
            }
            if (random.nextInt(3) == 0) {
                int moving = random.nextInt(2);
                watermarks[moving] += random.nextInt(10);
                join.watermark(moving, watermarks[moving] * 4_000);
            }
            long left = watermarks[0] * 4_000;
            long right = watermarks[1] * 4_000;
            kept.removeIf(old -> bound.ends(old.isLeft())
                    && (old.isLeft() ? right > old.time() - bound.from() : left > old.time() + bound.to()));
            assertEquals(kept.size(), join.entries(), "after step " + step);
        }
        assertTrue(!kept.isEmpty(), "nothing was kept at all");
        join.watermark(0, Windowing.END);
        join.watermark(1, Windowing.END);
        assertEquals(0, join.entries());
        assertEquals(0, states.entries(), "timers are left");
    }

    private static boolean arePartners(Kept left, Kept right, JoinBound.Distance bound) {
        return left.key() == right.key()
                && (!bound.ends(true) || left.time() - right.time() >= bound.from())
                && (!bound.ends(false) || left.time() - right.time() <= bound.to());
    }

    @ParameterizedTest
    @EnumSource(JoinKind.class)
    void keepsAWindowUntilBothSidesHavePassedIt(JoinKind kind) {
        try (BufferAllocator allocator = new RootAllocator();
                StreamJoinOperator join = new StreamJoinOperator(
                        join(kind, new JoinBound.SameWindow(TIME, TIME)),
                        null,
                        name -> new HeapState(allocator),
                        new Outputs(),
                        4,
                        allocator)) {
            send(join, 0, 1L, 60, allocator);
            send(join, 1, 3L, 60, allocator);
            send(join, 1, 2L, 120, allocator);
            join.watermark(0, 60);
            assertEquals(3, join.entries());
            join.watermark(1, 59);
            assertEquals(3, join.entries());
            join.watermark(1, 60);
            assertEquals(1, join.entries());
            join.watermark(0, Windowing.END);
            assertEquals(1, join.entries());
            join.watermark(1, 120);
            assertEquals(0, join.entries());
        }
    }

    @ParameterizedTest
    @EnumSource(JoinKind.class)
    void keepsNothingForASideThatHasEnded(JoinKind kind) {
        try (BufferAllocator allocator = new RootAllocator();
                StreamJoinOperator join = new StreamJoinOperator(
                        join(kind, null), null, name -> new HeapState(allocator), new Outputs(), 4, allocator)) {
            send(join, 0, 1L, 1, allocator);
            send(join, 1, 3L, 1, allocator);
            send(join, 1, 2L, 1, allocator);
            assertEquals(3, join.entries());
            join.watermark(1, Windowing.END);
            assertEquals(2, join.entries());
            send(join, 0, 2L, 1, allocator);
            assertEquals(2, join.entries());
            join.watermark(0, Windowing.END);
            assertEquals(0, join.entries());
        }
    }

    /** Of rows that never go away, one that is only asked whether it has a partner is done with when it has one. */
    @ParameterizedTest
    @EnumSource(JoinKind.class)
    void forgetsWhatIsOnlyAskedForAPartner(JoinKind kind) {
        JoinBound window = new JoinBound.SameWindow(TIME, TIME);
        for (JoinBound bound : Arrays.asList(null, DISTANCE, window)) {
            for (CountedStates.Kind of : CountedStates.Kind.values()) {
                forgets(join(kind, bound, SIDE), of, bound == null, !kind.hasRightColumns());
                forgets(join(kind, bound, WEIGHTED), of, bound == null, false);
            }
        }
    }

    private static void forgets(NodeSpec.StreamJoin spec, CountedStates.Kind of, boolean unbounded, boolean forgets) {
        try (BufferAllocator allocator = new RootAllocator()) {
            CountedStates states = new CountedStates(of, allocator);
            try (StreamJoinOperator join = new StreamJoinOperator(spec, null, states, new Outputs(), 4, allocator)) {
                send(spec.left(), join, 0, 1L, 60, allocator);
                send(spec.left(), join, 0, 2L, 60, allocator);
                assertEquals(2, join.entries());
                send(spec.left(), join, 1, 1L, 60, allocator);
                assertEquals(forgets ? 2 : 3, join.entries());
                send(spec.left(), join, 0, 1L, 60, allocator);
                assertEquals(forgets ? 2 : 3, join.entries());
                join.watermark(0, 1_000);
                join.watermark(1, 1_000);
                int left = forgets ? 2 : 3;
                assertEquals(unbounded ? left : 0, join.entries());
                join.watermark(0, Windowing.END);
                join.watermark(1, Windowing.END);
                assertEquals(0, join.entries());
                assertEquals(0, states.entries(), "timers are left");
            }
        }
    }

    /** NULL equals nothing, so such a row has nobody to wait for. */
    @Test
    void keepsNoRowWithoutKey() {
        try (BufferAllocator allocator = new RootAllocator();
                StreamJoinOperator join = new StreamJoinOperator(
                        join(JoinKind.FULL, null),
                        null,
                        name -> new HeapState(allocator),
                        new Outputs(),
                        4,
                        allocator)) {
            send(join, 0, null, 1, allocator);
            send(join, 1, null, 1, allocator);
            assertEquals(0, join.entries());
        }
    }
}
