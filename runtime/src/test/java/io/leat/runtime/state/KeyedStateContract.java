package io.leat.runtime.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.memory.Memory;
import java.util.SplittableRandom;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every keyed state does, whatever it is made of. Subclasses say how it is opened. */
public abstract class KeyedStateContract {
    private static final int HALF = 2 << 20;

    private final BufferAllocator allocator = new RootAllocator();
    private final BytesResult found = new BytesResult(allocator);
    private ArrowBuf scratch;
    private KeyedState state;

    protected abstract KeyedState open(BufferAllocator memory);

    @BeforeEach
    void open() {
        scratch = allocator.buffer(2 * HALF);
        state = open(allocator);
    }

    @AfterEach
    void close() {
        state.close();
        found.close();
        scratch.close();
        allocator.close();
    }

    private long first(byte[] bytes) {
        Memory.copy(bytes, 0, scratch.memoryAddress(), bytes.length);
        return scratch.memoryAddress();
    }

    private long second(byte[] bytes) {
        Memory.copy(bytes, 0, scratch.memoryAddress() + HALF, bytes.length);
        return scratch.memoryAddress() + HALF;
    }

    private void put(byte[] key, byte[] value) {
        state.put(first(key), key.length, second(value), value.length);
    }

    private byte[] get(byte[] key) {
        boolean there = state.get(first(key), key.length, found);
        assertEquals(there, !found.isNull());
        return there ? Memory.toArray(found.address(), found.length()) : null;
    }

    private boolean remove(byte[] key) {
        return state.remove(first(key), key.length);
    }

    private void removeRange(byte[] from, byte[] to) {
        state.removeRange(first(from), from.length, second(to), to.length);
    }

    private static byte[] key(KeyedState.Cursor cursor) {
        return Memory.toArray(cursor.keyAddress(), cursor.keyLength());
    }

    private static byte[] value(KeyedState.Cursor cursor) {
        return Memory.toArray(cursor.valueAddress(), cursor.valueLength());
    }

