package io.leat.runtime.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.aggregate.Count;
import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.kernel.Hashing;
import io.leat.runtime.kernel.Zone;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.pipeline.Pipeline;
import io.leat.runtime.pipeline.PipelineContext;
import io.leat.runtime.state.AggregateTable;
import io.leat.runtime.state.DistinctSet;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.state.TableLayout.AccumulatorSlot;
import io.leat.runtime.state.TableLayout.ColumnSlot;
import io.leat.runtime.state.WindowState;
import io.leat.runtime.state.heap.HeapState;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.window.Windowing;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** Of a session its group is kept until it is over, whatever its rows did on the way. */
class SessionGroupsTest {
    private static final long GAP = 40;
    private static final Schema ROWS =
            new Schema(List.of(Field.required("k", Type.BIGINT), Field.required("time", Type.BIGINT)));
    private static final Schema SESSIONS = new Schema(List.of(
            Field.required("k", Type.BIGINT),
            Field.required("window_start", Type.BIGINT),
            Field.required("window_end", Type.BIGINT),
            Field.required("n", Type.BIGINT)));

    private record Row(long key, long time) {}

    /** What a generated table for {@code count(*) GROUP BY k} over sessions would look like. */
    private static final class Counts extends AggregateTable {
        private static final int HASH_KEY = 16;
        private static final int TIME = 24;
        private static final int KEY = 32;
        private static final int COUNT = 40;
        private static final TableLayout LAYOUT = new TableLayout(
                List.of(
                        new ColumnSlot("$hash", Type.BIGINT, HASH_KEY, -1),
                        new ColumnSlot("$time", Type.BIGINT, TIME, -1),
                        new ColumnSlot("k", Type.BIGINT, KEY, -1)),
                List.of(),
                List.of(new AccumulatorSlot("COUNT", COUNT, 8, List.of())),
                48);

        private final BufferAllocator allocator;

        Counts(BufferAllocator allocator) {
            super(LAYOUT, allocator, new DistinctSet[0]);
            this.allocator = allocator;
        }

        void add(long key, long time) {
            for (int i = 0; i < size(); i++) {
                if (Memory.getLong(entry(i) + KEY) == key && Memory.getLong(entry(i) + TIME) == time) {
                    Count.add(entry(i) + COUNT);
                    return;
                }
            }
            long entry = insert(Hashing.hashInt64(key));
            Memory.putLong(entry + HASH_KEY, Hashing.hashInt64(key));
            Memory.putLong(entry + TIME, time);
            Memory.putLong(entry + KEY, key);
            Count.add(entry + COUNT);
        }

        @Override
        public AggregateTable create() {
            return new Counts(allocator);
        }

        @Override
        public long findLike(AggregateTable other, long entry) {
            throw new IllegalStateException("sessions are found by their state");
        }

        @Override
        public void mergeValues(long entry, AggregateTable other, long otherEntry) {
            Count.merge(entry + COUNT, otherEntry + COUNT);
        }

        @Override
        public void emit(long entry, long windowStart, long windowEnd, Batch out, int row) {
            long[] values = {Memory.getLong(entry + KEY), windowStart, windowEnd, Count.result(entry + COUNT)};
            for (int leaf = 0; leaf < values.length; leaf++) {
                out.column(leaf).putLong(row, values[leaf]);
            }
        }
    }

    private static final class Update extends Pipeline {
        Update(WindowState groups, BufferAllocator allocator) {
            super(new PipelineContext(
                    List.of(), List.of(), null, groups, List.of(), Zone.of(ZoneOffset.UTC), allocator));
        }

        @Override
        public void process(Batch in) {
            Counts counts = (Counts) state.slice(0);
            for (int row = 0; row < in.rows(); row++) {
                counts.add(in.column(0).getLong(row), in.column(1).getLong(row));
            }
        }
    }

    private final List<String> told = new ArrayList<>();

