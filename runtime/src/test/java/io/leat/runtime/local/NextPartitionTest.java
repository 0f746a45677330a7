package io.leat.runtime.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.leat.runtime.connector.Source.Partition;
import io.leat.runtime.connector.SourceSettings;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.operator.Outputs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Partitions that are ahead of others, read by a worker each. */
class NextPartitionTest {
    private static final long SECOND = 1_000_000;
    private static final int LIMIT = 1 << 20;

    private final BufferAllocator allocator = new RootAllocator();
    private final WatermarkBoard board = new WatermarkBoard(new int[] {0, 0, 1});
    private final List<PartitionScan> partitions = new ArrayList<>();

    @AfterEach
    void close() {
        allocator.close();
    }

    private NextPartition worker(int number, boolean stream, Optional<Duration> maxDrift, long limit) {
        SourceSettings settings = new SourceSettings(
                Duration.ofSeconds(1), Duration.ZERO, maxDrift, SourceSettings.NullTime.REJECT, 1, 1);
        SourceSpec spec = ScriptedRows.source(stream);
        ScanPlan plan = new ScanPlan(
                spec,
                settings,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                new Outputs(),
                List.of(),
                UpToNow.ofRunToTheEnd());
        PartitionScan partition = new PartitionScan(
                new Partition(number, "p" + number), number, new ScriptedRows(number), null, null, null);
        partitions.add(partition);
        StateMemory memory = new StateMemory(allocator, limit);
        return new NextPartition(List.of(partition), plan, board, memory, false, Optional.empty());
    }

    private void reaches(int number, long time) {
        partitions.get(number).watermark(time);
        board.active(number, time);
    }

    @Test
    void oneThatIsFurtherAheadThanItMayWaits() {
        Optional<Duration> drift = Optional.of(Duration.ofSeconds(10));
        NextPartition first = worker(0, true, drift, StateMemory.UNLIMITED);
        NextPartition second = worker(1, true, drift, StateMemory.UNLIMITED);
        assertSame(partitions.get(0), first.choose(), "nobody has come anywhere yet");

        reaches(0, 30 * SECOND);
        assertNull(first.choose(), "the other has not begun");
        reaches(1, 20 * SECOND);
        assertSame(partitions.get(0), first.choose(), "ten seconds are allowed");
        reaches(0, 30 * SECOND + 1);
        assertNull(first.choose());
        assertSame(partitions.get(1), second.choose());
        reaches(1, 21 * SECOND);
        assertSame(partitions.get(0), first.choose());
    }

    @Test
    void nobodyWaitsForOneThatHasNothingToSay() {
        Optional<Duration> drift = Optional.of(Duration.ZERO);
        NextPartition first = worker(0, true, drift, StateMemory.UNLIMITED);
        worker(1, true, drift, StateMemory.UNLIMITED);
        reaches(0, 30 * SECOND);
        reaches(1, 20 * SECOND);
        assertNull(first.choose());

        board.silent(1);
        assertSame(partitions.get(0), first.choose());
        reaches(1, 21 * SECOND);
        assertNull(first.choose(), "it has spoken again");
        board.idle(1);
        assertSame(partitions.get(0), first.choose());
        reaches(1, 22 * SECOND);
        board.ended(1);
        assertSame(partitions.get(0), first.choose());
    }

    @Test
    void othersThatItDoesNotMeetDoNotMatter() {
        NextPartition first = worker(0, true, Optional.of(Duration.ZERO), StateMemory.UNLIMITED);
        reaches(0, 30 * SECOND);
        board.ended(1);
        board.active(2, SECOND);

        assertSame(partitions.get(0), first.choose());
    }

    @Test
    void whereMemoryIsTightTheOneThatIsAheadWaits() {
        NextPartition first = worker(0, true, Optional.empty(), LIMIT);
        NextPartition second = worker(1, true, Optional.empty(), LIMIT);
        reaches(0, 30 * SECOND);
        reaches(1, 20 * SECOND);
        assertSame(partitions.get(0), first.choose(), "there is room enough");

        try (ArrowBuf state = allocator.buffer(LIMIT)) {
            assertEquals(LIMIT, state.capacity());
            assertNull(first.choose());
            assertSame(partitions.get(1), second.choose());
        }
        assertSame(partitions.get(0), first.choose(), "there is room again");
    }

    @Test
    void tablesThatAreReadToTheirEndDoNotWait() {
        NextPartition first = worker(0, false, Optional.of(Duration.ZERO), StateMemory.UNLIMITED);
        worker(1, true, Optional.empty(), StateMemory.UNLIMITED);
        reaches(0, 30 * SECOND);
        reaches(1, 20 * SECOND);

        assertSame(partitions.get(0), first.choose());
    }
}
