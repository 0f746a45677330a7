package io.leat.runtime.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.kernel.OrderedBytes;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.ByteArena;
import io.leat.runtime.state.OrderedItems;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Items of groups, added in any order and merged in any way, beside a list that is sorted. */
class ItemsTest {
    private static final long SEED = 5;
    private static final int ROUNDS = 300;
    private static final int STATE = 16;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private BufferAllocator allocator;
    private BytesResult item;
    private BytesResult text;
    private OrderedItems items;

    /** A row: what it is ordered by, and what it gives. */
    private record Row(int by, String text) {}

    @BeforeEach
    void open() {
        allocator = new RootAllocator();
        item = new BytesResult(allocator);
        text = new BytesResult(allocator);
        items = new OrderedItems(allocator);
    }

    @AfterEach
    void close() {
        items.close();
        text.close();
        item.close();
        allocator.close();
    }

    private void write(Row row) {
        item.clear();
        OrderedBytes.put(item, row.by());
        int keyLength = item.length();
        put(row.text());
        put("+");
        OrderedItems.end(item, keyLength);
    }

    private void put(String value) {
        if (value == null) {
            OrderedBytes.putNull(item, OrderedBytes.HIGH);
            return;
        }
        text.clear();
        text.append(value.getBytes(StandardCharsets.UTF_8));
        OrderedBytes.put(item, text.address(), text.length());
    }

    private static String string(BytesResult result) {
        return new String(Memory.toArray(result.address(), result.length()), StandardCharsets.UTF_8);
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            rows.add(new Row(random.nextInt(-5, 6), "t" + random.nextInt(100) + "x".repeat(random.nextInt(30))));
        }
        return rows;
    }

    @Test
    void listsAreInOrderHoweverTheyAreMerged() {
        for (int round = 0; round < ROUNDS; round++) {
            try (ByteArena arena = new ByteArena(allocator);
                    ByteArena otherArena = new ByteArena(allocator);
                    ArrowBuf states = allocator.buffer(2 * STATE)) {
                states.setZero(0, 2 * STATE);
                long state = states.memoryAddress();
                long other = state + STATE;
                List<Row> first = rows();
                List<Row> second = rows();
                first.forEach(row -> {
                    write(row);
                    ItemList.add(state, arena, item.address(), item.length());
                });
                second.forEach(row -> {
                    write(row);
                    ItemList.add(other, otherArena, item.address(), item.length());
                });
                ItemList.merge(state, arena, other, otherArena);
                List<Row> expected = new ArrayList<>(first);
                expected.addAll(second);
                assertEquals(expected.isEmpty(), ItemList.isNull(state));
                expected.sort(Comparator.comparing(Row::by));
                assertEquals(
                        expected.stream().map(Row::text).collect(Collectors.joining("+")),
                        string(ItemList.read(state, arena, items).join()),
                        "seed " + SEED + ", round " + round);
            }
        }
    }

    @Test
    void theFirstOfEqualsStays() {
        for (int round = 0; round < ROUNDS; round++) {
            try (ByteArena arena = new ByteArena(allocator);
                    ByteArena otherArena = new ByteArena(allocator);
                    ArrowBuf states = allocator.buffer(2 * STATE)) {
                states.setZero(0, 2 * STATE);
                long state = states.memoryAddress();
                long other = state + STATE;
                List<Row> all = rows();
                int half = all.size() / 2;
                for (int i = 0; i < all.size(); i++) {
                    write(all.get(i));
                    if (i < half) {
                        FirstItem.add(state, arena, item.address(), item.length());
                    } else {
                        FirstItem.add(other, otherArena, item.address(), item.length());
                    }
                }
                FirstItem.merge(state, arena, other, otherArena);
                assertEquals(all.isEmpty(), FirstItem.isNull(state, arena));
                if (!all.isEmpty()) {
                    Row first = all.stream().min(Comparator.comparing(Row::by)).orElseThrow();
                    assertEquals(first.text(), string(items.bytes(FirstItem.value(state, arena))));
                }
            }
        }
    }

    @Test
    void aRowWithoutAValueIsARow() {
        try (ByteArena arena = new ByteArena(allocator);
                ArrowBuf states = allocator.buffer(STATE)) {
            states.setZero(0, STATE);
            long state = states.memoryAddress();
            write(new Row(2, "there"));
            FirstItem.add(state, arena, item.address(), item.length());
            assertFalse(FirstItem.isNull(state, arena));
            write(new Row(1, null));
            FirstItem.add(state, arena, item.address(), item.length());
            assertTrue(FirstItem.isNull(state, arena));
        }
    }

    @Test
    void aListPastItsLimitSaysSoAndTakesNoMoreRoom() {
        try (ByteArena arena = new ByteArena(allocator);
                ByteArena otherArena = new ByteArena(allocator);
                ArrowBuf states = allocator.buffer(2 * STATE)) {
            states.setZero(0, 2 * STATE);
            long state = states.memoryAddress();
            write(new Row(1, "x".repeat(1 << 20)));
            for (int i = 0; i < 7; i++) {
                ItemList.add(state, arena, item.address(), item.length());
            }
            assertEquals(
                    7 * (1 << 20) + 6, ItemList.read(state, arena, items).join().length());
            ItemList.add(state, arena, item.address(), item.length());
            long bytes = arena.bytes();
            for (int i = 0; i < 100; i++) {
                ItemList.add(state, arena, item.address(), item.length());
            }
            assertEquals(bytes, arena.bytes());
            assertThrows(RowError.class, () -> ItemList.read(state, arena, items));
            ItemList.merge(state + STATE, otherArena, state, arena);
            assertFalse(ItemList.isNull(state + STATE));
            assertThrows(RowError.class, () -> ItemList.read(state + STATE, otherArena, items));
        }
    }
}