    /** Three states take over what one wrote down, each the keys of its virtual partitions. */
    @Test
    void otherStatesTakeOverWhatWasSaved() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 3_000; i++) {
            byte[] key = new byte[2 + random.nextInt(20)];
            byte[] value = new byte[random.nextInt(200) == 0 ? 9_000 : random.nextInt(40)];
            random.nextBytes(key);
            random.nextBytes(value);
            key[1] &= 0x7F;
            put(key, value);
        }
        SavedSections saved = new SavedSections();
        state.save(saved, KeyedSections.partitionAt(1));
        long entries = 0;
        for (int worker = 0; worker < 3; worker++) {
            try (KeyedState other = open(allocator)) {
                other.restore(saved.reader(worker, 3));
                entries += other.entries();
                KeyedState.Cursor cursor = other.cursor();
                for (boolean more = cursor.first(); more; more = cursor.next()) {
                    byte[] key = key(cursor);
                    assertEquals(worker, key[1] % 3);
                    assertArrayEquals(get(key), value(cursor));
                }
            }
        }
        assertEquals(state.entries(), entries);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void aNewStateIsEmpty() {
        assertEquals(0, state.entries());
        assertEquals(null, get(bytes(1)));
        assertFalse(remove(bytes(1)));
        state.removePrefix(first(bytes()), 0);
        KeyedState.Cursor cursor = state.cursor();
        assertFalse(cursor.first());
        assertFalse(cursor.seek(first(bytes()), 0));
        assertFalse(cursor.seekBefore(first(bytes(255)), 1));
        assertFalse(cursor.seekLast(first(bytes()), 0));
        assertFalse(cursor.next());
        assertFalse(cursor.previous());
        assertFalse(cursor.startsWith(first(bytes()), 0));
        assertThrows(IllegalStateException.class, cursor::remove);
        state.endEpoch();
        assertEquals(0, state.entries());
    }

    @Test
    void keysAreOrderedAsUnsignedBytesAndAPrefixComesFirst() {
        byte[][] keys = {
            bytes(), bytes(0), bytes(0, 0), bytes(0, 255), bytes(1), bytes(127), bytes(128), bytes(128, 0), bytes(255)
        };
        for (int i : new int[] {4, 8, 0, 2, 6, 1, 7, 3, 5}) {
            put(keys[i], bytes(i));
        }
        assertEquals(keys.length, state.entries());
        KeyedState.Cursor cursor = state.cursor();
        assertTrue(cursor.first());
        for (int i = 0; i < keys.length; i++) {
            assertArrayEquals(keys[i], key(cursor));
            assertArrayEquals(bytes(i), value(cursor));
            assertEquals(i + 1 < keys.length, cursor.next());
        }
        assertFalse(cursor.previous(), "it stands nowhere");
    }

    /** The rows of a key: those that begin with it, from both ends. */
    @Test
    void aPrefixIsARange() {
        for (int key : new int[] {1, 2, 3, 255}) {
            for (int row = 0; row < 10; row++) {
                put(bytes(key, row), bytes(row));
            }
        }
        KeyedState.Cursor cursor = state.cursor();
        assertTrue(cursor.seek(first(bytes(2)), 1));
        int rows = 0;
        while (cursor.startsWith(first(bytes(2)), 1)) {
            assertArrayEquals(bytes(2, rows++), key(cursor));
            cursor.next();
        }
        assertEquals(10, rows);
        assertTrue(cursor.seekLast(first(bytes(2)), 1));
        assertArrayEquals(bytes(2, 9), key(cursor));
        assertTrue(cursor.seekLast(first(bytes(255)), 1));
        assertArrayEquals(bytes(255, 9), key(cursor));
        assertTrue(cursor.seekLast(first(bytes()), 0));
        assertArrayEquals(bytes(255, 9), key(cursor));
        assertFalse(cursor.seekLast(first(bytes(4)), 1));
        assertFalse(cursor.startsWith(first(bytes()), 0));
        state.removePrefix(first(bytes(2)), 1);
        assertEquals(30, state.entries());
        assertTrue(cursor.seekBefore(first(bytes(2)), 1));
        assertArrayEquals(bytes(1, 9), key(cursor));
        state.removePrefix(first(bytes(255)), 1);
        assertEquals(20, state.entries());
        removeRange(bytes(1, 5), bytes(3, 5));
        assertEquals(10, state.entries());
        removeRange(bytes(3, 5), bytes(1, 5));
        assertEquals(10, state.entries(), "a range that ends before it begins is empty");
        state.removePrefix(first(bytes()), 0);
        assertEquals(0, state.entries());
    }

    @Test
    void aNumberThatBecomesZeroIsGone() {
        byte[] key = bytes(7);
        assertEquals(2, state.add(first(key), 1, 2));
        assertEquals(5, state.add(first(key), 1, 3));
        assertArrayEquals(bytes(5, 0, 0, 0, 0, 0, 0, 0), get(key));
        assertEquals(-1, state.add(first(key), 1, -6));
        assertEquals(1, state.entries());
        assertEquals(0, state.add(first(key), 1, 1));
        assertEquals(0, state.entries());
        assertEquals(0, state.add(first(key), 1, 0));
        assertEquals(0, state.entries());
        put(key, bytes(1, 2, 3));
        assertThrows(IllegalStateException.class, () -> state.add(first(key), 1, 1));
    }

    @Test
    void aCursorStaysAtItsKeyWhateverHappensToIt() {
        for (int i = 0; i < 100; i += 2) {
            put(bytes(i), bytes(i));
        }
        KeyedState.Cursor cursor = state.cursor();
        KeyedState.Cursor other = state.cursor();
        assertTrue(cursor.seek(first(bytes(10)), 1));
        assertTrue(other.seek(first(bytes(20)), 1));
        cursor.remove();
        assertEquals(49, state.entries());
        put(bytes(11), bytes(1));
        assertTrue(cursor.next());
        assertArrayEquals(bytes(11), key(cursor));
        removeRange(bytes(0), bytes(50));
        assertTrue(cursor.next());
        assertArrayEquals(bytes(50), key(cursor));
        assertFalse(other.previous());
        put(bytes(50), bytes(9, 9, 9));
        put(bytes(51), bytes());
        assertTrue(cursor.next());
        assertArrayEquals(bytes(51), key(cursor));
        assertArrayEquals(bytes(), value(cursor));
        assertTrue(cursor.previous());
        assertArrayEquals(bytes(9, 9, 9), value(cursor));
    }

    @Test
    void bytesAreLentUntilTheNextCall() {
        put(bytes(1), bytes(1));
        put(bytes(2), bytes(2));
        KeyedState.Cursor cursor = state.cursor();
        assertThrows(IllegalStateException.class, cursor::keyAddress);
        assertTrue(cursor.first());
        assertTrue(cursor.startsWith(first(bytes(1)), 1));
        assertEquals(1, cursor.keyLength());
        state.get(cursor.keyAddress(), cursor.keyLength(), found);
        assertTrue(cursor.startsWith(first(bytes(1)), 1), "it still stands there");
        assertThrows(IllegalStateException.class, cursor::keyAddress);
        assertThrows(IllegalStateException.class, cursor::keyLength);
        assertThrows(IllegalStateException.class, cursor::valueAddress);
        assertThrows(IllegalStateException.class, cursor::valueLength);
        assertTrue(cursor.next());
        cursor.remove();
        assertThrows(IllegalStateException.class, cursor::keyAddress);
    }

    /** What is lent may be passed to the next call, also when that call moves the entries it was lent from. */
    @Test
    void lentBytesMayBePassedOn() {
        KeyedState.Cursor cursor = state.cursor();
        byte[] value = new byte[25];
        for (int i = 0; i < 200; i++) {
            value[0] = (byte) i;
            put(bytes(i), value);
        }
        for (int i = 0; i < 200; i += 2) {
            // A copy of the value under a longer key, behind it.
            assertTrue(cursor.seek(first(bytes(i)), 1));
            state.put(second(bytes(i, 7)), 2, cursor.valueAddress(), cursor.valueLength());
            // The value becomes the key.
            assertTrue(cursor.seek(first(bytes(i, 7)), 2));
            state.put(cursor.valueAddress(), cursor.valueLength(), cursor.keyAddress(), cursor.keyLength());
            assertTrue(cursor.seek(first(bytes(i, 7)), 2));
            assertTrue(state.remove(cursor.keyAddress(), cursor.keyLength()));
            assertTrue(state.get(first(bytes(i + 1)), 1, found));
            state.put(first(bytes(i + 1)), 1, found.address(), 3);
        }
        assertEquals(300, state.entries());
        for (int i = 0; i < 200; i += 2) {
            value[0] = (byte) i;
            assertArrayEquals(value, get(bytes(i)));
            assertArrayEquals(bytes(i, 7), get(value));
            assertArrayEquals(bytes(i + 1, 0, 0), get(bytes(i + 1)));
        }
        for (int i = 0; i < 100; i++) {
            assertTrue(cursor.first());
            long from = cursor.keyAddress();
            int length = cursor.keyLength();
            state.removeRange(from, length, second(bytes(i + 1)), 1);
            assertTrue(cursor.next());
            byte[] next = key(cursor);
            assertArrayEquals(bytes(i + 1), next);
        }
    }

    @Test
    void rowsOfAMebibyteAndNoMore() {
        byte[] largest = new byte[KeyedState.MAX_BYTES];
        new SplittableRandom(3).nextBytes(largest);
        byte[] tooLarge = new byte[KeyedState.MAX_BYTES + 1];
        put(bytes(1), bytes(1));
        put(largest, largest);
        put(bytes(2), largest);
        put(bytes(2, 1), bytes(3));
        assertEquals(4, state.entries());
        assertArrayEquals(largest, get(largest));
        assertArrayEquals(largest, get(bytes(2)));
        assertArrayEquals(bytes(3), get(bytes(2, 1)));
        RowError row = assertThrows(RowError.class, () -> put(bytes(1), tooLarge));
        assertEquals(RowError.Reason.TOO_LARGE, row.reason());
        assertTrue(row.getMessage().startsWith("a row of 1048577 bytes"), row.getMessage());
        RowError key = assertThrows(RowError.class, () -> put(tooLarge, bytes(1)));
        assertTrue(key.getMessage().startsWith("a key of 1048577 bytes"), key.getMessage());
        assertThrows(RowError.class, () -> state.add(first(tooLarge), tooLarge.length, 1));
        assertArrayEquals(bytes(1), get(bytes(1)));
        put(bytes(2), bytes(4));
        assertArrayEquals(bytes(4), get(bytes(2)));
        assertTrue(remove(largest));
        assertEquals(3, state.entries());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithAListOverRandomCalls(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ListModel model = new ListModel();
        int alphabet = random.nextBoolean() ? 3 : 256;
        int longest = random.nextBoolean() ? 4 : 12;
        KeyedState.Cursor[] cursors = {state.cursor(), state.cursor()};
        byte[][] at = new byte[2][];
        for (int i = 0; i < 8_000; i++) {
            String call = "seed " + seed + ", call " + i;
            byte[] key = randomKey(random, alphabet, longest);
            boolean grows = i / 1_000 % 2 == 0;
            int kind = random.nextInt(100);
            if (kind < (grows ? 45 : 15)) {
                byte[] value = new byte[random.nextInt(200) == 0 ? 5_000 : random.nextInt(60)];
                random.nextBytes(value);
                put(key, value);
                model.put(key, value);
            } else if (kind < 50) {
                assertEquals(model.remove(key), remove(key), call);
            } else if (kind < 52 && random.nextInt(grows ? 20 : 5) == 0) {
                byte[] to = randomKey(random, alphabet, longest);
                removeRange(key, to);
                model.removeRange(key, to);
            } else if (kind < 54 && random.nextInt(10) == 0) {
                state.removePrefix(first(key), key.length);
                model.removePrefix(key);
            } else if (kind < 60) {
                assertArrayEquals(model.get(key), get(key), call);
            } else if (kind == 60) {
                state.endEpoch();
            } else {
                int which = random.nextInt(2);
                at[which] = move(cursors[which], model, at[which], key, random, call);
            }
            assertEquals(model.size(), state.entries(), call);
        }
        KeyedState.Cursor cursor = cursors[0];
        boolean more = cursor.first();
        for (int i = 0; i < model.size(); i++) {
            assertTrue(more);
            assertArrayEquals(model.key(i), key(cursor));
            assertArrayEquals(model.value(i), value(cursor));
            more = cursor.next();
        }
        assertFalse(more);
    }

    private static byte[] randomKey(SplittableRandom random, int alphabet, int longest) {
        byte[] key = new byte[random.nextInt(300) == 0 ? 700 : random.nextInt(longest + 1)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(8) == 0 ? 255 : random.nextInt(alphabet));
        }
        return key;
    }

    /** Moves a cursor and compares; returns the key where it stands now. */
    private byte[] move(
            KeyedState.Cursor cursor, ListModel model, byte[] at, byte[] key, SplittableRandom random, String call) {
        int expected;
        boolean moved;
        switch (random.nextInt(at == null ? 4 : 16)) {
            case 0 -> {
                expected = model.atOrBehind(key);
                moved = cursor.seek(first(key), key.length);
            }
            case 1 -> {
                expected = model.before(key);
                moved = cursor.seekBefore(first(key), key.length);
            }
            case 2 -> {
                expected = model.lastStartingWith(key);
                moved = cursor.seekLast(first(key), key.length);
            }
            case 3 -> {
                expected = model.size() == 0 ? -1 : 0;
                moved = cursor.first();
            }
            case 4, 5, 6, 7 -> {
                expected = model.before(at);
                moved = cursor.previous();
            }
            case 8 -> {
                model.remove(at);
                cursor.remove();
                return at;
            }
            default -> {
                expected = model.behind(at);
                moved = cursor.next();
            }
        }
        assertEquals(expected >= 0, moved, call);
        if (!moved) {
            return null;
        }
        assertArrayEquals(model.key(expected), key(cursor), call);
        assertArrayEquals(model.value(expected), value(cursor), call);
        assertEquals(ListModel.startsWith(model.key(expected), key), cursor.startsWith(first(key), key.length), call);
        return model.key(expected);
    }

    @Test
    void closingTwiceIsClosingOnce() {
        put(bytes(1), bytes(1));
        state.cursor().first();
        state.close();
        state.close();
    }
}
