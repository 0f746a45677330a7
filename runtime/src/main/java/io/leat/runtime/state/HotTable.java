package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.window.Windowing;
import java.util.function.Consumer;

/**
 * One table of groups with its share of the store: the rows of one slice and lane, on time for windows from {@code firstEnd} on.
 *
 * <p>A group lives in the table, in the store, or in both. Full tables are emptied into the store ({@link #evict}); a group that
 * comes again is read back when it is inserted. The number of a stored key stands in {@link TableLayout#NEXT} of its entry, plus
 * one.
 */
final class HotTable implements KeyTable.Overflow, AutoCloseable {
    /** {@code firstEnd} of rows that are on time for all windows of their slice. */
    static final long ALL = Windowing.NEVER;

    private static final byte GROUP = 0;
    private static final int SAVED_AT_A_TIME = 4096;
    /** What was noted when it left, if anything is noted at all, needs not be saved once more. */
    private static final int AS_IT_LEFT = TableLayout.STORED | TableLayout.SAVED;

    private final StoreLink link;
    private final long sliceStart;
    private final long firstEnd;
    private final int lane;
    private final AggregateTable table;
    private final StoredForm form;
    private final StoredForm[] setForms;
    private StoredKeys stored;
    private StoredKeys[] storedValues;
    private boolean evicted;

    HotTable(StoreLink link, AggregateTable table, long sliceStart, long firstEnd, int lane) {
        this.link = link;
        this.table = table;
        this.sliceStart = sliceStart;
        this.firstEnd = firstEnd;
        this.lane = lane;
        this.form = new StoredForm(table);
        this.setForms = new StoredForm[table.sets()];
        table.overflow(this);
        for (int set = 0; set < setForms.length; set++) {
            setForms[set] = new StoredForm(table.set(set));
            table.set(set).overflow(new SetOverflow(set));
        }
    }

    AggregateTable table() {
        return table;
    }

    long sliceStart() {
        return sliceStart;
    }

    long firstEnd() {
        return firstEnd;
    }

    int lane() {
        return lane;
    }

    boolean isEmpty() {
        return table.size() == 0 && !evicted;
    }

    boolean isWhole() {
        return !evicted;
    }

    long entries() {
        return stored == null ? table.size() : Math.max(table.size(), stored.count());
    }

    long bytes() {
        return table.bytes() + (stored == null ? 0 : stored.bytes());
    }

    @Override
    public void beforeGrowth(KeyTable growing) {
        if (link.mustEvict(growing)) {
            evict();
        }
    }

    @Override
    public void restore(KeyTable ignored, long entry) {
        if (!evicted) {
            return;
        }
        BytesResult key = groupKey(entry);
        if (link.store().get(key.address(), key.length(), link.value(), link.variable())) {
            readValues(entry, form, link.value().address(), link.variable().address());
            Memory.putInt(entry + TableLayout.FLAGS, AS_IT_LEFT);
        }
    }

    private void readValues(long entry, StoredForm into, long value, long variable) {
        Memory.putInt(entry + TableLayout.NEXT, Memory.getInt(value));
        Memory.copyShort(value + 4, entry + table.layout().accumulatorsOffset(), into.accumulatorsWidth());
        into.writeVariable(entry, variable);
    }

    /** Writes what changed to the store. */
    private void flush() {
        if (!evicted) {
            link.store().reserve(table.size());
        }
        flush(Integer.MAX_VALUE);
    }

    /**
     * Writes what changed to the store, or as much of it.
     *
     * @param limit of groups
     * @return how many were written
     */
    int flush(int limit) {
        int written = 0;
        for (int i = 0; i < table.size() && written < limit; i++) {
            written += flushGroup(table.entry(i)) ? 1 : 0;
        }
        for (int set = 0; set < setForms.length; set++) {
            DistinctSet values = table.set(set);
            for (int i = 0; i < values.size(); i++) {
                flushValue(set, values.entry(i));
            }
        }
        return written;
    }

    private boolean flushGroup(long entry) {
        int flags = Memory.getInt(entry + TableLayout.FLAGS);
        if ((flags & TableLayout.DIRTY) == 0 && (flags & TableLayout.STORED) != 0) {
            return false;
        }
        BytesResult key = groupKey(entry);
        if ((flags & TableLayout.STORED) == 0) {
            if (stored == null) {
                stored = new StoredKeys(link.allocator());
            }
            int number = stored.add(Memory.getLong(entry), key.address(), key.length());
            Memory.putInt(entry + TableLayout.NEXT, number + 1);
        }
        put(key, entry, form);
        Memory.putInt(entry + TableLayout.FLAGS, flags & ~TableLayout.DIRTY | TableLayout.STORED);
        return true;
    }

