package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import java.util.Arrays;

/** The values of a set of DISTINCT by the group that they belong to. */
final class SetOfGroups {
    private final DistinctSet set;
    private final StoredForm form;
    /** The ordinals of values, those of the first group first. */
    private final int[] values;
    /** Where in {@link #values} each group begins, and behind them the end. */
    private final int[] starts;

    /**
     * @param changed whether only those that the last snapshot does not have
     */
    SetOfGroups(DistinctSet set, int groups, boolean changed) {
        this.set = set;
        this.form = new StoredForm(set);
        this.values = new int[set.size()];
        this.starts = new int[groups + 1];
        for (int i = 0; i < set.size(); i++) {
            starts[group(i) + 1] += !changed || GroupSections.isChanged(set.entry(i)) ? 1 : 0;
        }
        for (int group = 0; group < groups; group++) {
            starts[group + 1] += starts[group];
        }
        int[] next = Arrays.copyOf(starts, groups);
        for (int i = 0; i < set.size(); i++) {
            if (!changed || GroupSections.isChanged(set.entry(i))) {
                values[next[group(i)]++] = i;
            }
        }
    }

    private int group(int value) {
        return Memory.getInt(set.entry(value) + TableLayout.HEADER);
    }

    int size(int group) {
        return starts[group + 1] - starts[group];
    }

    /** Writes the values of a group down: how many there are, then the hash and the bytes of each. */
    void save(int group, BytesResult scratch, SectionWriter section) {
        section.putInt(size(group));
        for (int i = starts[group]; i < starts[group + 1]; i++) {
            long entry = set.entry(values[i]);
            section.putLong(Memory.getLong(entry));
            scratch.clear();
            form.appendKey(entry, 1, scratch);
            section.putBytes(scratch.address(), scratch.length());
        }
    }
}
