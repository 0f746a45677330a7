package io.leat.runtime.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.kernel.Zone;
import io.leat.runtime.pipeline.Pipeline;
import io.leat.runtime.pipeline.PipelineContext;
import io.leat.runtime.state.PartialGroups;
import io.leat.runtime.state.TextCounts;
import io.leat.runtime.state.WindowState;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.window.Windowing;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When rows are combined, and when they pass. */
class CombineOperatorTest {
    private static final int MAX_GROUPS = 8;
    private static final Schema ROWS = new Schema(List.of(
            new Field("s", Type.VARCHAR, true),
            Field.required("$slice", Type.BIGINT),
            Field.required("$first_end", Type.BIGINT),
            Field.required("$hash", Type.BIGINT)));

    private final List<String> told = new ArrayList<>();
    private BufferAllocator allocator;
    private CombineOperator combine;

    /** What a generated pipeline for {@code count(*) GROUP BY s} would do. */
    private final class Counting extends Pipeline {
        Counting(WindowState groups) {
            super(new PipelineContext(
                    List.of(), List.of(), null, groups, List.of(), Zone.of(ZoneOffset.UTC), allocator));
        }

        @Override
        public void process(Batch in) {
            for (int row = 0; row < in.rows(); row++) {
                TextCounts counts = (TextCounts)
                        state.slice(in.column(1).getLong(row), in.column(2).getLong(row));
                counts.add(
                        in.column(0).getText(row),
                        in.column(0).bytesAddress(row),
                        in.column(0).bytesLength(row),
                        0,
                        -1,
                        false);
            }
        }
    }

    private final class Told extends Receiver {
        @Override
        public void accept(int input, Batch rows) {
            told.add((rows.schema().equals(PartialGroups.SCHEMA) ? "groups " : "rows ") + rows.rows());
        }

        @Override
        public void watermark(int input, long watermark) {
            told.add("watermark " + watermark);
        }
    }

    @BeforeEach
    void open() {
        allocator = new RootAllocator();
        PartialGroups groups = new PartialGroups(new TextCounts(allocator), allocator);
        Outputs outputs = new Outputs();
        outputs.add(new Told(), 0);
        combine = new CombineOperator(new Counting(groups), groups, MAX_GROUPS, 1, outputs, 64, allocator);
    }

    @AfterEach
    void close() {
        combine.close();
        allocator.close();
    }

    /** Rows with keys 0 to {@code keys - 1} in turns. */
    private void rows(int count, int keys, int slices) {
        try (Batch batch = new Batch(ROWS, count, allocator)) {
            for (int row = 0; row < count; row++) {
                batch.column(0).putText(row, "key" + row % keys);
                batch.column(1).putLong(row, row % slices);
                batch.column(2).putLong(row, Windowing.NEVER);
                batch.column(3).putLong(row, row % keys);
            }
            batch.rows(count);
            combine.accept(0, batch);
        }
    }

    @Test
    void groupsGoBeforeTheWatermark() {
        rows(10, 2, 1);
        rows(10, 3, 1);
        assertEquals(3, combine.entries());
        combine.watermark(0, 5);
        assertEquals(List.of("groups 3", "watermark 5"), told);
        assertEquals(0, combine.entries());
    }

    @Test
    void groupsGoAtTheEndOfAnEpoch() {
        rows(10, 2, 2);
        combine.endEpoch(1);
        assertEquals(List.of("groups 2"), told);
        assertEquals(0, combine.entries());
    }

    @Test
    void groupsGoWhenTheyAreMany() {
        rows(7, 7, 1);
        assertTrue(told.isEmpty());
        rows(20, 9, 1);
        assertEquals(List.of("groups 9"), told);
    }

    @Test
    void rowsPassAfterASampleOfManyGroups() {
        rows(9, 9, 1);
        rows(1000, 1, 1);
        rows(24, 1, 1);
        rows(16, 1, 1);
        combine.watermark(0, 1);
        assertEquals(List.of("groups 9", "rows 1000", "rows 24", "groups 1", "watermark 1"), told);
    }

    @Test
    void aSampleIsMadeOfSeveralSmallPieces() {
        for (int i = 0; i < 4; i++) {
            rows(2, 2, 1);
            combine.watermark(0, i);
        }
        told.clear();
        rows(2, 2, 1);
        combine.watermark(0, 9);
        assertEquals(List.of("rows 2", "watermark 9"), told);
    }

    @Test
    void rowsOfVeryManySlicesPass() {
        rows(3, 1, 1);
        rows(130, 1, 65);
        assertEquals(List.of("groups 1", "rows 130"), told);
        rows(1, 1, 1);
        assertEquals("rows 1", told.get(2));
    }
}