    private void flushValue(int set, long entry) {
        int flags = Memory.getInt(entry + TableLayout.FLAGS);
        if ((flags & TableLayout.STORED) != 0) {
            return;
        }
        long group = table.entry(Memory.getInt(entry + TableLayout.HEADER));
        if ((Memory.getInt(group + TableLayout.FLAGS) & TableLayout.STORED) == 0) {
            return; // it has no number yet
        }
        BytesResult key = valueKey(set, Memory.getInt(group + TableLayout.NEXT), entry);
        if (storedValues == null) {
            storedValues = new StoredKeys[setForms.length];
        }
        if (storedValues[set] == null) {
            storedValues[set] = new StoredKeys(link.allocator());
        }
        storedValues[set].add(Memory.getLong(entry), key.address(), key.length());
        // A value has nothing but its key, but a store wants values of one width.
        link.value().clear();
        for (int i = 0; i < form.accumulatorsWidth() + 4; i++) {
            link.value().append((byte) 0);
        }
        link.store()
                .put(
                        key.address(),
                        key.length(),
                        link.value().address(),
                        link.value().length(),
                        0,
                        0);
        Memory.putInt(entry + TableLayout.FLAGS, flags | TableLayout.STORED);
    }

    /** Moves all groups to the store; the table is empty afterwards. */
    void evict() {
        link.noted().add(table, place(), link);
        flush();
        table.clear();
        evicted = true;
    }

    private BytesResult groupKey(long entry) {
        BytesResult key = link.key(sliceStart, firstEnd, lane, GROUP);
        form.appendKey(entry, 0, key);
        return key;
    }

    private BytesResult valueKey(int set, int groupNumber, long entry) {
        BytesResult key = link.key(sliceStart, firstEnd, lane, (byte) (1 + set));
        for (int shift = 0; shift < 32; shift += 8) {
            key.append((byte) (groupNumber >>> shift));
        }
        setForms[set].appendKey(entry, 1, key);
        return key;
    }

    /**
     * Hands all groups over in tables of up to {@code chunk} groups, those in the store read back. Without sets: a reader of
     * sets needs {@link #whole}.
     */
    void forEachChunk(AggregateTable chunk, int chunkSize, Consumer<AggregateTable> reader) {
        if (!evicted) {
            reader.accept(table);
            return;
        }
        flush();
        chunk.clear();
        StoredForm chunkForm = new StoredForm(chunk);
        stored.forEach((hash, key, length) -> {
            readGroup(chunk, chunkForm, hash, key, length);
            if (chunk.size() >= chunkSize) {
                reader.accept(chunk);
                chunk.clear();
            }
        });
        if (chunk.size() > 0) {
            reader.accept(chunk);
            chunk.clear();
        }
    }

    /** All groups with their sets: the table itself, or {@code copy} filled from the store. */
    AggregateTable whole(AggregateTable copy) {
        if (!evicted) {
            return table;
        }
        flush();
        copy.clear();
        StoredForm copyForm = new StoredForm(copy);
        stored.forEach((hash, key, length) -> readGroup(copy, copyForm, hash, key, length));
        for (int set = 0; storedValues != null && set < storedValues.length; set++) {
            if (storedValues[set] != null) {
                readValues(copy.set(set), storedValues[set]);
            }
        }
        return copy;
    }

    private void readGroup(AggregateTable into, StoredForm intoForm, long hash, long key, int length) {
        if (!link.store().get(key, length, link.value(), link.variable())) {
            throw new IllegalStateException("the state store lost a group");
        }
        long entry = into.insert(hash);
        intoForm.writeKey(entry, 0, key + StoreLink.PREFIX_BYTES);
        readValues(entry, intoForm, link.value().address(), link.variable().address());
    }

    /** The groups of {@code into}'s table stand in the order of their numbers, so that number minus one is the ordinal. */
    private static void readValues(DistinctSet into, StoredKeys keys) {
        StoredForm form = new StoredForm(into);
        keys.forEach((hash, key, length) -> {
            long entry = into.insert(hash);
            Memory.putInt(entry + TableLayout.HEADER, Memory.getInt(key + StoreLink.PREFIX_BYTES) - 1);
            form.writeKey(entry, 1, key + StoreLink.PREFIX_BYTES + 4);
        });
    }

