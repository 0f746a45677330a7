package io.leat.runtime.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.kernel.Hashing;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class KeyBytesTest {
    private static final int ROWS = 400;

    @AutoClose
    private final BufferAllocator allocator = new RootAllocator();

    @AutoClose
    private final KeyBytes key = new KeyBytes(allocator);

    private byte[] bytes() {
        return Memory.toArray(key.address(), key.length());
    }

    /** How values compare, said without bytes. */
    private static int compare(Object left, Object right) {
        if (left instanceof Boolean a) {
            return a.compareTo((Boolean) right);
        }
        if (left instanceof Long a) {
            return a.compareTo((Long) right);
        }
        if (left instanceof Float a) {
            float b = (Float) right;
            return a < b ? -1 : a > b ? 1 : 0;
        }
        if (left instanceof Double a) {
            double b = (Double) right;
            return a < b ? -1 : a > b ? 1 : 0;
        }
        if (left instanceof BigDecimal a) {
            return a.compareTo((BigDecimal) right);
        }
        return Arrays.compareUnsigned((byte[]) left, (byte[]) right);
    }

    private static int compare(Object left, Object right, boolean descending, boolean nullsFirst) {
        if (left == null || right == null) {
            int nullness = Boolean.compare(right == null, left == null);
            return nullsFirst ? nullness : -nullness;
        }
        int order = compare(left, right);
        return descending ? -order : order;
    }

    @Test
    void theOrderOfBytesIsTheOrderOfValues() {
        for (long seed = 1; seed <= 3; seed++) {
            RandomRows random = new RandomRows(seed);
            List<List<Object>> rows = new ArrayList<>();
            try (Batch batch = new Batch(RandomRows.SCHEMA, ROWS, allocator)) {
                for (int row = 0; row < ROWS; row++) {
                    rows.add(random.row());
                    RandomRows.write(rows.get(row), batch, row);
                }
                for (int leaf = 0; leaf < batch.columns(); leaf++) {
                    for (boolean descending : new boolean[] {false, true}) {
                        for (boolean nullsFirst : new boolean[] {false, true}) {
                            assertOrder(rows, batch, leaf, descending, nullsFirst, seed);
                        }
                    }
                }
            }
        }
    }

    private void assertOrder(
            List<List<Object>> rows, Batch batch, int leaf, boolean descending, boolean nullsFirst, long seed) {
        List<byte[]> keys = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            key.clear();
            key.append(batch, leaf, row, descending, nullsFirst);
            keys.add(bytes());
        }
        for (int left = 0; left < ROWS; left++) {
            for (int right = 0; right < ROWS; right += 3) {
                Object a = rows.get(left).get(leaf);
                Object b = rows.get(right).get(leaf);
                int expected = Integer.signum(compare(a, b, descending, nullsFirst));
                int found = Integer.signum(Arrays.compareUnsigned(keys.get(left), keys.get(right)));
                assertEquals(
                        expected,
                        found,
                        () -> batch.column(leaf).leaf() + " descending " + descending + ", nulls first " + nullsFirst
                                + ": " + a + " and " + b + ", seed " + seed);
            }
        }
    }

    /** With several columns the first one that differs decides, whatever the bytes behind an end mark are. */
    @Test
    void columnsComeOneAfterTheOther() {
        Schema schema = new Schema(List.of(
                new Field("first", Type.VARCHAR, true),
                new Field("second", Type.VARCHAR, true),
                new Field("third", Type.INT, true)));
        SplittableRandom random = new SplittableRandom(5);
        String[] texts = {null, "", "a", "a\0", "a\0b", "ab", "b", "\uFFFF"};
        List<List<Object>> rows = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        try (Batch batch = new Batch(schema, ROWS, allocator)) {
            for (int row = 0; row < ROWS; row++) {
                List<Object> values = new ArrayList<>();
                for (int leaf = 0; leaf < 2; leaf++) {
                    String text = texts[random.nextInt(texts.length)];
                    if (text == null) {
                        batch.column(leaf).putNull(row);
                    } else {
                        batch.column(leaf).putText(row, text);
                    }
                    values.add(RandomRows.read(batch.column(leaf), row));
                }
                batch.column(2).putInt(row, random.nextInt(-1, 2));
                values.add(batch.column(2).getLong(row));
                rows.add(values);
                key.partition(0x4000_0000_0000_0000L);
                key.append(batch, new int[] {0, 1, 2}, row);
                keys.add(bytes());
            }
        }
        for (int left = 0; left < ROWS; left++) {
            for (int right = 0; right < ROWS; right++) {
                int expected = 0;
                for (int leaf = 0; leaf < 3 && expected == 0; leaf++) {
                    expected = compare(rows.get(left).get(leaf), rows.get(right).get(leaf), false, true);
                }
                assertEquals(
                        Integer.signum(expected),
                        Integer.signum(Arrays.compareUnsigned(keys.get(left), keys.get(right))));
            }
        }
        assertEquals(Hashing.virtualPartition(0x4000_0000_0000_0000L), keys.get(0)[0]);
    }

    @Test
    void numbersThatAreNeverNull() {
        long[] numbers = {Long.MIN_VALUE, -256, -255, -1, 0, 1, 255, 256, Long.MAX_VALUE};
        byte[] last = {};
        byte[] lastDescending = {-1, -1, -1, -1, -1, -1, -1, -1, -1};
        for (long number : numbers) {
            key.clear();
            key.appendLong(number);
            assertEquals(number, KeyBytes.readLong(key.address()));
            assertEquals(-1, Integer.signum(Arrays.compareUnsigned(last, bytes())), "" + number);
            last = bytes();
            key.clear();
            key.appendLongDescending(number);
            assertEquals(1, Integer.signum(Arrays.compareUnsigned(lastDescending, bytes())), "" + number);
            lastDescending = bytes();
        }
    }

    @Test
    void partsAreCutOffAgain() {
        key.clear();
        key.appendByte(1);
        key.appendByte(2);
        int mark = key.length();
        key.appendLong(77);
        key.length(mark);
        key.appendByte(3);
        assertArrayEquals(new byte[] {1, 2, 3}, bytes());
    }
}
