package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import java.util.function.LongToIntFunction;
import org.apache.arrow.memory.BufferAllocator;

/** Keyed states in snapshots: each entry in the section of the virtual partition that its key names. */
public final class KeyedSections {
    private KeyedSections() {}

    /**
     * @param partitionAt where in a key its virtual partition stands
     */
    public static void save(KeyedState.Cursor cursor, int partitionAt, StateWriter out) {
        save(cursor, key -> Memory.getByte(key + partitionAt) & 0xFF, out);
    }

    /**
     * @param partition finds, at the address of a key, what the key moves with: a virtual partition, or one of a source
     */
    public static void save(KeyedState.Cursor cursor, LongToIntFunction partition, StateWriter out) {
        for (boolean more = cursor.first(); more; more = cursor.next()) {
            long key = cursor.keyAddress();
            SectionWriter section = out.partition(partition.applyAsInt(key));
            section.entry();
            section.putBytes(key, cursor.keyLength());
            section.putBytes(cursor.valueAddress(), cursor.valueLength());
        }
    }

    /**
     * Fills a state, which is empty.
     *
     * @throws IllegalStateException if it holds another number of entries then
     */
    public static void restore(KeyedState state, BufferAllocator allocator, StateReader in) {
        long[] expected = new long[1];
        try (BytesResult key = new BytesResult(allocator);
                BytesResult value = new BytesResult(allocator)) {
            in.partitions(section -> {
                expected[0] += section.entries();
                while (section.next()) {
                    section.getBytes(key);
                    section.getBytes(value);
                    state.put(key.address(), key.length(), value.address(), value.length());
                }
            });
        }
        if (state.entries() != expected[0]) {
            throw new IllegalStateException("a snapshot has " + expected[0] + " entries of a state that then holds "
                    + state.entries() + ": some of them are there twice");
        }
    }
}
