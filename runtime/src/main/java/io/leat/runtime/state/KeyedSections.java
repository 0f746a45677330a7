package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import java.util.function.LongToIntFunction;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Keyed states in snapshots: what became of each entry, in the section of the virtual partition that its key names. Where everything is
 * saved, that is that it was added.
 */
public final class KeyedSections {
    private KeyedSections() {}

    /** Finds the virtual partition that stands in a key behind so many bytes. */
    public static LongToIntFunction partitionAt(int offset) {
        return key -> Memory.getByte(key + offset) & 0xFF;
    }

    /** Writes all entries down. */
    public static void save(KeyedState.Cursor cursor, LongToIntFunction partition, StateWriter out) {
        for (boolean more = cursor.first(); more; more = cursor.next()) {
            long key = cursor.keyAddress();
            SectionWriter section = out.partition(partition.applyAsInt(key));
            write(section, ChangeLog.ADDED, key, cursor.keyLength(), cursor.valueAddress(), cursor.valueLength());
        }
    }

    /** Writes down what has changed since the last time. */
    public static void save(ChangeLog changes, LongToIntFunction partition, StateWriter out) {
        changes.forEach((kind, key, keyLength, value, valueLength) ->
                write(out.partition(partition.applyAsInt(key)), kind, key, keyLength, value, valueLength));
    }

    /** Writes down what became of one entry. */
    public static void write(SectionWriter section, byte kind, long key, int keyLength, long value, int valueLength) {
        section.of(SectionForm.KEYED).entry();
        section.putByte(kind);
        section.putBytes(key, keyLength);
        section.putBytes(value, valueLength);
    }

    /**
     * Fills a state, which is empty.
     *
     * @throws IllegalStateException if something is added that is there, or replaced or removed that is not
     */
    public static void restore(KeyedState state, BufferAllocator allocator, StateReader in) {
        read(allocator, in, (kind, key, keyLength, value, valueLength) -> {
            long before = state.entries();
            if (kind == ChangeLog.REMOVED) {
                state.remove(key, keyLength);
            } else {
                state.put(key, keyLength, value, valueLength);
            }
            check(kind, state.entries() - before);
        });
    }

    /** Hands over what became of each entry, in the order in which it was written. */
    public static void read(BufferAllocator allocator, StateReader in, ChangeLog.Visitor visitor) {
        try (BytesResult key = new BytesResult(allocator);
                BytesResult value = new BytesResult(allocator)) {
            in.partitions(section -> {
                while (section.next()) {
                    byte kind = section.getByte();
                    section.getBytes(key);
                    section.getBytes(value);
                    visitor.change(kind, key.address(), key.length(), value.address(), value.length());
                }
            });
        }
    }

    /**
     * Compares what a replay of a change has done with what was written down.
     *
     * @param more how many entries there are more than before
     * @throws IllegalStateException if that is not what was written
     */
    public static void check(byte kind, long more) {
        int expected = kind == ChangeLog.ADDED ? 1 : kind == ChangeLog.REMOVED ? -1 : 0;
        if (more != expected) {
            throw new IllegalStateException("a snapshot does not fit together: an entry that was "
                    + (kind == ChangeLog.ADDED ? "added is there already" : "replaced or removed is not there"));
        }
    }
}