    // ---- snapshots
    // -----------------------------------------------------------------------------------------------------

    GroupSections.Place place() {
        return new GroupSections.Place(sliceStart, firstEnd, lane);
    }

    /**
     * Writes all groups down, each with the values of its sets.
     *
     * @param copy an empty table of the same class
     */
    void save(AggregateTable copy, StateWriter out) {
        if (setForms.length == 0) {
            forEachChunk(copy, SAVED_AT_A_TIME, groups -> save(groups, false, out));
        } else {
            save(whole(copy), false, out);
        }
        copy.clear();
        GroupSections.markSaved(table);
    }

    /** Writes the groups in memory down that have changed since the last snapshot, each with the values that its sets have new. */
    void saveChanged(StateWriter out) {
        save(table, true, out);
    }

    private void save(AggregateTable groups, boolean changed, StateWriter out) {
        GroupSections.save(groups, place(), changed, link.variable(), out::partition);
    }

    /** Takes over a group, or what has changed of one. */
    void restore(GroupSections.Source source) {
        AggregateTable one = source.table();
        // Where a value is found in a set depends on the number of its group, which is another one here.
        for (int set = 0; set < setForms.length; set++) {
            table.mergeSet(set, one);
        }
        long entry = table.findLike(one, source.entry());
        link.variable().clear();
        source.form().appendVariable(source.entry(), link.variable());
        Memory.copyShort(
                source.form().accumulators(source.entry()), form.accumulators(entry), form.accumulatorsWidth());
        form.writeVariable(entry, link.variable().address());
        AggregateTable.touch(entry);
    }

    /**
     * The same for one that goes to the store and not into the table, which stays empty. Only without sets.
     *
     * @param known whether the store may have it already
     */
    void restoreStored(GroupSections.Source source, boolean known) {
        evicted = true;
        if (stored == null) {
            stored = new StoredKeys(link.allocator());
        }
        long entry = source.entry();
        BytesResult key = link.key(sliceStart, firstEnd, lane, GROUP);
        source.form().appendKey(entry, 0, key);
        boolean there = known && link.store().get(key.address(), key.length(), link.value(), link.variable());
        int number = there
                ? Memory.getInt(link.value().address())
                : stored.add(Memory.getLong(entry), key.address(), key.length()) + 1;
        Memory.putInt(entry + TableLayout.NEXT, number);
        put(key, entry, source.form());
    }

    private void put(BytesResult key, long entry, StoredForm from) {
        BytesResult value = link.value();
        value.clear();
        value.append(entry + TableLayout.NEXT, 4);
        value.append(from.accumulators(entry), from.accumulatorsWidth());
        BytesResult variable = link.variable();
        variable.clear();
        from.appendVariable(entry, variable);
        link.store()
                .put(
                        key.address(),
                        key.length(),
                        value.address(),
                        value.length(),
                        variable.address(),
                        variable.length());
    }

    /** Forgets everything, in the store too. The table itself can be used again for another slice. */
    @Override
    public void close() {
        forget(stored);
        for (int set = 0; storedValues != null && set < storedValues.length; set++) {
            forget(storedValues[set]);
        }
        table.overflow(null);
        for (int set = 0; set < setForms.length; set++) {
            table.set(set).overflow(null);
        }
        table.clear();
    }

    private void forget(StoredKeys keys) {
        if (keys != null) {
            if (link.isOpen()) {
                keys.forEach((hash, key, length) -> link.store().remove(key, length));
            }
            keys.close();
        }
    }

    /** A set grows with its table's groups and is emptied with them; values seen before are told from new ones by the store. */
    private final class SetOverflow implements KeyTable.Overflow {
        private final int set;

        SetOverflow(int set) {
            this.set = set;
        }

        @Override
        public void beforeGrowth(KeyTable growing) {
            // A set cannot be emptied while its group is being worked on. The next new group of the table does it.
        }

        @Override
        public void restore(KeyTable values, long entry) {
            int groupNumber = Memory.getInt(table.entry(Memory.getInt(entry + TableLayout.HEADER)) + TableLayout.NEXT);
            if (!evicted || groupNumber == 0) {
                return;
            }
            BytesResult key = valueKey(set, groupNumber, entry);
            if (link.store().get(key.address(), key.length(), link.value(), link.variable())) {
                Memory.putInt(entry + TableLayout.FLAGS, AS_IT_LEFT);
            }
        }
    }
}
