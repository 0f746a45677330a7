package io.leat.runtime.operator.over;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.NodeSpec.SortKey;
import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.job.RankFunction;
import io.leat.runtime.job.WindowFunctionSpec;
import io.leat.runtime.operator.CountedStates;
import io.leat.runtime.operator.ToldRowsLog;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.window.Windowing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Window functions and first rows keep the rows of a partition, or the first of them, until the partition is complete, and tell what a
 * list of rows says.
 */
class PartitionStateTest {
    private static final int LIMIT = 3;
    private static final List<SortKey> ORDER = List.of(new SortKey(2, false, false), new SortKey(3, false, false));

    /** A row: the end of its window, a key, a value to order by, and its number. */
    private record Row(long end, long key, long value, long id) {
        List<Long> partition() {
            return List.of(end, key);
        }

        boolean isBefore(Row other) {
            return value < other.value || value == other.value && id < other.id;
        }

        List<Long> with(long place) {
            return List.of(end, key, value, id, place);
        }
    }

    private static PartitionSpec partitions(boolean weighted, boolean windowed, boolean changes) {
        List<Field> fields = new ArrayList<>();
        Stream.of("end", "k", "v", "id").forEach(name -> fields.add(Field.required(name, Type.BIGINT)));
        List<Field> output = new ArrayList<>(fields);
        output.add(Field.required("place", Type.BIGINT));
        fields.add(Field.required("$hash", Type.BIGINT));
        int first = weighted ? 1 : 0;
        List<SortKey> order = ORDER.stream()
                .map(key -> new SortKey(first + key.column(), false, false))
                .toList();
        if (weighted) {
            fields.add(0, Field.required("$weight", Type.BIGINT));
        }
        if (changes) {
            output.add(0, Field.required("$weight", Type.BIGINT));
        }
        List<Integer> columns =
                Stream.of(0, 1, 2, 3).map(column -> first + column).toList();
        return new PartitionSpec(
                new Schema(fields), weighted, 2, order, 1, windowed, changes, columns, new Schema(output));
    }

    private static OverOperator over(
            PartitionSpec rows, CountedStates states, ToldRowsLog log, BufferAllocator allocator) {
        NodeSpec.Over spec = new NodeSpec.Over(
                1,
                List.of(new Edge(0, Distribution.LOCAL)),
                rows,
                List.of(new WindowFunctionSpec.Ranking(RankFunction.ROW_NUMBER)),
                List.of(),
                "1:1");
        return new OverOperator(spec, List.of(), states.open("over"), log.outputs(), 4, allocator);
    }

    private static RankOperator rank(
            PartitionSpec rows,
            RankFunction function,
            CountedStates states,
            ToldRowsLog log,
            BufferAllocator allocator) {
        NodeSpec.Rank spec =
                new NodeSpec.Rank(1, List.of(new Edge(0, Distribution.LOCAL)), rows, function, LIMIT, true, "1:1");
        return new RankOperator(spec, states.open("rank"), log.outputs(), 4, allocator);
    }

    private static void send(
            PartitionOperator operator, PartitionSpec rows, Row row, long weight, BufferAllocator allocator) {
        try (Batch batch = new Batch(rows.input(), 1, allocator)) {
            List<Long> values = new ArrayList<>(List.of(row.end(), row.key(), row.value(), row.id(), row.key() * 77));
            if (rows.weighted()) {
                values.add(0, weight);
            }
            for (int leaf = 0; leaf < values.size(); leaf++) {
                batch.column(leaf).putLong(0, values.get(leaf));
            }
            batch.rows(1);
            operator.accept(0, batch);
        }
    }

    private static Row random(Random random, long watermark, int id) {
        long end = (watermark / 10 + 1 + random.nextInt(3)) * 10;
        return new Row(end, random.nextInt(3), random.nextInt(8), id);
    }