    private final class Told extends Receiver {
        @Override
        public void accept(int input, Batch rows) {
            for (int row = 0; row < rows.rows(); row++) {
                told.add(rows.column(0).getLong(row) + " " + rows.column(1).getLong(row) + " "
                        + rows.column(2).getLong(row) + " " + rows.column(3).getLong(row));
            }
        }

        @Override
        public void watermark(int input, long watermark) {
            told.sort(null);
        }
    }

    private SessionGroupsOperator open(BufferAllocator allocator) {
        NodeSpec.SessionGroups spec = new NodeSpec.SessionGroups(
                1, List.of(new Edge(0, Distribution.LOCAL)), null, "", List.of(), GAP, SESSIONS, "1:1");
        Counts fresh = new Counts(allocator);
        OneTable table = new OneTable();
        table.use(fresh);
        Outputs outputs = new Outputs();
        outputs.add(new Told(), 0);
        return new SessionGroupsOperator(
                spec, new Update(table, allocator), fresh, name -> new HeapState(allocator), outputs, 4, allocator);
    }

    private static void send(SessionGroupsOperator sessions, List<Row> rows, BufferAllocator allocator) {
        try (Batch batch = new Batch(ROWS, rows.size(), allocator)) {
            for (int row = 0; row < rows.size(); row++) {
                batch.column(0).putLong(row, rows.get(row).key());
                batch.column(1).putLong(row, rows.get(row).time());
            }
            batch.rows(rows.size());
            sessions.accept(0, batch);
        }
    }

    /** Rows of random times on or after the watermark; what is told and what is kept is what the definition says. */
    @Test
    void keepsOneEntryForEachSessionThatIsNotOver() {
        Random random = new Random(1);
        try (BufferAllocator allocator = new RootAllocator();
                SessionGroupsOperator sessions = open(allocator)) {
            List<Row> kept = new ArrayList<>();
            long watermark = 0;
            for (int step = 0; step < 2_000; step++) {
                List<Row> rows = new ArrayList<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    rows.add(new Row(random.nextInt(4), watermark + random.nextInt(300)));
                }
                send(sessions, rows, allocator);
                kept.addAll(rows);
                if (random.nextInt(3) == 0) {
                    watermark += random.nextInt(60);
                    told.clear();
                    sessions.watermark(0, watermark);
                    assertEquals(takeOver(kept, watermark), told, "after step " + step);
                }
                assertEquals(count(kept), sessions.sessions(), "after step " + step);
            }
            assertTrue(!kept.isEmpty(), "nothing was kept at all");
            told.clear();
            sessions.watermark(0, Windowing.END);
            assertEquals(takeOver(kept, Windowing.END), told);
            assertEquals(0, sessions.entries());
        }
    }

    /** Takes the sessions that end at or before the watermark from the rows, and says what they are. */
    private static List<String> takeOver(List<Row> rows, long watermark) {
        List<String> over = new ArrayList<>();
        for (List<Row> session : sessionsOf(rows)) {
            long end = session.get(session.size() - 1).time() + GAP;
            if (end <= watermark) {
                Row first = session.get(0);
                over.add(first.key() + " " + first.time() + " " + end + " " + session.size());
                rows.removeAll(session);
            }
        }
        over.sort(null);
        return over;
    }

    private static long count(List<Row> rows) {
        return sessionsOf(rows).size();
    }

    private static List<List<Row>> sessionsOf(List<Row> rows) {
        List<List<Row>> sessions = new ArrayList<>();
        for (long key : new TreeSet<>(rows.stream().map(Row::key).toList())) {
            long last = Long.MIN_VALUE;
            for (Row row : rows.stream()
                    .filter(each -> each.key() == key)
                    .sorted((a, b) -> Long.compare(a.time(), b.time()))
                    .toList()) {
                if (last == Long.MIN_VALUE || row.time() - last >= GAP) {
                    sessions.add(new ArrayList<>());
                }
                sessions.get(sessions.size() - 1).add(row);
                last = row.time();
            }
        }
        return sessions;
    }
}
