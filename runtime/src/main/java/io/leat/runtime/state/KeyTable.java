package io.leat.runtime.state;

import io.leat.runtime.memory.Memory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * An off-heap hash table with fixed-width entries: the base class of generated tables, which add the typed {@code find}.
 *
 * <p>Entries stand one behind another in the order they came, so visiting them is a walk and growing moves only the index. The
 * index is open addressing with linear probing at most half full; each of its eight-byte slots holds the upper half of the hash
 * and the entry's ordinal plus one, so that a probe reads an entry only when the hash matches. One writer; readers only while
 * nobody writes. An entry's address is valid until the next insertion or clearing.
 */
public abstract class KeyTable implements AutoCloseable {
    private static final int INITIAL_CAPACITY = 16;
    private static final int MAX_CAPACITY = 1 << 29;
    /** Flag of an entry that is reached from another one and not from the index. */
    private static final int CHAINED = 1 << 30;

    protected final TableLayout layout;
    protected ByteArena arena;
    private final BufferAllocator allocator;
    private final int width;

    /** Start of the index; slots are {@code (hash >>> 32) << 32 | ordinal + 1}, 0 when empty. */
    protected long index;
    /** Slots of the index minus one. */
    protected int mask;
    /** Start of the entries. */
    protected long entries;

    private final ByteArena ownArena;
    private ArrowBuf indexBuffer;
    private ArrowBuf entryBuffer;
    private int capacity;
    private int count;
    private int generation;
    private Overflow overflow;

    /** Asked before a table takes more memory, and for the values of keys that it may have given away. */
    public interface Overflow {
        /** Makes room, perhaps by emptying the table, or lets it grow by doing nothing. */
        void beforeGrowth(KeyTable table);

        /** Fills the values of a new entry whose key may have been seen before. */
        void restore(KeyTable table, long entry);
    }

    protected KeyTable(TableLayout layout, BufferAllocator allocator) {
        this.layout = layout;
        this.width = layout.width();
        this.allocator = allocator;
        this.ownArena = new ByteArena(allocator);
        this.arena = ownArena;
        allocate(INITIAL_CAPACITY);
    }

    /** Who is asked before this table grows. Without anybody it just does. */
    public final void overflow(Overflow newOverflow) {
        overflow = newOverflow;
    }

    public final TableLayout layout() {
        return layout;
    }

    /**
     * From here on this table looks at the entries of another one of its layout, which has to be there as long as it does. Only for
     * tables that nobody adds to.
     */
    protected final void lookAt(KeyTable other) {
        index = other.index;
        mask = other.mask;
        entries = other.entries;
        arena = other.arena;
    }

    public final ByteArena arena() {
        return arena;
    }

    /** How many entries there are. */
    public final int size() {
        return count;
    }

    /** The address of an entry; ordinals run from 0 in the order of insertion. */
    public final long entry(int ordinal) {
        return entries + (long) ordinal * width;
    }

    /** The ordinal of the entry at this address. */
    public final int ordinal(long entry) {
        return (int) ((entry - entries) / width);
    }

    /** A number that changes when all entries are forgotten: an ordinal means the same entry as long as this is the same. */
    public final int generation() {
        return generation;
    }

    /** Off-heap bytes taken. */
    public final long bytes() {
        return indexBuffer.capacity() + entryBuffer.capacity() + arena.bytes();
    }

    /**
     * Adds an entry for a key that is not in the table, all bytes behind the hash zero. The caller then writes the key and calls
     * {@link #inserted}.
     */
    protected final long insert(long hash) {
        if (count == capacity) {
            if (overflow != null) {
                overflow.beforeGrowth(this);
            }
            if (count == capacity) {
                grow();
            }
        }
        int slot = (int) hash & mask;
        while (Memory.getLong(index + ((long) slot << 3)) != 0) {
            slot = (slot + 1) & mask;
        }
        Memory.putLong(index + ((long) slot << 3), slotOf(hash, count));
        long entry = entries + (long) count * width;
        count++;
        Memory.putLong(entry, hash);
        Memory.fill(entry + 8, width - 8, (byte) 0);
        return entry;
    }

    /** To be called when the key of a new entry is written. */
    protected final long inserted(long entry) {
        if (overflow != null) {
            overflow.restore(this, entry);
        }
        return entry;
    }

