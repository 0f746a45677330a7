package io.leat.runtime.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.Source.Partition;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceSettings;
import io.leat.runtime.connector.TestClock;
import io.leat.runtime.job.Pace;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.kernel.Zone;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.operator.Receiver;
import io.leat.runtime.pipeline.PipelineContext;
import io.leat.runtime.pipeline.SourcePipeline;
import io.leat.runtime.window.Windowing;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The watermarks of partitions that fall silent, by the lateness guide, under random schedules of two workers: a silent partition raises
 * its own watermark to the least of the active ones, its later rows are judged by that, and no operator watermark ever passes the
 * watermark of a row still to come.
 */
class IdlePartitionTest {
    private static final long DELAY = 5;
    private static final long IDLE_MILLIS = 1_000;
    private static final int ROUNDS = 60;

    private final BufferAllocator allocator = new RootAllocator();
    private final TestClock clock = new TestClock();
    private final List<ScriptedRows> readers = new ArrayList<>();
    private final List<PartitionScan> partitions = new ArrayList<>();
    private final List<ScanTask> tasks = new ArrayList<>();
    /** What each worker told its operators last. */
    private final long[] announced = {Windowing.NEVER, Windowing.NEVER};
    /** The watermark that each partition should have, by its rows and its raises. */
    private final Map<Integer, Long> expected = new HashMap<>();

    private String run = "";
    /** When each partition was last seen to have rows, in nanoseconds. */
    private long[] lastRows;

    private int rowsSeen;
    private int raises;

    @AfterEach
    void close() {
        tasks.forEach(ScanTask::close);
        allocator.close();
    }

    /** Looks at each row as a window would. */
    private final class Judge extends SourcePipeline {
        private final int worker;

        Judge(int worker) {
            super(new PipelineContext(List.of(), List.of(), null, null, List.of(), Zone.of(ZoneOffset.UTC), allocator));
            this.worker = worker;
        }

        @Override
        public void process(Batch in) {
            for (int row = 0; row < in.rows(); row++) {
                rowsSeen++;
                long time = Memory.getLong(in.data(0) + ((long) row << 3));
                int partition = (int) Memory.getLong(in.data(1) + ((long) row << 3));
                long before = expected.get(partition);
                if (watermarks != null) {
                    assertEquals(before, watermarks[row], run);
                } else {
                    assertTrue(time >= before, run + ": a row that may be late has no watermark");
                }
                assertTrue(announced[worker] <= before, run + ": the operator watermark passed a row");
                expected.put(partition, Math.max(before, time - DELAY));
            }
        }
    }

    private final class Announcements extends Receiver {
        private final int worker;

        Announcements(int worker) {
            this.worker = worker;
        }

        @Override
        public void accept(int input, Batch rows) {
            throw new IllegalStateException("the judge emits nothing");
        }

        @Override
        public void watermark(int input, long watermark) {
            assertTrue(watermark > announced[worker], run + ": a watermark fell");
            announced[worker] = watermark;
        }
    }

    private void open(int count) {
        readers.clear();
        partitions.clear();
        tasks.forEach(ScanTask::close);
        tasks.clear();
        expected.clear();
        lastRows = new long[count];
        Arrays.fill(lastRows, clock.nanos());
        Arrays.fill(announced, Windowing.NEVER);
        WatermarkBoard board = new WatermarkBoard(new int[count]);
        for (int i = 0; i < count; i++) {
            readers.add(new ScriptedRows(i));
            partitions.add(new PartitionScan(new Partition(i, "p" + i), i, readers.get(i), null, null, null));
            expected.put(i, Windowing.NEVER);
        }
        for (int worker = 0; worker < 2; worker++) {
            tasks.add(task(worker, board));
        }
    }

    private ScanTask task(int worker, WatermarkBoard board) {
        Judge judge = new Judge(worker);
        Outputs outputs = new Outputs();
        outputs.add(new Announcements(worker), 0);
        SourceSettings settings = new SourceSettings(
                Duration.ofMillis(IDLE_MILLIS), Duration.ZERO, Optional.empty(), SourceSettings.NullTime.REJECT, 1, 1);
        SourceSpec spec = ScriptedRows.source(true);
        ScanPlan plan = new ScanPlan(
                spec,
                settings,
                List.of(),
                Optional.of(new EventTime(0, DELAY, 0)),
                List.of(),
                List.of(),
                outputs,
                List.of(new PipelineOperator(judge, 1, Pace.OF_ROWS, new Outputs(), List.of(0), null)),
                UpToNow.ofRunToTheEnd());
        List<PartitionScan> own = partitions.stream()
                .filter(partition -> partition.partition().index() % 2 == worker)
                .toList();
        return new ScanTask(
                plan,
                own,
                Optional.empty(),
                board,
                clock,
                new Batch(ScriptedRows.SCHEMA, 16, allocator),
                new Batch(ScriptedRows.SCHEMA, 16, allocator),
                new EventTimes(plan, null),
                new Verdicts(
                        new RowCounts(), Map.of(), new Refusals(plan.spec(), new Findings(), List.of(), List.of())),
                null,
                new StateMemory(allocator, StateMemory.UNLIMITED),
                Optional.empty());
    }

