package io.leat.runtime.operator.join;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.job.NodeSpec.JoinSide;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.state.heap.HeapState;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** A join with versions keeps no more of a key that was deleted than what may still be asked for. */
class VersionsStateTest {
    private static final JoinSide SIDE = side(false);
    private static final JoinSide VERSIONS = side(true);
    private static final int TIME = 1;

    private static JoinSide side(boolean ends) {
        List<Field> fields = new ArrayList<>(List.of(
                Field.nullable("key1", Type.BIGINT),
                Field.nullable("k", Type.BIGINT),
                Field.nullable("time", Type.BIGINT)));
        if (ends) {
            fields.add(Field.nullable("gone", Type.BOOLEAN));
        }
        fields.add(Field.required("$hash", Type.BIGINT));
        return new JoinSide(new Schema(fields), false, 1);
    }

    private static AsOfJoinOperator join(BufferAllocator allocator) {
        Schema pairs = new Schema(List.of(
                Field.nullable("k", Type.BIGINT),
                Field.nullable("time", Type.BIGINT),
                Field.nullable("otherK", Type.BIGINT),
                Field.nullable("otherTime", Type.BIGINT),
                Field.nullable("gone", Type.BOOLEAN)));
        NodeSpec.StreamJoin spec = new NodeSpec.StreamJoin(
                2,
                List.of(new Edge(0, Distribution.LOCAL), new Edge(1, Distribution.LOCAL)),
                1,
                JoinKind.LEFT,
                SIDE,
                VERSIONS,
                Optional.of(new JoinBound.AsOf(TIME, 0, TIME, 0, 0, Long.MAX_VALUE, true, List.of(), TIME + 1, false)),
                Optional.empty(),
                pairs,
                pairs,
                false,
                false,
                "1:1");
        return new AsOfJoinOperator(spec, name -> new HeapState(allocator), new Outputs(), 4, allocator);
    }

    /** A key that was deleted leaves nothing behind when nobody looks before that any more. */
    @Test
    void freesAKeyThatHasEnded() {
        try (BufferAllocator allocator = new RootAllocator();
                AsOfJoinOperator join = join(allocator)) {
            version(join, 5, false, allocator);
            version(join, 8, true, allocator);
            ask(join, 9, allocator);
            assertEquals(3, join.entries());
            join.watermark(0, 7);
            join.watermark(1, 7);
            // The first one may still be asked for, and the row waits.
            assertEquals(3, join.entries());
            join.watermark(1, 20);
            assertEquals(2, join.entries());
            join.watermark(0, 8);
            assertEquals(0, join.entries());
            version(join, 21, false, allocator);
            join.watermark(0, 30);
            join.watermark(1, 30);
            assertEquals(1, join.entries());
        }
    }

    private static void ask(AsOfJoinOperator join, long time, BufferAllocator allocator) {
        try (Batch batch = new Batch(SIDE.schema(), 1, allocator)) {
            put(batch, time);
            join.accept(0, batch);
        }
    }

    private static void version(AsOfJoinOperator join, long time, boolean gone, BufferAllocator allocator) {
        try (Batch batch = new Batch(VERSIONS.schema(), 1, allocator)) {
            put(batch, time);
            batch.column(3).putBoolean(0, gone);
            join.accept(1, batch);
        }
    }

    private static void put(Batch batch, long time) {
        batch.column(0).putLong(0, 1);
        batch.column(1).putLong(0, 1);
        batch.column(2).putLong(0, time);
        batch.column(batch.columns() - 1).putLong(0, 1);
        batch.rows(1);
    }
}
