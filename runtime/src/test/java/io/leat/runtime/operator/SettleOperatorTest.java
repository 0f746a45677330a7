package io.leat.runtime.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.window.Windowing;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** Rows that come and go are told once it is known which are left, and nothing is kept of those that went. */
class SettleOperatorTest {
    private static final List<Field> ROW = List.of(Field.nullable("k", Type.VARCHAR), Field.nullable("v", Type.BIGINT));
    private static final Schema WEIGHTED =
            new Schema(List.of(Field.required("$weight", Type.BIGINT), ROW.get(0), ROW.get(1)));

    private final List<String> told = new ArrayList<>();

    private Outputs outputs() {
        Outputs outputs = new Outputs();
        outputs.add(
                new Receiver() {
                    @Override
                    public void accept(int input, Batch rows) {
                        for (int row = 0; row < rows.rows(); row++) {
                            String value = rows.column(1).isNull(row)
                                    ? "NULL"
                                    : String.valueOf(rows.column(1).getLong(row));
                            told.add(rows.column(0).getText(row) + " " + value);
                        }
                    }

                    @Override
                    public void watermark(int input, long watermark) {
                        told.add("end");
                    }
                },
                0);
        return outputs;
    }

    private static void change(Batch batch, long weight, String key, Long value) {
        int row = batch.rows();
        batch.column(0).putLong(row, weight);
        batch.column(1).putText(row, key);
        if (value == null) {
            batch.column(2).putNull(row);
        } else {
            batch.column(2).putLong(row, value);
        }
        batch.rows(row + 1);
    }

    private static SettleOperator operator(CountedStates states, Outputs outputs, BufferAllocator allocator) {
        NodeSpec.Settle spec =
                new NodeSpec.Settle(1, List.of(new Edge(0, Distribution.LOCAL)), WEIGHTED, new Schema(ROW), "1:1");
        return new SettleOperator(spec, states.open("rows"), outputs, 2, allocator);
    }

    @Test
    void tellsWhatIsLeft() {
        try (BufferAllocator allocator = new RootAllocator();
                SettleOperator settle =
                        operator(new CountedStates(CountedStates.Kind.FEW_PAGES, allocator), outputs(), allocator);
                Batch batch = new Batch(WEIGHTED, 8, allocator)) {
            change(batch, 1, "a", 1L);
            change(batch, 3, "b", null);
            change(batch, -1, "a", 1L);
            change(batch, 1, "a", 2L);
            change(batch, -1, "b", null);
            settle.accept(0, batch);
            assertEquals(2, settle.entries());
            settle.watermark(0, 5);
            settle.endEpoch(1);
            assertEquals(List.of(), told);
            settle.watermark(0, Windowing.END);
            assertEquals(List.of("a 2", "b NULL", "b NULL", "end"), told);
            assertEquals(0, settle.entries());
        }
    }

    @Test
    void aRowThatNeverCameIsABug() {
        try (BufferAllocator allocator = new RootAllocator();
                SettleOperator settle =
                        operator(new CountedStates(CountedStates.Kind.FEW_PAGES, allocator), outputs(), allocator);
                Batch batch = new Batch(WEIGHTED, 8, allocator)) {
            change(batch, -1, "a", 1L);
            settle.accept(0, batch);
            assertThrows(IllegalStateException.class, () -> settle.watermark(0, Windowing.END));
        }
    }
}
