package io.leat.runtime.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RowBytesTest {
    private static final int ROWS = 300;

    @AutoClose
    private final BufferAllocator allocator = new RootAllocator();

    @AutoClose
    private final BytesResult packed = new BytesResult(allocator);

    private static final RowBytes ALL = RowBytes.ofColumns(RandomRows.SCHEMA, 0, RandomRows.SCHEMA.size());

    private static void assertSame(Object expected, Object found) {
        if (expected instanceof byte[] bytes) {
            assertArrayEquals(bytes, (byte[]) found);
        } else {
            assertEquals(expected, found);
        }
    }

    @Test
    void whatIsPackedIsUnpacked() {
        RandomRows random = new RandomRows(11);
        List<List<Object>> rows = new ArrayList<>();
        int[] starts = new int[ROWS + 1];
        try (Batch batch = new Batch(RandomRows.SCHEMA, ROWS, allocator);
                Batch back = new Batch(RandomRows.SCHEMA, ROWS, allocator)) {
            for (int row = 0; row < ROWS; row++) {
                rows.add(random.row());
                RandomRows.write(rows.get(row), batch, row);
                ALL.pack(batch, row, packed);
                starts[row + 1] = packed.length();
            }
            for (int row = 0; row < ROWS; row++) {
                long behind = ALL.unpack(packed.address() + starts[row], back, 0, row);
                assertEquals(packed.address() + starts[row + 1], behind);
            }
            for (int row = 0; row < ROWS; row++) {
                for (int leaf = 0; leaf < ALL.leaves(); leaf++) {
                    assertSame(rows.get(row).get(leaf), RandomRows.read(back.column(leaf), row));
                }
            }
        }
    }

    /** A row is found by its bytes: they depend on nothing but its values, and tell any two rows apart. */
    @Test
    void equalRowsGiveEqualBytesAndOthersDoNot() {
        RandomRows random = new RandomRows(12);
        try (Batch batch = new Batch(RandomRows.SCHEMA, 4, allocator)) {
            for (int i = 0; i < ROWS; i++) {
                List<Object> row = random.row();
                List<Object> other = new ArrayList<>(row);
                int changed = i % row.size();
                other.set(changed, random.row().get(changed));
                batch.reset();
                // The same places held other values before.
                RandomRows.write(random.row(), batch, 0);
                RandomRows.write(row, batch, 0);
                RandomRows.write(other, batch, 1);
                RandomRows.write(row, batch, 2);
                assertArrayEquals(bytes(batch, 0), bytes(batch, 2));
                boolean same = Arrays.deepEquals(new Object[] {row.get(changed)}, new Object[] {other.get(changed)});
                assertEquals(same, Arrays.equals(bytes(batch, 0), bytes(batch, 1)), row + " and " + other);
            }
        }
    }

    private byte[] bytes(Batch batch, int row) {
        packed.clear();
        ALL.pack(batch, row, packed);
        return Memory.toArray(packed.address(), packed.length());
    }

    /** What an input has around the row, such as weight and hash, stays away; the output has columns of its own before it. */
    @Test
    void someLeavesOfAWiderBatch() {
        Schema in = new Schema(List.of(
                new Field("$weight", Type.TINYINT, false),
                new Field("name", Type.VARCHAR, true),
                new Field("inner_row", new Type.RowType(List.of(new Field("a", Type.INT, true))), true),
                new Field("$hash", Type.BIGINT, false)));
        Schema out = new Schema(List.of(
                new Field("other", Type.INT, true),
                new Field("name", Type.VARCHAR, true),
                new Field("inner_row", new Type.RowType(List.of(new Field("a", Type.INT, true))), true)));
        RowBytes row = RowBytes.ofColumns(in, 1, 2);
        assertEquals(3, row.leaves());
        try (Batch from = new Batch(in, 2, allocator);
                Batch into = new Batch(out, 2, allocator)) {
            from.column(0).putByte(0, 1);
            from.column(1).putText(0, "x");
            from.column(2).putPresent(0);
            from.column(3).putInt(0, 5);
            from.column(4).putLong(0, 99);
            row.pack(from, 0, packed);
            row.unpack(packed.address(), into, 1, 0);
            assertEquals("x", into.column(1).getText(0));
            assertFalse(into.column(2).isNull(0));
            assertEquals(5, into.column(3).getLong(0));
        }
    }
}
