package io.leat.runtime.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.Source.Partition;
import io.leat.runtime.connector.SourceSettings;
import io.leat.runtime.connector.TestClock;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.Pace;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.kernel.Zone;
import io.leat.runtime.local.EpochRecord.PartitionState;
import io.leat.runtime.local.EpochRecord.Raise;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.operator.AggregateOperator;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.pipeline.PipelineContext;
import io.leat.runtime.pipeline.SourcePipeline;
import io.leat.runtime.platform.Clock;
import io.leat.runtime.state.CountingStores;
import io.leat.runtime.state.SlicedState;
import io.leat.runtime.state.TextCounts;
import io.leat.runtime.state.WindowState;
import io.leat.runtime.state.heap.HeapState;
import io.leat.runtime.window.Closing;
import io.leat.runtime.window.Windowing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens when an epoch ends, with a clock that goes on only when the test says so. */
class EpochTest {
    private static final long EPOCH_MILLIS = 1_000;
    private static final long IDLE_MILLIS = 2_500;
    private static final long DELAY = 10;
    private static final Windowing WINDOWS = Windowing.tumble(1_000, 0);

    private final BufferAllocator allocator = new RootAllocator();
    private final TestClock clock = new TestClock();
    private final CountingStores stores = new CountingStores();
    private final EpochLog log = new EpochLog();
    private final List<ScriptedRows> readers = List.of(new ScriptedRows(0), new ScriptedRows(1));
    private final List<Long> clockValues = new ArrayList<>();
    private SlicedState state;
    private Worker worker;

    /** Counts rows by the last digit of their time. */
    private final class Digits extends SourcePipeline {
        private final ArrowBuf key = allocator.buffer(8);

        Digits(WindowState counted) {
            super(new PipelineContext(
                    List.of(), List.of(), null, counted, List.of(), Zone.of(ZoneOffset.UTC), allocator));
        }

        @Override
        public void process(Batch in) {
            clockValues.add(now);
            for (int row = 0; row < in.rows(); row++) {
                long time = Memory.getLong(in.data(0) + ((long) row << 3));
                String digit = Long.toString(time % 10);
                Memory.copy(digit.getBytes(StandardCharsets.UTF_8), 0, key.memoryAddress(), 1);
                TextCounts counts = (TextCounts) state.slice(WINDOWS.sliceStart(time));
                counts.add(digit, key.memoryAddress(), 1, 0, -1, false);
                verdicts[row] |= TAKEN;
            }
        }

        @Override
        public void close() {
            super.close();
            key.close();
        }
    }

