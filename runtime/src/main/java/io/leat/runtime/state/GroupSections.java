package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.kernel.Hashing;
import io.leat.runtime.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Groups of aggregates in snapshots: where the group belongs, its key, its accumulators, and the values of its sets. What comes later
 * about the same group takes the place of its accumulators, and adds to its sets.
 */
final class GroupSections {
    private GroupSections() {}

    /** Which table of a state a group belongs to. */
    record Place(long sliceStart, long firstEnd, int lane) {
        void write(SectionWriter out) {
            out.putLong(sliceStart);
            out.putLong(firstEnd);
            out.putInt(lane);
        }

        static Place read(SectionReader in) {
            return new Place(in.getLong(), in.getLong(), in.getInt());
        }
    }

    /**
     * Writes groups down, and notes that they are saved.
     *
     * @param changed whether only what the last snapshot does not have
     * @param sections finds the section of a virtual partition
     */
    static void save(
            AggregateTable groups,
            Place place,
            boolean changed,
            BytesResult scratch,
            IntFunction<SectionWriter> sections) {
        StoredForm form = new StoredForm(groups);
        List<SetOfGroups> sets = new ArrayList<>();
        for (int set = 0; set < groups.sets(); set++) {
            sets.add(new SetOfGroups(groups.set(set), groups.size(), changed));
        }
        for (int i = 0; i < groups.size(); i++) {
            long entry = groups.entry(i);
            if (!changed || isChanged(entry) || hasValues(sets, i)) {
                save(entry, i, place, form, sets, scratch, sections);
            }
        }
        markSaved(groups);
    }

    private static void save(
            long entry,
            int ordinal,
            Place place,
            StoredForm form,
            List<SetOfGroups> sets,
            BytesResult scratch,
            IntFunction<SectionWriter> sections) {
        long hash = Memory.getLong(entry);
        SectionWriter section = sections.apply(Hashing.virtualPartition(hash));
        section.of(SectionForm.groups(sets.size())).entry();
        place.write(section);
        section.putLong(hash);
        scratch.clear();
        form.appendKey(entry, 0, scratch);
        section.putBytes(scratch.address(), scratch.length());
        section.putBytes(form.accumulators(entry), form.accumulatorsWidth());
        scratch.clear();
        form.appendVariable(entry, scratch);
        section.putBytes(scratch.address(), scratch.length());
        for (SetOfGroups set : sets) {
            set.save(ordinal, scratch, section);
        }
    }

    static boolean isChanged(long entry) {
        int flags = Memory.getInt(entry + TableLayout.FLAGS);
        return (flags & TableLayout.SAVED) == 0 || (flags & TableLayout.CHANGED) != 0;
    }

    private static boolean hasValues(List<SetOfGroups> sets, int group) {
        for (SetOfGroups set : sets) {
            if (set.size(group) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Notes that the last snapshot has all groups of a table, as they are. */
    static void markSaved(AggregateTable groups) {
        markEntries(groups);
        for (int set = 0; set < groups.sets(); set++) {
            markEntries(groups.set(set));
        }
    }

    private static void markEntries(KeyTable table) {
        for (int i = 0; i < table.size(); i++) {
            long flags = table.entry(i) + TableLayout.FLAGS;
            Memory.putInt(flags, Memory.getInt(flags) & ~TableLayout.CHANGED | TableLayout.SAVED);
        }
    }

    /** The one group that was read last, in a table of its own. */
    static final class Source implements AutoCloseable {
        private final AggregateTable one;
        private final BytesResult scratch;
        private final StoredForm form;
        private final List<StoredForm> setForms = new ArrayList<>();
        private long entry;

        /**
         * @param one an empty table; closed with this
         */
        Source(AggregateTable one, BufferAllocator allocator) {
            this.one = one;
            this.scratch = new BytesResult(allocator);
            this.form = new StoredForm(one);
            for (int set = 0; set < one.sets(); set++) {
                setForms.add(new StoredForm(one.set(set)));
            }
        }

        /** Reads a group, all but its place, in place of the one before. */
        void read(SectionReader section) {
            one.clear();
            entry = one.insert(section.getLong());
            section.getBytes(scratch);
            form.writeKey(entry, 0, scratch.address());
            section.getBytes(scratch);
            Memory.copy(scratch.address(), form.accumulators(entry), scratch.length());
            section.getBytes(scratch);
            form.writeVariable(entry, scratch.address());
            for (int set = 0; set < setForms.size(); set++) {
                for (int values = section.getInt(); values > 0; values--) {
                    long value = one.set(set).insert(section.getLong());
                    Memory.putInt(value + TableLayout.HEADER, 0); // the group's ordinal
                    section.getBytes(scratch);
                    setForms.get(set).writeKey(value, 1, scratch.address());
                }
            }
        }

        AggregateTable table() {
            return one;
        }

        StoredForm form() {
            return form;
        }

        long entry() {
            return entry;
        }

        @Override
        public void close() {
            one.close();
            scratch.close();
        }
    }
}
