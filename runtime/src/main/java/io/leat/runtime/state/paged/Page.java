package io.leat.runtime.state.paged;

import io.leat.runtime.memory.Memory;

/**
 * The layout of a page: a header, slots in the order of keys, free room, and the entries, which grow downwards from the end.
 *
 * <p>A slot is the place of its entry (4) and the head of its key (4): the bytes that follow those that all keys of the page have in
 * common, so that most comparisons read nothing but slots. An entry is the length of its key (4) and of its value (4), key and value.
 * Entries never move until their page is compacted: what was lent stays readable while a call changes the page.
 */
final class Page {
    private static final int COUNT = 0;
    /** How many bytes all keys begin with; never more than they have in common. */
    private static final int PREFIX = 4;
    /** Where the entries begin. */
    private static final int ENTRIES = 8;
    /** Bytes of entries that were removed. */
    private static final int GARBAGE = 12;

    private static final int CAPACITY = 16;
    static final int HEADER = 24;

    private static final int SLOT = 8;
    private static final int ENTRY_HEADER = 8;
    private static final int HEAD_BYTES = 4;

    private Page() {}

    static void clear(long page, int capacity) {
        Memory.putInt(page + COUNT, 0);
        Memory.putInt(page + PREFIX, 0);
        Memory.putInt(page + ENTRIES, capacity);
        Memory.putInt(page + GARBAGE, 0);
        Memory.putInt(page + CAPACITY, capacity);
    }

    static int count(long page) {
        return Memory.getInt(page + COUNT);
    }

    static int capacity(long page) {
        return Memory.getInt(page + CAPACITY);
    }

    /** Bytes that slots and entries take. */
    static int used(long page) {
        return count(page) * SLOT + capacity(page) - Memory.getInt(page + ENTRIES) - Memory.getInt(page + GARBAGE);
    }

    /** Bytes that an entry takes with its slot. */
    static int entryBytes(int keyLength, int valueLength) {
        return SLOT + ENTRY_HEADER + keyLength + valueLength;
    }

    static boolean fits(long page, int entryBytes) {
        return HEADER + count(page) * SLOT + entryBytes <= Memory.getInt(page + ENTRIES);
    }

    /** Whether an entry would fit if the page were compacted. */
    static boolean hasRoom(long page, int entryBytes) {
        return HEADER + used(page) + entryBytes <= capacity(page);
    }

    // ---- entries

    static long entry(long page, int slot) {
        return page + Memory.getInt(page + HEADER + (long) slot * SLOT);
    }

    static int keyLength(long entry) {
        return Memory.getInt(entry);
    }

    static int valueLength(long entry) {
        return Memory.getInt(entry + 4);
    }

    static long key(long entry) {
        return entry + ENTRY_HEADER;
    }

    static long value(long entry) {
        return entry + ENTRY_HEADER + keyLength(entry);
    }

    private static int bytes(long entry) {
        return ENTRY_HEADER + keyLength(entry) + valueLength(entry);
    }

    // ---- finding