    @BeforeEach
    void open() {
        state = new SlicedState(
                new Closing.BySlice(WINDOWS),
                new TextCounts(allocator),
                () -> stores.open("epochs", 48, 28),
                1,
                () -> new HeapState(allocator),
                allocator);
        Outputs outputs = new Outputs();
        NodeSpec.Aggregate spec = new NodeSpec.Aggregate(
                1,
                List.of(new NodeSpec.Edge(0, NodeSpec.Distribution.LOCAL)),
                new Closing.BySlice(WINDOWS),
                "",
                List.of(),
                false,
                false,
                false,
                ScriptedRows.SCHEMA,
                "1:1");
        AggregateOperator aggregate =
                new AggregateOperator(spec, state, null, true, stores, new Outputs(), 16, allocator);
        outputs.add(aggregate, 0);
        PipelineOperator pipeline =
                new PipelineOperator(new Digits(state), 1, Pace.OF_ROWS, new Outputs(), List.of(0), null);
        EpochClock epochs = new EpochClock(clock, EPOCH_MILLIS * 1_000_000);
        epochs.workers(1);
        worker = new Worker(
                List.of(scan(outputs, pipeline)),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new Worker.Node(pipeline, () -> true, List.of()),
                        new Worker.Node(aggregate, () -> true, List.of())),
                Map.of(),
                Map.of(),
                3,
                epochs,
                log);
    }

    private ScanTask scan(Outputs outputs, PipelineOperator pipeline) {
        SourceSpec spec = ScriptedRows.source(true);
        SourceSettings settings = new SourceSettings(
                Duration.ofMillis(IDLE_MILLIS), Duration.ZERO, Optional.empty(), SourceSettings.NullTime.REJECT, 1, 1);
        EventTime time = new EventTime(0, DELAY, 0);
        ScanPlan plan = new ScanPlan(
                spec,
                settings,
                List.of(),
                Optional.of(time),
                List.of(),
                List.of(),
                outputs,
                List.of(pipeline),
                UpToNow.ofRunToTheEnd());
        return new ScanTask(
                plan,
                List.of(
                        new PartitionScan(new Partition(0, "p0"), 0, readers.get(0), null, null, null),
                        new PartitionScan(new Partition(1, "p1"), 1, readers.get(1), null, null, null)),
                Optional.empty(),
                new WatermarkBoard(new int[2]),
                clock,
                new Batch(ScriptedRows.SCHEMA, 16, allocator),
                new Batch(ScriptedRows.SCHEMA, 16, allocator),
                new EventTimes(plan, null),
                new Verdicts(new RowCounts(), Map.of(), new Refusals(spec, new Findings(), List.of(), List.of())),
                null,
                new StateMemory(allocator, StateMemory.UNLIMITED),
                Optional.empty());
    }

    @AfterEach
    void close() {
        worker.close();
        allocator.close();
    }

    private void work() {
        for (int i = 0; i < 10; i++) {
            worker.step();
        }
    }

    private EpochRecord endEpoch() {
        clock.advanceMillis(EPOCH_MILLIS);
        worker.step();
        List<EpochRecord> last = log.last();
        assertEquals(1, last.size());
        assertEquals(3, last.get(0).worker());
        return last.get(0);
    }

    @Test
    void changedGroupsGoToTheStoreAndNoOthers() {
        for (long time : new long[] {101, 102, 103, 111, 1_005}) {
            readers.get(0).add(time);
        }
        work();
        assertEquals(0, stores.puts());
        endEpoch();
        assertEquals(4, stores.puts());
        assertEquals(4, stores.size());
        endEpoch();
        assertEquals(4, stores.puts());
        readers.get(0).add(121);
        work();
        endEpoch();
        assertEquals(5, stores.puts());
        assertEquals(4, stores.size());
    }

    @Test
    void untilTheStoreIsReadyChangesStayWhereTheyAre() {
        stores.ready(false);
        readers.get(0).add(101);
        work();
        endEpoch();
        assertEquals(0, stores.puts());
        stores.ready(true);
        endEpoch();
        assertEquals(1, stores.puts());
    }

    @Test
    void whereEachPartitionStandsIsRecorded() {
        readers.get(0).add(101);
        readers.get(0).add(105);
        work();
        assertEquals(List.of(), log.last());
        EpochRecord first = endEpoch();
        assertEquals(0, first.number());
        assertEquals(
                List.of(
                        new PartitionState("t", "p0", "2", 105 - DELAY, false),
                        new PartitionState("t", "p1", "0", Windowing.NEVER, false)),
                first.partitions());
        readers.get(1).add(103);
        work();
        EpochRecord second = endEpoch();
        assertEquals(1, second.number());
        assertEquals(
                List.of(
                        new PartitionState("t", "p0", "2", 105 - DELAY, false),
                        new PartitionState("t", "p1", "1", 103 - DELAY, false)),
                second.partitions());
        assertTrue(second.clockMicros() > first.clockMicros());
    }

    @Test
    void raisesOfSilentPartitionsAreRecordedOnce() {
        readers.get(0).add(200);
        readers.get(1).add(150);
        work();
        endEpoch();
        clock.advanceMillis(IDLE_MILLIS);
        readers.get(0).add(300);
        work();
        assertEquals(List.of(new Raise("t", "p1", "1", 300 - DELAY)), endEpoch().raises());
        assertEquals(List.of(), endEpoch().raises());
    }

    @Test
    void anEpochHasOneClockValue() {
        readers.get(0).add(101);
        work();
        readers.get(1).add(101);
        work();
        EpochRecord record = endEpoch();
        assertEquals(List.of(record.clockMicros(), record.clockMicros()), clockValues);
    }

    /** Whoever asks, in whatever order, while a wall clock jumps back and forth. */
    @Test
    void allWorkersSeeTheSameClockValue() {
        SplittableRandom random = new SplittableRandom(1);
        Clock jumping = new Clock() {
            private long nanos;

            @Override
            public long wallMicros() {
                return 1_000_000 + random.nextInt(1_000_000);
            }

            @Override
            public long nanos() {
                nanos += random.nextInt(1_000);
                return nanos;
            }
        };
        EpochClock epochs = new EpochClock(jumping, 10_000);
        int workers = 3;
        epochs.workers(workers);
        long[] numbers = {-1, -1, -1};
        Map<Long, Long> values = new HashMap<>();
        long before = 0;
        for (int i = 0; i < 30_000; i++) {
            int asks = random.nextInt(workers);
            if (numbers[asks] >= 0 && !epochs.isOver(numbers[asks])) {
                continue;
            }
            EpochClock.Epoch epoch = epochs.next();
            assertEquals(numbers[asks] + 1, epoch.number());
            numbers[asks] = epoch.number();
            assertEquals(epoch.wallMicros(), values.computeIfAbsent(epoch.number(), key -> epoch.wallMicros()));
            assertTrue(epoch.wallMicros() >= before);
            before = epoch.wallMicros();
        }
        assertTrue(values.size() > 100);
    }
}