    private static long place(Row row, List<Row> rows, RankFunction function) {
        Stream<Row> before = rows.stream().filter(each -> each.partition().equals(row.partition()));
        return 1
                + switch (function) {
                    case ROW_NUMBER -> before.filter(each -> each.isBefore(row)).count();
                    case RANK ->
                        before.filter(each -> each.value() < row.value()).count();
                    default ->
                        before.filter(each -> each.value() < row.value())
                                .map(Row::value)
                                .distinct()
                                .count();
                };
    }

    private static Map<List<Long>, Long> told(List<Row> rows, RankFunction function, long limit) {
        Map<List<Long>, Long> told = new HashMap<>();
        for (Row row : rows) {
            long place = place(row, rows, function);
            if (place <= limit) {
                told.merge(row.with(place), 1L, Long::sum);
            }
        }
        return told;
    }

    /** What is checked of an operator that tells no more rows of a partition than a limit. */
    private interface Check {
        void of(
                PartitionOperator operator,
                PartitionSpec rows,
                RankFunction function,
                long limit,
                CountedStates states,
                ToldRowsLog log,
                BufferAllocator allocator);
    }

    private static void overKeeps(CountedStates.Kind kind, PartitionSpec rows, Check check) {
        try (BufferAllocator allocator = new RootAllocator()) {
            CountedStates states = new CountedStates(kind, allocator);
            ToldRowsLog log = new ToldRowsLog(rows.changes());
            try (OverOperator over = over(rows, states, log, allocator)) {
                check.of(over, rows, RankFunction.ROW_NUMBER, Long.MAX_VALUE, states, log, allocator);
            }
        }
    }

    private static void ranksKeep(CountedStates.Kind kind, PartitionSpec rows, Check check) {
        for (RankFunction function : List.of(RankFunction.ROW_NUMBER, RankFunction.RANK, RankFunction.DENSE_RANK)) {
            try (BufferAllocator allocator = new RootAllocator()) {
                CountedStates states = new CountedStates(kind, allocator);
                ToldRowsLog log = new ToldRowsLog(rows.changes());
                try (RankOperator rank = rank(rows, function, states, log, allocator)) {
                    check.of(rank, rows, function, LIMIT, states, log, allocator);
                }
            }
        }
    }

    // ---- windows

    @ParameterizedTest
    @EnumSource(CountedStates.Kind.class)
    void windowFunctionsKeepTheRowsOfWindowsThatAreOpen(CountedStates.Kind kind) {
        overKeeps(kind, partitions(false, true, false), PartitionStateTest::windows);
    }

    @ParameterizedTest
    @EnumSource(CountedStates.Kind.class)
    void firstRowsOfWindowsThatAreOpenAreKeptAndNoOthers(CountedStates.Kind kind) {
        ranksKeep(kind, partitions(false, true, false), PartitionStateTest::windows);
    }

    private static void windows(
            PartitionOperator operator,
            PartitionSpec rows,
            RankFunction function,
            long limit,
            CountedStates states,
            ToldRowsLog log,
            BufferAllocator allocator) {
        Random random = new Random(1);
        List<Row> open = new ArrayList<>();
        Map<List<Long>, Long> expected = new HashMap<>();
        long watermark = 0;
        long most = 0;
        for (int step = 0; step < 2_000; step++) {
            Row row = random(random, watermark, step);
            send(operator, rows, row, 1, allocator);
            open.add(row);
            if (random.nextInt(4) == 0) {
                watermark += random.nextInt(8);
                operator.watermark(0, watermark);
                long now = watermark;
                List<Row> closed =
                        open.stream().filter(each -> each.end() <= now).toList();
                expected.putAll(told(closed, function, limit));
                open.removeAll(closed);
            }
            long kept = told(open, function, limit).size();
            most = Math.max(most, kept);
            assertEquals(kept, states.entries(), "after step " + step);
            assertEquals(kept, operator.entries());
            assertEquals(expected.size(), log.rows().size(), "after step " + step);
        }
        assertTrue(most > 5, "nothing was kept at all");
        operator.watermark(0, Windowing.END);
        expected.putAll(told(open, function, limit));
        assertEquals(expected, log.rows());
        assertEquals(0, states.entries());
    }

