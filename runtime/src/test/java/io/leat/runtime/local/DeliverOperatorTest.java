package io.leat.runtime.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.Pauses;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.window.Windowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When changes are told that are summed up for a time: as the clock of epochs goes on, and as windows close. */
class DeliverOperatorTest {
    private static final long SECOND = 1_000_000;
    private static final long START = 1_780_315_200_000_000L;
    private static final Schema WEIGHTED =
            schema(Field.required("$weight", Type.BIGINT), Field.required("end", Type.BIGINT));
    private static final Schema TOLD = schema(Field.required("op", Type.VARCHAR), Field.required("end", Type.BIGINT));

    private final List<String> told = new ArrayList<>();
    private BufferAllocator allocator;
    private DeliverOperator operator;

    private static Schema schema(Field first, Field second) {
        return new Schema(List.of(first, second, Field.required("v", Type.BIGINT)));
    }

    private final class Noting implements Delivery {
        @Override
        public void rows(Batch batch) {
            for (int row = 0; row < batch.rows(); row++) {
                told.add(batch.column(0).getText(row) + batch.column(1).getLong(row) + ":"
                        + batch.column(2).getLong(row));
            }
        }

        @Override
        public void endEpoch(long epoch) {
            told.add("epoch");
        }

        @Override
        public void pause() {
            // Rows are noted as they come.
        }

        @Override
        public void finish() {
            told.add("end");
        }

        @Override
        public String summary() {
            return "";
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    @BeforeEach
    void open() {
        allocator = new RootAllocator();
    }

    @AfterEach
    void close() {
        operator.close();
        allocator.close();
    }

    private void pausing(Pauses pauses) {
        ChangeForm changes = new NetChanges(WEIGHTED, TOLD, Optional.of(List.of(0)), pauses, 16, allocator);
        operator = new DeliverOperator(1, new Noting(), changes, pauses.everyMicros());
    }

    /** An epoch ends, and the next one begins so much later. */
    private List<String> nextEpoch(long epoch, long wallMicros) {
        operator.endEpoch(epoch);
        operator.now(wallMicros);
        List<String> since = List.copyOf(told);
        told.clear();
        return since;
    }

    private void change(long... weightEndValue) {
        try (Batch batch = new Batch(WEIGHTED, 16, allocator)) {
            for (int i = 0; i < weightEndValue.length; i += 3) {
                for (int column = 0; column < 3; column++) {
                    batch.column(column).putLong(batch.rows(), weightEndValue[i + column]);
                }
                batch.rows(batch.rows() + 1);
            }
            operator.accept(0, batch);
        }
    }

    @Test
    void withoutPausesAtEachEndOfAnEpoch() {
        pausing(Pauses.NONE);
        operator.now(START);
        change(1, 10, 1, -1, 10, 1, 1, 10, 2);
        assertEquals(List.of("+I10:2", "epoch"), nextEpoch(0, START + SECOND));
        change(-1, 10, 2, 1, 10, 3);
        operator.watermark(0, 10);
        assertEquals(List.of("-U10:2", "+U10:3", "epoch"), nextEpoch(1, START + 2 * SECOND));
    }

    @Test
    void whenTheClockHasGoneOnByTheInterval() {
        pausing(Pauses.every(5 * SECOND));
        operator.now(START);
        change(1, 10, 1);
        assertEquals(List.of("epoch"), nextEpoch(0, START + 3 * SECOND));
        change(-1, 10, 1, 1, 10, 2, 1, 20, 7, -1, 20, 7);
        assertEquals(List.of("epoch"), nextEpoch(1, START + 5 * SECOND - 1));
        assertEquals(List.of("epoch", "+I10:2"), nextEpoch(2, START + 6 * SECOND));
        change(-1, 10, 2, 1, 10, 3);
        // Intervals are counted from the first epoch: the second one is over after ten seconds, not eleven.
        assertEquals(List.of("epoch", "-U10:2", "+U10:3"), nextEpoch(3, START + 10 * SECOND));
        change(-1, 10, 3);
        // The clock jumped: once is enough.
        assertEquals(List.of("epoch", "-D10:3"), nextEpoch(4, START + 100 * SECOND));
        assertEquals(List.of("epoch"), nextEpoch(5, START + 101 * SECOND));
        change(1, 10, 4);
        operator.watermark(0, Windowing.END);
        assertEquals(List.of("+I10:4"), told);
    }

    @Test
    void whenTheWindowOfARowHasClosed() {
        pausing(Pauses.every(5 * SECOND).endingBy(0, 1));
        operator.now(START);
        change(1, 19, 1, 1, 9, 1, -1, 9, 1, 1, 9, 2);
        operator.watermark(0, 9);
        assertEquals(List.of(), told);
        operator.watermark(0, 10);
        assertEquals(List.of("+I9:2"), told);
        told.clear();
        assertEquals(List.of("epoch", "+I19:1"), nextEpoch(0, START + 5 * SECOND));
    }

    /** A job that is ended in between tells what it has. */
    @Test
    void whenTheJobIsDrained() {
        pausing(Pauses.every(5 * SECOND));
        operator.now(START);
        change(1, 10, 1);
        operator.endEpoch(0);
        operator.tell();
        assertEquals(List.of("epoch", "+I10:1"), told);
    }
}
