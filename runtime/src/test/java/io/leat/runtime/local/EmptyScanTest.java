package io.leat.runtime.local;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.SourceSettings;
import io.leat.runtime.connector.TestClock;
import io.leat.runtime.operator.Outputs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker to which no partition of a source belongs. Others wait for its watermark, so that it must not end without telling it. */
class EmptyScanTest {
    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void close() {
        allocator.close();
    }

    private ScanTask scan() {
        SourceSettings settings = new SourceSettings(
                Duration.ofSeconds(1), Duration.ZERO, Optional.empty(), SourceSettings.NullTime.REJECT, 1, 1);
        ScanPlan plan = new ScanPlan(
                ScriptedRows.source(true),
                settings,
                List.of("p0"),
                Optional.empty(),
                List.of(),
                List.of(),
                new Outputs(),
                List.of(),
                UpToNow.ofRunToTheEnd());
        return new ScanTask(
                plan,
                List.of(),
                Optional.empty(),
                new WatermarkBoard(new int[1]),
                new TestClock(),
                new Batch(ScriptedRows.SCHEMA, 16, allocator),
                new Batch(ScriptedRows.SCHEMA, 16, allocator),
                new EventTimes(plan, null),
                new Verdicts(
                        new RowCounts(),
                        Map.of(),
                        new Refusals(ScriptedRows.source(true), new Findings(), List.of(), List.of())),
                null,
                new StateMemory(allocator, StateMemory.UNLIMITED),
                Optional.empty());
    }

    @Test
    void itHasEndedOnlyWhenThatWasTold() {
        try (ScanTask scan = scan()) {
            // Its first step may be late: a worker reads nothing while what it sent before has not been taken.
            assertFalse(scan.isEnded());
            assertTrue(scan.step(), "the end is told");
            assertTrue(scan.isEnded());
        }
    }

    @Test
    void itEndsWhenTheJobIsStopped() {
        try (ScanTask scan = scan()) {
            scan.stop();
            assertTrue(scan.isEnded());
        }
    }
}