    // ---- changes

    /** Rows come and go; what is told adds up to what a list of the rows says, and rows that went take no room. */
    @ParameterizedTest
    @EnumSource(CountedStates.Kind.class)
    void windowFunctionsOverChangesKeepWhatIsThere(CountedStates.Kind kind) {
        overKeeps(kind, partitions(true, false, true), PartitionStateTest::changes);
    }

    @ParameterizedTest
    @EnumSource(CountedStates.Kind.class)
    void firstRowsOverChangesKeepWhatIsThere(CountedStates.Kind kind) {
        ranksKeep(kind, partitions(true, false, true), PartitionStateTest::changes);
    }

    private static void changes(
            PartitionOperator operator,
            PartitionSpec rows,
            RankFunction function,
            long limit,
            CountedStates states,
            ToldRowsLog log,
            BufferAllocator allocator) {
        Random random = new Random(2);
        List<Row> there = new ArrayList<>();
        for (int step = 0; step < 1_000; step++) {
            if (there.size() > 20 || !there.isEmpty() && random.nextInt(3) == 0) {
                Row gone = there.remove(random.nextInt(there.size()));
                send(operator, rows, gone, -1, allocator);
            } else {
                Row row = new Row(10, random.nextInt(2), random.nextInt(6), step);
                there.add(row);
                send(operator, rows, row, 1, allocator);
            }
            assertEquals(told(there, function, limit), log.rows(), "after step " + step);
            assertEquals(there.size(), states.entries(), "after step " + step);
        }
        operator.watermark(0, 1_000);
        assertEquals(there.size(), states.entries(), "a watermark frees nothing here");
        operator.watermark(0, Windowing.END);
        assertEquals(0, states.entries());
    }

    // ---- one time at the end

    @Test
    void rowsOfPartitionsWithoutWindowAreKeptUntilTheEnd() {
        PartitionSpec rows = partitions(false, false, false);
        try (BufferAllocator allocator = new RootAllocator()) {
            CountedStates states = new CountedStates(CountedStates.Kind.PAGES, allocator);
            ToldRowsLog log = new ToldRowsLog(false);
            try (OverOperator over = over(rows, states, log, allocator)) {
                for (int i = 0; i < 50; i++) {
                    send(over, rows, new Row(10, i % 3, i % 7, i), 1, allocator);
                }
                over.watermark(0, 1_000);
                assertEquals(50, states.entries());
                assertEquals(Map.of(), log.rows());
                over.watermark(0, Windowing.END);
                assertEquals(0, states.entries());
                assertEquals(50, log.rows().size());
            }
        }
    }

    /** Of many equal rows there is one entry, and the first of them are told. */
    @Test
    void equalRowsAreOneEntry() {
        PartitionSpec rows = partitions(false, false, false);
        try (BufferAllocator allocator = new RootAllocator()) {
            CountedStates states = new CountedStates(CountedStates.Kind.PAGES, allocator);
            ToldRowsLog log = new ToldRowsLog(false);
            try (RankOperator rank = rank(rows, RankFunction.ROW_NUMBER, states, log, allocator)) {
                Row row = new Row(10, 1, 5, 9);
                for (int i = 0; i < 10; i++) {
                    send(rank, rows, row, 1, allocator);
                }
                assertEquals(1, states.entries());
                rank.watermark(0, Windowing.END);
                List<List<Long>> told = log.rows().keySet().stream()
                        .sorted(Comparator.comparing(each -> each.get(4)))
                        .toList();
                assertEquals(List.of(row.with(1), row.with(2), row.with(3)), told);
            }
        }
    }
}
