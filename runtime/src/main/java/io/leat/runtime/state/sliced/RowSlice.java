package io.leat.runtime.state.sliced;

import io.leat.runtime.memory.Memory;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The rows of one slice of time, in the order in which they came, with a table by group, one by key for rows of large groups, and lists of
 * those that are due in each part of the slice. Rows are known by where they begin, in units of eight bytes; 0 is none. A row that is removed stays
 * where it is, and is passed over, until half of them are such. Not thread-safe.
 */
final class RowSlice implements AutoCloseable {
    /** Parts of a slice: what is due in one of them is looked at whenever time moves within it. */
    static final int PARTS = 64;

    private static final int FIRST_UNIT = 1;
    private static final int INITIAL_BYTES = 2048;
    /** In a group of so many rows a row is found by walking over them. */
    private static final int SMALL_GROUP = 8;

    /** So many rows that are gone do not matter. */
    private static final int MIN_GONE = 64;

    private final BufferAllocator allocator;
    private final long partWidth;
    private final SlotTable byKey;
    private final SlotTable byGroup;
    /** The first and the last row of each part. */
    private final int[] firstDue = new int[PARTS];

    private final int[] lastDue = new int[PARTS];

    private ArrowBuf buffer;
    private long base;
    private int used = FIRST_UNIT;
    private int rows;
    private int gone;
    private long number;
    /** How many rows a group may have before its rows stand in the table by key. */
    private int smallGroup;

    RowSlice(BufferAllocator allocator, long partWidth) {
        this.allocator = allocator;
        this.partWidth = partWidth;
        this.byKey = new SlotTable(allocator);
        this.byGroup = new SlotTable(allocator);
        this.buffer = allocator.buffer(INITIAL_BYTES);
        this.base = buffer.memoryAddress();
    }

    /**
     * Makes it another slice, which is empty.
     *
     * @param findsByKey whether all rows are to be found by their keys alone
     */
    void begin(long newNumber, boolean findsByKey) {
        number = newNumber;
        smallGroup = findsByKey ? 0 : SMALL_GROUP;
        unlink();
        used = FIRST_UNIT;
        rows = 0;
        gone = 0;
    }

    private void unlink() {
        if (used > FIRST_UNIT) {
            byKey.clear();
            byGroup.clear();
            Arrays.fill(firstDue, 0);
            Arrays.fill(lastDue, 0);
        }
    }

    long number() {
        return number;
    }

    int rows() {
        return rows;
    }

    long bytes() {
        return buffer.capacity() + byKey.bytes() + byGroup.bytes();
    }

    long row(int unit) {
        return base + ((long) unit << SlicedRow.UNIT_SHIFT);
    }

    // ---- finding

    /** The row with a key; 0 if there is none. */
    int find(long key, int keyLength, int groupHash, int keyHash) {
        int unit = firstOfGroup(groupHash);
        if (unit != 0 && SlicedRow.linked(row(unit)) > smallGroup) {
            return find(key, keyLength, keyHash);
        }
        while (unit != 0 && !isRow(row(unit), key, keyLength, keyHash)) {
            unit = SlicedRow.nextOfGroup(row(unit));
        }
        return unit;
    }

    private static boolean isRow(long row, long key, int keyLength, int keyHash) {
        return SlicedRow.keyHash(row) == keyHash && !SlicedRow.isGone(row) && SlicedRow.hasKey(row, key, keyLength);
    }

    /** The row with a key among those in the table by key; 0 if there is none. */
    int find(long key, int keyLength, int keyHash) {
        int slot = byKey.first(keyHash);
        for (long content = byKey.at(slot); content != 0; content = byKey.at(slot)) {
            int unit = SlotTable.number(content);
            if (SlotTable.hasHash(content, keyHash) && isRow(row(unit), key, keyLength, keyHash)) {
                return unit;
            }
            slot = byKey.next(slot);
        }
        return 0;
    }

    /** The row that came last of those whose group has a hash; 0 if there is none. It may be of another group, or gone. */
    int firstOfGroup(int groupHash) {
        return SlotTable.number(byGroup.at(slotOf(groupHash)));
    }

    /** The slot of groups with a hash, or the empty one where they belong. */
    private int slotOf(int groupHash) {
        int slot = byGroup.first(groupHash);
        long content = byGroup.at(slot);
        while (content != 0 && !SlotTable.hasHash(content, groupHash)) {
            slot = byGroup.next(slot);
            content = byGroup.at(slot);
        }
        return slot;
    }

