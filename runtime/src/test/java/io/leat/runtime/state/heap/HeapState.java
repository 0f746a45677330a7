package io.leat.runtime.state.heap;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.KeyedSections;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongToIntFunction;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A state in a {@code TreeMap}: plain, and the one that others are compared with. What it lent is spoiled by the next call, so that who
 * looks at it for longer than it is lent does not get away with it.
 */
public final class HeapState implements KeyedState {
    private final BufferAllocator allocator;
    private final TreeMap<byte[], byte[]> map = new TreeMap<>(Arrays::compareUnsigned);
    private final List<TreeCursor> cursors = new ArrayList<>();
    private final BytesResult lent;
    private long bytes;
    private long calls;

    public HeapState(BufferAllocator allocator) {
        this.allocator = allocator;
        this.lent = new BytesResult(allocator);
    }

    /** Begins a call, whose arguments have been copied: they may have been lent by the one before. */
    private void begin() {
        calls++;
        spoil(lent);
        cursors.forEach(TreeCursor::spoil);
    }

    private static void spoil(BytesResult bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            Memory.putByte(bytes.address() + i, (byte) 0xEE);
        }
    }

    @Override
    public void put(long key, int keyLength, long value, int valueLength) {
        KeyedState.check(keyLength, valueLength);
        byte[] keyArray = Memory.toArray(key, keyLength);
        byte[] valueArray = Memory.toArray(value, valueLength);
        begin();
        put(keyArray, valueArray);
    }

    private void put(byte[] key, byte[] value) {
        byte[] old = map.put(key, value);
        bytes += old == null ? key.length + value.length : value.length - old.length;
    }

    @Override
    public boolean get(long key, int keyLength, BytesResult value) {
        byte[] found = map.get(Memory.toArray(key, keyLength));
        begin();
        if (found == null) {
            value.setNull();
            return false;
        }
        lent.clear();
        lent.append(found);
        value.view(lent.address(), lent.length());
        return true;
    }

    @Override
    public long add(long key, int keyLength, long delta) {
        KeyedState.check(keyLength, Long.BYTES);
        byte[] keyArray = Memory.toArray(key, keyLength);
        begin();
        byte[] found = map.get(keyArray);
        if (found != null && found.length != Long.BYTES) {
            throw new IllegalStateException("a value of " + found.length + " bytes is no number");
        }
        long sum = Math.addExact(
                found == null
                        ? 0
                        : ByteBuffer.wrap(found).order(ByteOrder.LITTLE_ENDIAN).getLong(),
                delta);
        if (sum == 0) {
            remove(keyArray);
        } else {
            ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            put(keyArray, number.putLong(sum).array());
        }
        return sum;
    }

    @Override
    public boolean remove(long key, int keyLength) {
        byte[] keyArray = Memory.toArray(key, keyLength);
        begin();
        return remove(keyArray);
    }

    private boolean remove(byte[] key) {
        byte[] old = map.remove(key);
        bytes -= old == null ? 0 : key.length + old.length;
        return old != null;
    }

    @Override
    public void removeRange(long from, int fromLength, long to, int toLength) {
        byte[] first = Memory.toArray(from, fromLength);
        byte[] end = Memory.toArray(to, toLength);
        begin();
        if (Arrays.compareUnsigned(first, end) < 0) {
            removeAll(map.subMap(first, end));
        }
    }

    @Override
    public void removePrefix(long prefix, int prefixLength) {
        byte[] start = Memory.toArray(prefix, prefixLength);
        begin();
        removeAll(startingWith(start));
    }

    private void removeAll(Map<byte[], byte[]> range) {
        range.forEach((key, value) -> bytes -= key.length + value.length);
        range.clear();
    }

    private Map<byte[], byte[]> startingWith(byte[] prefix) {
        byte[] end = behind(prefix);
        return end == null ? map.tailMap(prefix, true) : map.subMap(prefix, end);
    }

    /** The least key behind all that begin with these bytes; null if no key is. */
    private static byte[] behind(byte[] prefix) {
        int last = prefix.length - 1;
        while (last >= 0 && prefix[last] == -1) {
            last--;
        }
        if (last < 0) {
            return null;
        }
        byte[] end = Arrays.copyOf(prefix, last + 1);
        end[last]++;
        return end;
    }

    @Override
    public Cursor cursor() {
        TreeCursor cursor = new TreeCursor();
        cursors.add(cursor);
        return cursor;
    }

    @Override
    public long entries() {
        return map.size();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void save(StateWriter out, LongToIntFunction partition) {
        KeyedSections.save(cursor(), partition, out);
    }

    @Override
    public void restore(StateReader in) {
        KeyedSections.restore(this, allocator, in);
    }

    @Override
    public void endEpoch() {
        // The map grows by itself.
    }

    @Override
    public void close() {
        cursors.forEach(TreeCursor::close);
        cursors.clear();
        lent.close();
        map.clear();
        bytes = 0;
    }

    /** Lends copies outside the heap, since addresses are what is lent. */
    private final class TreeCursor implements Cursor {
        private final BytesResult key = new BytesResult(allocator);
        private final BytesResult value = new BytesResult(allocator);
        private byte[] current;
        private long call;

        private boolean moveTo(Map.Entry<byte[], byte[]> entry) {
            begin();
            call = calls;
            current = entry == null ? null : entry.getKey();
            if (entry == null) {
                return false;
            }
            key.clear();
            key.append(entry.getKey());
            value.clear();
            value.append(entry.getValue());
            return true;
        }

        @Override
        public boolean seek(long at, int length) {
            return moveTo(map.ceilingEntry(Memory.toArray(at, length)));
        }

        @Override
        public boolean seekBefore(long at, int length) {
            return moveTo(map.lowerEntry(Memory.toArray(at, length)));
        }

        @Override
        public boolean seekLast(long prefix, int length) {
            byte[] start = Memory.toArray(prefix, length);
            byte[] end = behind(start);
            moveTo(end == null ? map.lastEntry() : map.lowerEntry(end));
            if (!startsWith(start)) {
                current = null;
            }
            return current != null;
        }

        @Override
        public boolean first() {
            return moveTo(map.firstEntry());
        }

        @Override
        public boolean next() {
            return moveTo(current == null ? null : map.higherEntry(current));
        }

        @Override
        public boolean previous() {
            return moveTo(current == null ? null : map.lowerEntry(current));
        }

        @Override
        public boolean startsWith(long prefix, int length) {
            return startsWith(Memory.toArray(prefix, length));
        }

        private boolean startsWith(byte[] prefix) {
            return current != null
                    && prefix.length <= current.length
                    && Arrays.equals(prefix, Arrays.copyOf(current, prefix.length));
        }

        @Override
        public void remove() {
            if (current == null) {
                throw new IllegalStateException("the cursor stands nowhere");
            }
            begin();
            HeapState.this.remove(current);
        }

        /** Bytes of the entry, if nothing was called since the cursor moved there. */
        private BytesResult lent(BytesResult part) {
            if (current == null || call != calls) {
                throw new IllegalStateException("the bytes of a cursor are read after another call of the state");
            }
            return part;
        }

        @Override
        public long keyAddress() {
            return lent(key).address();
        }

        @Override
        public int keyLength() {
            return lent(key).length();
        }

        @Override
        public long valueAddress() {
            return lent(value).address();
        }

        @Override
        public int valueLength() {
            return lent(value).length();
        }

        private void spoil() {
            HeapState.spoil(key);
            HeapState.spoil(value);
        }

        private void close() {
            key.close();
            value.close();
        }
    }
}
