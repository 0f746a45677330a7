package io.leat.runtime.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, whatever it is made of. Subclasses say how stores are opened. */
public abstract class StateStoreContract {
    private static final int VALUE_BYTES = 24;
    private static final int SCRATCH_BYTES = 4 << 20;

    private final BufferAllocator allocator = new RootAllocator();
    private final BytesResult foundValue = new BytesResult(allocator);
    private final BytesResult foundVariable = new BytesResult(allocator);
    private ArrowBuf scratch;
    private StateStore store;

    private record Stored(byte[] value, byte[] variable) {}

    protected abstract StateStore.Factory stores();

    @BeforeEach
    void open() {
        scratch = allocator.buffer(SCRATCH_BYTES);
        store = stores().open("contract", 16, VALUE_BYTES);
    }

    @AfterEach
    void close() {
        store.close();
        foundValue.close();
        foundVariable.close();
        scratch.close();
        allocator.close();
    }

    private long lay(byte[] bytes, int offset) {
        long address = scratch.memoryAddress() + offset;
        Memory.copy(bytes, 0, address, bytes.length);
        return address;
    }

    private void put(byte[] key, byte[] value, byte[] variable) {
        long keyAt = lay(key, 0);
        long valueAt = lay(value, key.length);
        long variableAt = lay(variable, key.length + value.length);
        store.put(keyAt, key.length, valueAt, value.length, variableAt, variable.length);
    }

    private Stored get(byte[] key) {
        if (!store.get(lay(key, 0), key.length, foundValue, foundVariable)) {
            return null;
        }
        return new Stored(
                Memory.toArray(foundValue.address(), foundValue.length()),
                Memory.toArray(foundVariable.address(), foundVariable.length()));
    }

    private void remove(byte[] key) {
        store.remove(lay(key, 0), key.length);
    }