    // ---- changing

    /** Adds a row, of which the key is not there, and answers with where its value goes. */
    long add(long key, int keyLength, int groupHash, int keyHash, long due) {
        if (gone > MIN_GONE && gone > rows) {
            sweep();
        }
        int unit = used;
        used = Math.addExact(used, SlicedRow.units(keyLength));
        makeRoom((long) used << SlicedRow.UNIT_SHIFT);
        long row = row(unit);
        SlicedRow.write(row, key, keyLength, groupHash, keyHash, due);
        link(unit, row);
        rows++;
        return SlicedRow.value(row);
    }

    private void makeRoom(long needed) {
        if (needed <= buffer.capacity()) {
            return;
        }
        ArrowBuf grown = allocator.buffer(Math.max(needed, 2 * buffer.capacity()));
        Memory.copy(base, grown.memoryAddress(), buffer.capacity());
        buffer.close();
        buffer = grown;
        base = grown.memoryAddress();
    }

    private void link(int unit, long row) {
        int groupHash = SlicedRow.groupHash(row);
        int slot = slotOf(groupHash);
        int before = SlotTable.number(byGroup.at(slot));
        int linked = before == 0 ? 1 : SlicedRow.linked(row(before)) + 1;
        SlicedRow.nextOfGroup(row, before, linked);
        if (before == 0) {
            byGroup.add(slot, groupHash, unit);
        } else {
            byGroup.set(slot, groupHash, unit);
        }
        if (linked > smallGroup) {
            addByKey(unit);
            // The group has become large: those that were in it, too.
            for (int each = before; linked == smallGroup + 1 && each != 0; each = SlicedRow.nextOfGroup(row(each))) {
                addByKey(each);
            }
        }
        linkDue(part(SlicedRow.due(row)), unit, row);
    }

    private void addByKey(int unit) {
        int keyHash = SlicedRow.keyHash(row(unit));
        int slot = byKey.first(keyHash);
        while (byKey.at(slot) != 0) {
            slot = byKey.next(slot);
        }
        byKey.add(slot, keyHash, unit);
    }

    private void linkDue(int part, int unit, long row) {
        SlicedRow.nextDue(row, 0);
        if (firstDue[part] == 0) {
            firstDue[part] = unit;
        } else {
            SlicedRow.nextDue(row(lastDue[part]), unit);
        }
        lastDue[part] = unit;
    }

    /** Which part a time of this slice is in. */
    private int part(long due) {
        return (int) (Math.floorMod(due, PARTS * partWidth) / partWidth);
    }

    void remove(long row) {
        SlicedRow.leave(row);
        rows--;
        gone++;
    }

    /** Moves rows together over those that are gone. */
    private void sweep() {
        int end = used;
        unlink();
        used = FIRST_UNIT;
        gone = 0;
        for (int unit = FIRST_UNIT; unit < end; ) {
            long row = row(unit);
            int units = SlicedRow.units(SlicedRow.keyLength(row));
            if (!SlicedRow.isGone(row)) {
                Memory.move(row, row(used), (long) units << SlicedRow.UNIT_SHIFT);
                link(used, row(used));
                used += units;
            }
            unit += units;
        }
    }

    // ---- all rows, and those that are due

    /** Visits all rows. */
    void forEach(RowSlices.Visitor visitor) {
        for (int unit = FIRST_UNIT; unit < used; ) {
            long row = row(unit);
            if (!SlicedRow.isGone(row)) {
                visitor.row(row);
            }
            unit += SlicedRow.units(SlicedRow.keyLength(row));
        }
    }

    /** Removes the rows that are due up to a time of this slice, and visits each before. */
    void removeUpTo(long until, RowSlices.Visitor visitor) {
        int last = part(until);
        for (int part = 0; part <= last && rows > 0; part++) {
            int unit = firstDue[part];
            firstDue[part] = 0;
            while (unit != 0) {
                long row = row(unit);
                int next = SlicedRow.nextDue(row);
                if (!SlicedRow.isGone(row)) {
                    if (SlicedRow.due(row) <= until) {
                        visitor.row(row);
                        remove(row);
                    } else {
                        linkDue(part, unit, row);
                    }
                }
                unit = next;
            }
        }
    }

    @Override
    public void close() {
        byKey.close();
        byGroup.close();
        buffer.close();
    }
}