    /**
     * Adds an entry under a key that is there already: reachable from {@code first}, the entry that {@code find} returns, by
     * {@link #next}.
     */
    protected final long insertBehind(long first, long hash) {
        int firstOrdinal = ordinal(first);
        if (count == capacity) {
            grow();
        }
        long entry = entries + (long) count * width;
        long head = entries + (long) firstOrdinal * width;
        Memory.putLong(entry, hash);
        Memory.fill(entry + 8, width - 8, (byte) 0);
        Memory.putInt(entry + TableLayout.NEXT, Memory.getInt(head + TableLayout.NEXT));
        Memory.putInt(head + TableLayout.NEXT, count + 1);
        Memory.putInt(entry + TableLayout.FLAGS, CHAINED);
        count++;
        return entry;
    }

    /** The next entry with the same key, or 0. */
    public final long next(long entry) {
        int ordinal = Memory.getInt(entry + TableLayout.NEXT);
        return ordinal == 0 ? 0 : entries + (long) (ordinal - 1) * width;
    }

    /** Whether {@code next} leads anywhere from any entry, i.e. some key came twice. */
    public final boolean hasDuplicates() {
        for (int i = 0; i < count; i++) {
            if (Memory.getInt(entry(i) + TableLayout.NEXT) != 0) {
                return true;
            }
        }
        return false;
    }

    protected static int tag(long hash) {
        return (int) (hash >>> 32);
    }

    private static long slotOf(long hash, int ordinal) {
        return hash & 0xFFFFFFFF00000000L | (ordinal + 1L);
    }

    private void allocate(int newCapacity) {
        capacity = newCapacity;
        mask = 2 * newCapacity - 1;
        indexBuffer = allocator.buffer(16L * newCapacity);
        index = indexBuffer.memoryAddress();
        Memory.fill(index, 16L * newCapacity, (byte) 0);
        entryBuffer = allocator.buffer((long) newCapacity * width);
        entries = entryBuffer.memoryAddress();
    }

    private void grow() {
        if (capacity >= MAX_CAPACITY) {
            throw new IllegalStateException("more than " + MAX_CAPACITY + " entries in one table");
        }
        ArrowBuf oldIndex = indexBuffer;
        ArrowBuf oldEntries = entryBuffer;
        allocate(2 * capacity);
        Memory.copy(oldEntries.memoryAddress(), entries, (long) count * width);
        oldIndex.close();
        oldEntries.close();
        for (int ordinal = 0; ordinal < count; ordinal++) {
            index(ordinal);
        }
    }

    /** Makes an entry found by its hash, unless it is reached from another one. */
    private void index(int ordinal) {
        long entry = entry(ordinal);
        if ((Memory.getInt(entry + TableLayout.FLAGS) & CHAINED) != 0) {
            return;
        }
        long hash = Memory.getLong(entry);
        int slot = (int) hash & mask;
        while (Memory.getLong(index + ((long) slot << 3)) != 0) {
            slot = (slot + 1) & mask;
        }
        Memory.putLong(index + ((long) slot << 3), slotOf(hash, ordinal));
    }

    /** Writes the whole table down as it stands in memory, where nothing is an address. */
    final void saveImage(SectionWriter out) {
        out.entry();
        out.putInt(count);
        out.putInt(width);
        for (int ordinal = 0; ordinal < count; ordinal++) {
            out.putBytes(entry(ordinal), width);
        }
        arena.save(out);
    }

    /** Takes over a table that {@link #saveImage} wrote; this one is empty. */
    final void restoreImage(SectionReader in) {
        in.next();
        int saved = in.getInt();
        if (in.getInt() != width || count > 0) {
            throw new IllegalStateException("a table is restored into one that is in use or of another layout");
        }
        while (capacity < saved) {
            grow();
        }
        for (; count < saved; count++) {
            in.getBytes(entry(count));
            index(count);
        }
        arena.restore(in);
    }

    /** Forgets all entries and keeps the memory. */
    public void clear() {
        if (count > 0) {
            Memory.fill(index, 8L * (mask + 1L), (byte) 0);
            count = 0;
            generation++;
        }
        arena.clear();
    }

    /** Forgets all entries and gives back all memory but a little. */
    public final void shrink() {
        clear();
        if (capacity > INITIAL_CAPACITY) {
            indexBuffer.close();
            entryBuffer.close();
            arena.close();
            allocate(INITIAL_CAPACITY);
        }
    }

    @Override
    public void close() {
        indexBuffer.close();
        entryBuffer.close();
        ownArena.close();
    }
}