    private void assertStored(byte[] key, byte[] value, byte[] variable) {
        Stored stored = get(key);
        assertNotNull(stored, "key of " + key.length + " bytes");
        assertArrayEquals(value, stored.value());
        assertArrayEquals(variable, stored.variable());
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    @Test
    void aNewStoreIsEmpty() {
        assertEquals(0, store.size());
        assertEquals(null, get(number(1)));
        remove(number(1));
        assertEquals(0, store.size());
        store.endEpoch();
        assertEquals(0, store.size());
    }

    @Test
    void whatIsPutIsReadBackUntilItIsRemoved() {
        byte[] value = new byte[VALUE_BYTES];
        value[3] = 7;
        put(number(1), value, new byte[0]);
        put(number(2), new byte[VALUE_BYTES], new byte[] {1, 2, 3});
        assertEquals(2, store.size());
        assertStored(number(1), value, new byte[0]);
        assertStored(number(2), new byte[VALUE_BYTES], new byte[] {1, 2, 3});
        put(number(1), new byte[VALUE_BYTES], new byte[] {9});
        assertEquals(2, store.size());
        assertStored(number(1), new byte[VALUE_BYTES], new byte[] {9});
        remove(number(1));
        assertEquals(1, store.size());
        assertEquals(null, get(number(1)));
        assertStored(number(2), new byte[VALUE_BYTES], new byte[] {1, 2, 3});
    }

    @Test
    void aValueWithoutVariablePartForgetsTheOldOne() {
        put(number(1), new byte[VALUE_BYTES], new byte[] {1, 2, 3});
        put(number(1), new byte[VALUE_BYTES], new byte[0]);
        assertStored(number(1), new byte[VALUE_BYTES], new byte[0]);
        remove(number(1));
        put(number(1), new byte[VALUE_BYTES], new byte[0]);
        assertStored(number(1), new byte[VALUE_BYTES], new byte[0]);
    }

    /** What is read may be written again before the next call: a caller's copy is its own. */
    @Test
    void readingDoesNotDependOnWhatIsReadLater() {
        put(number(1), new byte[VALUE_BYTES], new byte[] {1});
        byte[] other = new byte[VALUE_BYTES];
        other[0] = 5;
        put(number(2), other, new byte[] {2});
        Stored first = get(number(1));
        get(number(2));
        assertEquals(0, first.value()[0]);
        assertArrayEquals(new byte[] {1}, first.variable());
    }

    @Test
    void keysOfAnyLengthAreApart() {
        byte[] value = new byte[VALUE_BYTES];
        for (int length = 1; length <= 300; length++) {
            value[0] = (byte) length;
            put(new byte[length], value, new byte[] {(byte) length});
        }
        assertEquals(300, store.size());
        for (int length = 1; length <= 300; length++) {
            value[0] = (byte) length;
            assertStored(new byte[length], value, new byte[] {(byte) length});
        }
    }

    @Test
    void largeKeysAndValues() {
        SplittableRandom random = new SplittableRandom(1);
        Map<Integer, byte[]> keys = new HashMap<>();
        Map<Integer, byte[]> variables = new HashMap<>();
        byte[] value = new byte[VALUE_BYTES];
        int[] lengths = {100, 4_000, 5_000, 70_000, 1_000_000};
        for (int length : lengths) {
            keys.put(length, bytes(random, length));
            variables.put(length, bytes(random, 2 * length));
            put(keys.get(length), value, variables.get(length));
            put(number(length), value, variables.get(length));
        }
        for (int length : lengths) {
            assertStored(keys.get(length), value, variables.get(length));
            assertStored(number(length), value, variables.get(length));
        }
        // A value may become large, and small again.
        put(number(70_000), value, new byte[] {1});
        put(number(100), value, variables.get(70_000));
        assertStored(number(70_000), value, new byte[] {1});
        assertStored(number(100), value, variables.get(70_000));
        assertEquals(2L * lengths.length, store.size());
        for (int length : lengths) {
            remove(keys.get(length));
            remove(number(length));
        }
        assertEquals(0, store.size());
    }

    @Test
    void manyKeysLongerThanTypical() {
        byte[] value = new byte[VALUE_BYTES];
        byte[] variable = new byte[900];
        int count = 30_000;
        for (int i = 0; i < count; i++) {
            put(longKey(i), value, variable);
        }
        assertEquals(count, store.size());
        for (int i = 0; i < count; i++) {
            assertStored(longKey(i), value, variable);
        }
    }

    private static byte[] longKey(int number) {
        return ByteBuffer.allocate(700).putInt(696, number).array();
    }

    @Test
    void growsFarBeyondItsFirstSize() {
        byte[] variable = {1, 2, 3, 4, 5, 6, 7, 8};
        int count = 150_000;
        for (int i = 0; i < count; i++) {
            byte[] value = new byte[VALUE_BYTES];
            ByteBuffer.wrap(value).putInt(i);
            put(number(i), value, variable);
            if (i % 10_000 == 0) {
                store.endEpoch();
            }
        }
        assertEquals(count, store.size());
        for (int i = 0; i < count; i++) {
            Stored stored = get(number(i));
            assertNotNull(stored);
            assertEquals(i, ByteBuffer.wrap(stored.value()).getInt());
            assertArrayEquals(variable, stored.variable());
        }
    }

    @Test
    void agreesWithAMapOverRandomCalls() {
        long seed = 42;
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            keys.add(bytes(random, 1 + random.nextInt(60)));
        }
        Map<ByteBuffer, Stored> model = new HashMap<>();
        for (int i = 0; i < 60_000; i++) {
            byte[] key = keys.get(random.nextInt(keys.size()));
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    byte[] value = bytes(random, VALUE_BYTES);
                    byte[] variable = bytes(random, random.nextInt(10) == 0 ? 300 : random.nextInt(40));
                    put(key, value, variable);
                    model.put(ByteBuffer.wrap(key), new Stored(value, variable));
                }
                case 2 -> {
                    remove(key);
                    model.remove(ByteBuffer.wrap(key));
                }
                default -> {
                    Stored expected = model.get(ByteBuffer.wrap(key));
                    Stored found = get(key);
                    assertEquals(expected == null, found == null, "seed " + seed + ", call " + i);
                    if (expected != null) {
                        assertArrayEquals(expected.value(), found.value());
                        assertArrayEquals(expected.variable(), found.variable());
                    }
                }
            }
            if (random.nextInt(1_000) == 0) {
                store.endEpoch();
            }
        }
        assertEquals(model.size(), store.size());
    }

    @Test
    void storesOfOneNameShareNothing() {
        put(number(1), new byte[VALUE_BYTES], new byte[0]);
        try (StateStore other = stores().open("contract", 16, VALUE_BYTES)) {
            assertEquals(0, other.size());
            assertFalse(other.get(lay(number(1), 0), 8, foundValue, foundVariable));
        }
        assertTrue(store.get(lay(number(1), 0), 8, foundValue, foundVariable));
    }

    @Test
    void closingTwiceIsClosingOnce() {
        put(number(1), new byte[VALUE_BYTES], new byte[] {1});
        store.close();
        store.close();
    }
}
