package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.kernel.Hashing;
import io.leat.runtime.kernel.OrderedBytes;
import io.leat.runtime.memory.Memory;
import org.apache.arrow.memory.BufferAllocator;

/**
 * How often each value is in each group: what aggregates are kept in that cannot take a value back by subtracting it, such as {@code
 * MAX} and {@code COUNT(DISTINCT)}. A value that is in its group no more takes no room.
 *
 * <p>Calling order: {@link #of}, then a change, then {@link #first} or {@link #last} and the value they found. A group is known by its
 * key, so it may leave the hot table in between. One thread; owns its state and its memory.
 */
public final class ValueCounts implements Restorable, AutoCloseable {
    private final KeyedState state;
    private final KeyedState.Cursor cursor;
    private final KeyBytes key;
    private final BytesResult group;
    private AggregateTable table;
    private StoredForm form;
    private int prefix;

    public ValueCounts(KeyedState state, BufferAllocator allocator) {
        this.state = state;
        this.cursor = state.cursor();
        this.key = new KeyBytes(allocator);
        this.group = new BytesResult(allocator);
    }

    /**
     * Chooses the values that the next calls are about.
     *
     * @param set tells the values of one argument from those of another
     */
    public void of(AggregateTable groups, long entry, int set) {
        if (groups != table) {
            table = groups;
            form = new StoredForm(groups);
        }
        group.clear();
        form.appendKey(entry, 0, group);
        key.partition(Memory.getLong(entry));
        key.appendLong(groups.piece());
        key.appendRaw(group.address(), group.length());
        key.appendByte(set);
        prefix = key.length();
    }

    /**
     * Adds a value {@code weight} times, or takes it away.
     *
     * @return 1 if the value was not there and is now, -1 if it was and is not any more, otherwise 0
     */
    public int change(long weight, long value) {
        key.length(prefix);
        key.appendLong(value);
        return change(weight);
    }

    public int change(long weight, double value) {
        return change(weight, OrderedBytes.ordered(value));
    }

    /** A wide decimal. */
    public int changeWide(long weight, long high, long low) {
        key.length(prefix);
        key.appendLong(high);
        key.appendLong(low ^ Long.MIN_VALUE);
        return change(weight);
    }

    /** Text or bytes. */
    public int changeBytes(long weight, long address, int length) {
        key.length(prefix);
        key.appendRaw(address, length);
        return change(weight);
    }

    private int change(long weight) {
        long count = state.add(key.address(), key.length(), weight);
        if (count < 0) {
            throw new IllegalStateException("a value leaves its group more often than it came");
        }
        if (weight > 0) {
            return count == weight ? 1 : 0;
        }
        return count == 0 ? -1 : 0;
    }

    /** Finds the least value; false if there is none. */
    public boolean first() {
        return cursor.seek(key.address(), prefix) && cursor.startsWith(key.address(), prefix);
    }

    /** Finds the greatest value; false if there is none. */
    public boolean last() {
        return cursor.seekLast(key.address(), prefix);
    }

    /** Moves to the value behind the one that was found; false if there is none. */
    public boolean next() {
        return cursor.next() && cursor.startsWith(key.address(), prefix);
    }

    /** How often the value that was found is there. */
    public long count() {
        return Memory.getLong(cursor.valueAddress());
    }

    /** The value that was found. */
    public long longValue() {
        return KeyBytes.readLong(cursor.keyAddress() + prefix);
    }

    public double doubleValue() {
        return OrderedBytes.unordered(longValue());
    }

    /** The lower half of a wide decimal, whose upper half is {@link #longValue}. */
    public long lowValue() {
        return KeyBytes.readLong(cursor.keyAddress() + prefix + Long.BYTES) ^ Long.MIN_VALUE;
    }

    /** Where the text or the bytes stand that were found; valid until the next call. */
    public long bytesAddress() {
        return cursor.keyAddress() + prefix;
    }

    public int bytesLength() {
        return cursor.keyLength() - prefix;
    }

    /** Different values, over all groups. */
    public long entries() {
        return state.entries();
    }

    /** Forgets the values of all groups of a piece of time. */
    void forget(long piece) {
        for (int partition = 0; partition < Hashing.PARTITIONS; partition++) {
            key.clear();
            key.appendByte(partition);
            key.appendLong(piece);
            state.removePrefix(key.address(), key.length());
        }
    }

    /** Forgets all values, when no group is left that they could be of. */
    void clear() {
        state.removePrefix(key.address(), 0);
    }

    @Override
    public void save(StateWriter out) {
        state.save(out);
    }

    @Override
    public void restore(StateReader in) {
        state.restore(in);
    }

    void endEpoch() {
        state.endEpoch();
    }

    @Override
    public void close() {
        group.close();
        key.close();
        state.close();
    }
}
