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
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.window.Windowing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows are told while the clock is between their moments, and what is kept goes with them. */
class ClockFilterOperatorTest {
    private static final Type MOMENT = new TimestampType(6, true);
    private static final long FROM_SHIFT = 3;
    private static final long UNTIL_SHIFT = -2;
    private static final Schema ROWS = new Schema(List.of(
            Field.required("$weight", Type.BIGINT),
            Field.required("moment1", MOMENT),
            Field.required("moment2", MOMENT),
            Field.required("k", Type.BIGINT),
            Field.required("$hash", Type.BIGINT)));
    private static final Schema TOLD =
            new Schema(List.of(Field.required("$weight", Type.BIGINT), Field.required("k", Type.BIGINT)));

    /** A row with the moments that it comes and goes at. */
    private record Row(long from, long until, long key) {
        boolean isThere(long now) {
            return from <= now && now < until;
        }

        boolean waits(long now) {
            return now < from && from < until;
        }
    }

    private static ClockFilterOperator open(CountedStates states, Outputs outputs, BufferAllocator allocator) {
        NodeSpec.ClockFilter spec = new NodeSpec.ClockFilter(
                1,
                List.of(new Edge(0, Distribution.LOCAL)),
                ROWS,
                true,
                0,
                List.of(FROM_SHIFT),
                List.of(UNTIL_SHIFT),
                TOLD,
                "1:1");
        return new ClockFilterOperator(spec, states, outputs, 4, allocator);
    }

    private static void send(ClockFilterOperator filter, long weight, Row row, BufferAllocator allocator) {
        try (Batch batch = new Batch(ROWS, 1, allocator)) {
            long until = row.until() == Windowing.END ? Windowing.END : row.until() - UNTIL_SHIFT;
            long[] values = {weight, row.from() - FROM_SHIFT, until, row.key(), row.key()};
            for (int leaf = 0; leaf < values.length; leaf++) {
                batch.column(leaf).putLong(0, values[leaf]);
            }
            batch.rows(1);
            filter.accept(0, batch);
        }
    }

    /** Rows come and are taken back at random while the clock goes on; what is told and kept is always what the definition says. */
    @ParameterizedTest
    @EnumSource(CountedStates.Kind.class)
    void tellsWhatIsThere(CountedStates.Kind kind) {
        Random random = new Random(5);
        ToldRowsLog log = new ToldRowsLog(true);
        try (BufferAllocator allocator = new RootAllocator();
                ClockFilterOperator filter = open(new CountedStates(kind, allocator), log.outputs(), allocator)) {
            List<Row> rows = new ArrayList<>();
            long now = 0;
            long most = 0;
            filter.now(now);
            for (int step = 0; step < 4_000; step++) {
                if (random.nextInt(4) == 0 && !rows.isEmpty()) {
                    Row gone = rows.remove(random.nextInt(rows.size()));
                    send(filter, -1, gone, allocator);
                } else {
                    long from = now - 50 + random.nextInt(100);
                    long until = random.nextInt(20) == 0 ? Windowing.END : now - 20 + random.nextInt(150);
                    Row row = new Row(from, until, random.nextInt(10));
                    rows.add(row);
                    send(filter, 1, row, allocator);
                }
                if (random.nextInt(5) == 0) {
                    now += random.nextInt(20);
                    filter.now(now);
                }
                assertEquals(there(rows, now), log.rows(), "after step " + step);
                assertEquals(kept(rows, now), filter.entries(), "after step " + step);
                most = Math.max(most, filter.entries());
            }
            assertTrue(most > 10, "nothing was kept");
            Map<List<Long>, Long> last = there(rows, now);
            filter.watermark(0, Windowing.END);
            assertEquals(0, filter.entries());
            assertEquals(last, log.rows(), "what is there when all has ended stays");
        }
    }

    private static Map<List<Long>, Long> there(List<Row> rows, long now) {
        Map<List<Long>, Long> there = new HashMap<>();
        rows.stream().filter(row -> row.isThere(now)).forEach(row -> there.merge(List.of(row.key()), 1L, Long::sum));
        return there;
    }

    /** Different rows that wait, and those that are there and will go. */
    private static long kept(List<Row> rows, long now) {
        long waiting = rows.stream().filter(row -> row.waits(now)).distinct().count();
        long present = rows.stream()
                .filter(row -> row.isThere(now) && row.until() != Windowing.END)
                .map(row -> List.of(row.until(), row.key()))
                .distinct()
                .count();
        return waiting + present;
    }

    @Test
    void noWatermarkButTheLastGoesOn() {
        List<Long> passed = new ArrayList<>();
        Outputs outputs = new Outputs();
        outputs.add(
                new Receiver() {
                    @Override
                    public void accept(int input, Batch rows) {
                        throw new AssertionError("no row came");
                    }

                    @Override
                    public void watermark(int input, long watermark) {
                        passed.add(watermark);
                    }
                },
                0);
        try (BufferAllocator allocator = new RootAllocator();
                ClockFilterOperator filter =
                        open(new CountedStates(CountedStates.Kind.PAGES, allocator), outputs, allocator)) {
            filter.now(1);
            filter.watermark(0, 5);
            filter.watermark(0, Windowing.END);
        }
        assertEquals(List.of(Windowing.END), passed);
    }
}
