package io.leat.runtime.state.paged;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.CountingStores;
import io.leat.runtime.state.KeyedState;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tens of thousands of entries: pages that are divided, joined, dropped whole, sent away and brought back, many times. */
class PagedStateLongTest {
    private static final int CALLS = 160_000;

    private final BufferAllocator allocator = new RootAllocator();
    private final BytesResult found = new BytesResult(allocator);
    private final ArrowBuf scratch = allocator.buffer(1 << 16);
    private final CountingStores store = new CountingStores();
    private final TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);

    @AfterEach
    void close() {
        found.close();
        scratch.close();
        allocator.close();
    }

    private PagedState open(int pageBytes, long hotBytes) {
        return new PagedState(() -> store.open("pages", Integer.BYTES, pageBytes), allocator, pageBytes, hotBytes);
    }

    private long lay(byte[] bytes) {
        return lay(bytes, 0);
    }

    private long lay(byte[] bytes, int offset) {
        Memory.copy(bytes, 0, scratch.memoryAddress() + offset, bytes.length);
        return scratch.memoryAddress() + offset;
    }

    private void put(KeyedState state, byte[] key, byte[] value) {
        state.put(lay(key), key.length, lay(value, 1 << 15), value.length);
    }

    /** Keys of some owners, each with many times, as an operator has them. */
    private static byte[] key(SplittableRandom random, int owners, int times) {
        int owner = random.nextInt(owners);
        return ByteBuffer.allocate(13)
                .put((byte) (owner * 37 % 128))
                .putInt(owner)
                .putLong(1_700_000_000_000L + random.nextInt(times))
                .array();
    }

    @ParameterizedTest
    @CsvSource({"1, 3072, 1000000000", "2, 200, 1000000000", "3, 200, 20000", "4, 3072, 100000", "5, 64, 10000"})
    void agreesWithATreeMapOverRandomCalls(long seed, int pageBytes, long hotBytes) {
        SplittableRandom random = new SplittableRandom(seed);
        int owners = 1 + random.nextInt(400);
        try (PagedState state = open(pageBytes, hotBytes)) {
            KeyedState.Cursor cursor = state.cursor();
            for (int i = 0; i < CALLS; i++) {
                boolean grows = i / 20_000 % 2 == 0;
                byte[] key = key(random, owners, 1_000);
                int kind = random.nextInt(100);
                if (kind < (grows ? 55 : 15)) {
                    byte[] value = new byte[random.nextInt(3_000) == 0 ? 4_000 : random.nextInt(48)];
                    random.nextBytes(value);
                    put(state, key, value);
                    model.put(key, value);
                } else if (kind < 75) {
                    // Nearly any key is found when what follows it is taken.
                    Map.Entry<byte[], byte[]> next = model.ceilingEntry(key);
                    assertEquals(next != null, cursor.seek(lay(key), key.length));
                    if (next != null) {
                        assertSame(next, cursor);
                        cursor.remove();
                        model.remove(next.getKey());
                    }
                } else if (kind < 85) {
                    byte[] expected = model.get(key);
                    assertEquals(expected != null, state.get(lay(key), key.length, found));
                    if (expected != null) {
                        assertArrayEquals(expected, Memory.toArray(found.address(), found.length()));
                    }
                } else if (kind < 99) {
                    walk(cursor, key, random);
                } else if (random.nextInt(30) == 0) {
                    removeRange(state, key, random);
                }
                assertEquals(model.size(), state.entries(), "seed " + seed + ", call " + i);
            }
            assertEquals(hotBytes < 1_000_000, state.usesStore());
            assertTrue(hotBytes > 1_000_000 || (long) state.hotPages() * pageBytes <= hotBytes + 2L * pageBytes);
            assertSameEntries(state);
            state.removePrefix(lay(new byte[0]), 0);
            assertEquals(0, state.entries());
            assertFalse(cursor.first());
            assertTrue(store.size() <= 1, "nothing is left in the store but the page that is always there");
        }
    }

    private static void assertSame(Map.Entry<byte[], byte[]> expected, KeyedState.Cursor cursor) {
        assertNotNull(expected);
        assertArrayEquals(expected.getKey(), Memory.toArray(cursor.keyAddress(), cursor.keyLength()));
        assertArrayEquals(expected.getValue(), Memory.toArray(cursor.valueAddress(), cursor.valueLength()));
    }

    private void walk(KeyedState.Cursor cursor, byte[] key, SplittableRandom random) {
        boolean forward = random.nextBoolean();
        boolean there = forward ? cursor.seek(lay(key), key.length) : cursor.seekBefore(lay(key), key.length);
        Map.Entry<byte[], byte[]> expected = forward ? model.ceilingEntry(key) : model.lowerEntry(key);
        for (int step = random.nextInt(30); step >= 0 && expected != null; step--) {
            assertTrue(there);
            assertSame(expected, cursor);
            byte[] at = expected.getKey();
            expected = forward ? model.higherEntry(at) : model.lowerEntry(at);
            there = forward ? cursor.next() : cursor.previous();
        }
        assertEquals(expected != null, there);
    }

    private void removeRange(KeyedState state, byte[] from, SplittableRandom random) {
        byte[] to = from.clone();
        to[random.nextInt(4)] += 1 + random.nextInt(3);
        if (random.nextBoolean()) {
            state.removePrefix(lay(from), 5);
            int owner = ByteBuffer.wrap(from).getInt(1);
            byte[] behind =
                    ByteBuffer.allocate(5).put(from[0]).putInt(owner + 1).array();
            model.subMap(Arrays.copyOf(from, 5), behind).clear();
        } else if (Arrays.compareUnsigned(from, to) < 0) {
            state.removeRange(lay(from), from.length, lay(to, 1 << 15), to.length);
            model.subMap(from, to).clear();
        }
    }

    private void assertSameEntries(KeyedState state) {
        KeyedState.Cursor cursor = state.cursor();
        boolean more = cursor.first();
        for (Map.Entry<byte[], byte[]> entry : model.entrySet()) {
            assertTrue(more);
            assertSame(entry, cursor);
            more = cursor.next();
        }
        assertFalse(more);
    }

    /** Nearly empty pages become few: a state that has shrunk does not take the room of one that has not. */
    @Test
    void pagesOfAStateThatHasShrunkAreJoined() {
        SplittableRandom random = new SplittableRandom(9);
        try (PagedState state = open(PagedState.PAGE_BYTES, 1L << 30)) {
            int count = 100_000;
            for (int i = 0; i < count; i++) {
                byte[] key = ByteBuffer.allocate(8).putLong(random.nextLong()).array();
                put(state, key, new byte[20]);
                model.put(key, new byte[20]);
            }
            int full = state.hotPages();
            int entryBytes = Page.entryBytes(8, 20);
            assertTrue((long) full * PagedState.PAGE_BYTES < 2L * count * entryBytes, full + " pages");
            for (byte[] key : model.keySet()) {
                if (random.nextInt(100) > 0) {
                    assertTrue(state.remove(lay(key), key.length));
                }
            }
            assertTrue(state.hotPages() < full / 15, state.hotPages() + " of " + full + " pages");
        }
    }

    /** What comes in order fills its pages. */
    @Test
    void ascendingAndDescendingKeysFillPages() {
        for (boolean ascending : new boolean[] {true, false}) {
            try (PagedState state = open(PagedState.PAGE_BYTES, 1L << 30)) {
                int count = 50_000;
                for (int i = 0; i < count; i++) {
                    byte[] key = ByteBuffer.allocate(8)
                            .putLong(ascending ? i : count - i)
                            .array();
                    put(state, key, new byte[20]);
                }
                long needed = (long) count * Page.entryBytes(8, 20);
                assertTrue(state.hotPages() < 1.1 * needed / PagedState.PAGE_BYTES, state.hotPages() + " pages");
            }
        }
    }

    /** Pages in the middle of a range are dropped without being read. */
    @Test
    void aRangeIsRemovedWithoutBringingItBack() {
        try (PagedState state = open(256, 1_024)) {
            int count = 20_000;
            for (int i = 0; i < count; i++) {
                put(state, ByteBuffer.allocate(4).putInt(i).array(), new byte[20]);
            }
            long stored = store.size();
            assertTrue(stored > count / 10, stored + " pages in the store");
            int reads = store.gets();
            byte[] from = ByteBuffer.allocate(4).putInt(10).array();
            byte[] to = ByteBuffer.allocate(4).putInt(count - 10).array();
            state.removeRange(lay(from), 4, lay(to, 100), 4);
            assertEquals(20, state.entries());
            assertTrue(store.gets() <= reads + 6);
            assertTrue(store.size() < 10);
        }
    }
}
