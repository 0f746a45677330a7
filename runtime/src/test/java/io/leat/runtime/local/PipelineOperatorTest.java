package io.leat.runtime.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.Pace;
import io.leat.runtime.kernel.Zone;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.operator.Receiver;
import io.leat.runtime.pipeline.Pipeline;
import io.leat.runtime.pipeline.PipelineContext;
import io.leat.runtime.window.Windowing;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** A pipeline behind an exchange takes rows of several inputs, and says only what holds for all of them. */
class PipelineOperatorTest {
    private final List<Long> passed = new ArrayList<>();

    /** Does nothing with rows. */
    private static final class Idle extends Pipeline {
        Idle(BufferAllocator allocator) {
            super(new PipelineContext(List.of(), List.of(), null, null, List.of(), Zone.of(ZoneOffset.UTC), allocator));
        }

        @Override
        public void process(Batch in) {
            // No row counts here.
        }
    }

    /** Notes the watermarks it is told. */
    private final class Noting extends Receiver {
        @Override
        public void accept(int input, Batch rows) {
            throw new AssertionError("rows of an idle pipeline");
        }

        @Override
        public void watermark(int input, long watermark) {
            passed.add(watermark);
        }
    }

    @Test
    void theLeastWatermarkOfItsInputsGoesOn() {
        try (BufferAllocator allocator = new RootAllocator()) {
            Outputs outputs = new Outputs();
            outputs.add(new Noting(), 0);
            try (PipelineOperator operator =
                    new PipelineOperator(new Idle(allocator), 3, Pace.OF_ROWS, outputs, List.of(0), null)) {
                operator.watermark(1, Windowing.END);
                operator.watermark(0, 7);
                assertEquals(List.of(), passed, "input 2 has said nothing yet");
                operator.watermark(2, 5);
                operator.watermark(2, 9);
                operator.watermark(0, Windowing.END);
                operator.watermark(2, Windowing.END);
            }
        }
        assertEquals(List.of(5L, 7L, 9L, Windowing.END), passed);
    }

    /** By the clock, whatever the watermarks of rows are, once per moment, and to the end with the rows. */
    @Test
    void theClockGoesOnInItsPlace() {
        try (BufferAllocator allocator = new RootAllocator()) {
            Outputs outputs = new Outputs();
            outputs.add(new Noting(), 0);
            try (PipelineOperator operator =
                    new PipelineOperator(new Idle(allocator), 1, Pace.OF_CLOCK, outputs, List.of(0), null)) {
                operator.now(5_999);
                operator.now(5_999);
                operator.watermark(0, 9_000_000);
                operator.now(7_000);
                operator.watermark(0, Windowing.END);
                operator.now(8_000);
            }
        }
        assertEquals(List.of(5_000L, 7_000L, Windowing.END), passed);
    }

    @Test
    void aWatermarkGoesOnAsMuchLater() {
        try (BufferAllocator allocator = new RootAllocator()) {
            Outputs outputs = new Outputs();
            outputs.add(new Noting(), 0);
            try (PipelineOperator operator =
                    new PipelineOperator(new Idle(allocator), 1, Pace.later(4), outputs, List.of(0), null)) {
                operator.watermark(0, 7);
                operator.now(100);
                operator.watermark(0, 9);
                operator.watermark(0, Windowing.END);
            }
        }
        assertEquals(List.of(3L, 5L, Windowing.END), passed);
    }
}