    private long[] watermarks() {
        return partitions.stream().mapToLong(PartitionScan::watermark).toArray();
    }

    private boolean isSilent(int partition) {
        return clock.nanos() - lastRows[partition] >= IDLE_MILLIS * 1_000_000;
    }

    /** Steps a worker; what rose without a row is a raise, and must be one to the least of those that are active. */
    private void step(int worker) {
        long[] before = watermarks();
        boolean[] waiting = new boolean[before.length];
        for (int i = 0; i < before.length; i++) {
            waiting[i] = !readers.get(i).isEmpty();
        }
        tasks.get(worker).step();
        for (int i = 0; i < before.length; i++) {
            boolean read = waiting[i] && readers.get(i).isEmpty();
            lastRows[i] = read ? clock.nanos() : lastRows[i];
            if (!read && !partitions.get(i).isEnded() && partitions.get(i).watermark() != before[i]) {
                checkRaise(i, before);
            }
        }
    }

    private void checkRaise(int raised, long[] before) {
        raises++;
        assertTrue(isSilent(raised), run + ": partition " + raised + " was not silent");
        long least = Windowing.END;
        for (int other = 0; other < before.length; other++) {
            boolean active = other != raised
                    && !isSilent(other)
                    && !partitions.get(other).isEnded();
            least = active ? Math.min(least, before[other]) : least;
        }
        long now = partitions.get(raised).watermark();
        assertTrue(now <= least, run + ": raised beyond an active partition");
        expected.put(raised, now);
    }

    @Test
    void randomSchedules() {
        for (long seed = 1; seed <= 200; seed++) {
            run = "seed " + seed;
            runRandom(new SplittableRandom(seed));
        }
        assertTrue(rowsSeen > 10_000 && raises > 100, rowsSeen + " rows, " + raises + " raises");
    }

    private void runRandom(SplittableRandom random) {
        int count = 1 + random.nextInt(4);
        open(count);
        boolean[] silent = new boolean[count];
        long time = 100;
        for (int round = 0; round < ROUNDS; round++) {
            time += random.nextInt(10);
            for (int i = 0; i < count; i++) {
                if (random.nextInt(8) == 0) {
                    silent[i] = !silent[i];
                }
                for (int rows = silent[i] ? 0 : random.nextInt(4); rows > 0; rows--) {
                    readers.get(i).add(Math.max(0, time + random.nextInt(-30, 5)));
                }
            }
            clock.advanceMillis(random.nextInt(600));
            for (int steps = 0; steps < 12; steps++) {
                step(random.nextInt(2));
            }
        }
        readers.forEach(reader -> reader.otherwise(SourceReader.Status.END));
        for (int steps = 0; steps < 100; steps++) {
            step(steps % 2);
        }
        assertEquals(Windowing.END, announced[0], run);
        assertEquals(Windowing.END, announced[1], run);
    }

    @Test
    void aSilentPartitionHoldsTheOthersBackForItsTimeoutOnly() {
        open(2);
        readers.get(0).add(100L);
        readers.get(1).add(20L);
        rounds();
        assertEquals(95, announced[0]);
        assertEquals(15, announced[1]);
        clock.advanceMillis(IDLE_MILLIS - 1);
        readers.get(0).add(200L);
        rounds();
        assertEquals(15, announced[1]);
        clock.advanceMillis(1);
        rounds();
        assertEquals(195, announced[1]);
        // Again as the active one goes on, and its next row is judged by what was raised.
        readers.get(0).add(300L);
        rounds();
        assertEquals(295, announced[1]);
        readers.get(1).add(50L);
        rounds();
        assertEquals(295, expected.get(1));
    }

    @Test
    void whereAllAreSilentNothingIsRaised() {
        open(2);
        readers.get(0).add(100L);
        readers.get(1).add(20L);
        rounds();
        clock.advanceMillis(IDLE_MILLIS);
        rounds();
        clock.advanceMillis(10 * IDLE_MILLIS);
        rounds();
        assertEquals(15, partitions.get(1).watermark());
    }

    private void rounds() {
        for (int i = 0; i < 20; i++) {
            step(i % 2);
        }
    }
}