    /** The slot of a key; if it is not there, the complement of the slot where it belongs. */
    static int find(long page, long key, int length) {
        int count = count(page);
        if (count == 0) {
            return ~0;
        }
        int prefix = Memory.getInt(page + PREFIX);
        long any = key(entry(page, 0));
        int common = Memory.common(key, any, Math.min(length, prefix));
        if (common < prefix) {
            boolean less =
                    common == length || (Memory.getByte(key + common) & 0xFF) < (Memory.getByte(any + common) & 0xFF);
            return less ? ~0 : ~count;
        }
        long head = head(key, length, prefix);
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = low + high >>> 1;
            long slot = Memory.getLong(page + HEADER + (long) middle * SLOT);
            long difference = (slot >>> 32) - head;
            if (difference == 0) {
                long entry = page + (int) slot;
                difference =
                        Memory.compare(key(entry) + prefix, keyLength(entry) - prefix, key + prefix, length - prefix);
                if (difference == 0) {
                    return middle;
                }
            }
            if (difference < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return ~low;
    }

    /** The first bytes behind a prefix as a number, zeros where the key has ended. */
    private static long head(long key, int length, int prefix) {
        int rest = length - prefix;
        if (rest >= HEAD_BYTES) {
            return Integer.reverseBytes(Memory.getInt(key + prefix)) & 0xFFFF_FFFFL;
        }
        long head = 0;
        for (int i = 0; i < rest; i++) {
            head |= (Memory.getByte(key + prefix + i) & 0xFFL) << (24 - 8 * i);
        }
        return head;
    }

    // ---- changing

    /** Adds an entry that {@link #fits}, as the slot where it belongs. */
    static void insert(long page, int slot, long key, int keyLength, long value, int valueLength) {
        int count = count(page);
        int place = Memory.getInt(page + ENTRIES) - ENTRY_HEADER - keyLength - valueLength;
        long entry = page + place;
        Memory.putInt(entry, keyLength);
        Memory.putInt(entry + 4, valueLength);
        Memory.copyShort(key, entry + ENTRY_HEADER, keyLength);
        Memory.copyShort(value, entry + ENTRY_HEADER + keyLength, valueLength);
        Memory.putInt(page + ENTRIES, place);
        if (count == 0) {
            Memory.putInt(page + PREFIX, keyLength);
        } else if (slot == 0 || slot == count) {
            shortenPrefix(page, key, keyLength);
        }
        long at = page + HEADER + (long) slot * SLOT;
        Memory.move(at, at + SLOT, (long) (count - slot) * SLOT);
        Memory.putLong(at, head(key, keyLength, Memory.getInt(page + PREFIX)) << 32 | place);
        Memory.putInt(page + COUNT, count + 1);
    }

    private static void shortenPrefix(long page, long key, int keyLength) {
        int prefix = Memory.getInt(page + PREFIX);
        int common = Memory.common(key, key(entry(page, 0)), Math.min(keyLength, prefix));
        if (common < prefix) {
            setHeads(page, common);
        }
    }

    private static void setHeads(long page, int prefix) {
        Memory.putInt(page + PREFIX, prefix);
        for (int slot = 0; slot < count(page); slot++) {
            long entry = entry(page, slot);
            long head = head(key(entry), keyLength(entry), prefix);
            Memory.putInt(page + HEADER + (long) slot * SLOT + 4, (int) head);
        }
    }

    /** Removes the entries from slot {@code from} up to {@code to}. */
    static void remove(long page, int from, int to) {
        int count = count(page);
        if (to - from == count) {
            clear(page, capacity(page));
            return;
        }
        int garbage = Memory.getInt(page + GARBAGE);
        for (int slot = from; slot < to; slot++) {
            garbage += bytes(entry(page, slot));
        }
        Memory.putInt(page + GARBAGE, garbage);
        long slots = page + HEADER;
        Memory.move(slots + (long) to * SLOT, slots + (long) from * SLOT, (long) (count - to) * SLOT);
        Memory.putInt(page + COUNT, count - (to - from));
    }

    /** Appends the entries from slot {@code first} on to a page that has room for them and no key behind them. */
    static void append(long page, int first, long to) {
        int count = count(to);
        int place = Memory.getInt(to + ENTRIES);
        for (int slot = first; slot < count(page); slot++) {
            long entry = entry(page, slot);
            int bytes = bytes(entry);
            place -= bytes;
            Memory.copyShort(entry, to + place, bytes);
            Memory.putInt(to + HEADER + (long) count * SLOT, place);
            count++;
        }
        Memory.putInt(to + ENTRIES, place);
        Memory.putInt(to + COUNT, count);
        if (count > 0) {
            long least = entry(to, 0);
            long greatest = entry(to, count - 1);
            setHeads(to, Memory.common(key(least), key(greatest), Math.min(keyLength(least), keyLength(greatest))));
        }
    }

    /** Brings the free room together, by way of another page of the same capacity. */
    static void compact(long page, long scratch) {
        int capacity = capacity(page);
        clear(scratch, capacity);
        append(page, 0, scratch);
        Memory.copy(scratch, page, capacity);
    }

    /** The slot before which about half of the bytes lie; at least one entry is on each side. */
    static int middle(long page) {
        int half = used(page) / 2;
        int count = count(page);
        int before = 0;
        int slot = 0;
        while (slot < count - 1 && (slot == 0 || before < half)) {
            before += SLOT + bytes(entry(page, slot));
            slot++;
        }
        return slot;
    }
}
