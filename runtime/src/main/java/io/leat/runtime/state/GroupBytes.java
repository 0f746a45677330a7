package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;

/**
 * Groups of a table as bytes without addresses, on their way to another table: the key, and apart from it the accumulators with what
 * they point to. Only for groups without sets.
 */
public final class GroupBytes {
    private final AggregateTable table;
    private final StoredForm form;
    private final int firstKey;
    private final int accumulatorsAt;

    /**
     * @param firstKey the first column of the key that counts; those before it are not written
     */
    public GroupBytes(AggregateTable table, int firstKey) {
        if (table.sets() > 0) {
            throw new IllegalArgumentException("the values of sets do not travel");
        }
        this.table = table;
        this.form = new StoredForm(table);
        this.firstKey = firstKey;
        this.accumulatorsAt = table.layout().accumulatorsOffset();
    }

    public void appendKey(long entry, BytesResult out) {
        form.appendKey(entry, firstKey, out);
    }

    public void appendValues(long entry, BytesResult out) {
        out.append(entry + accumulatorsAt, form.accumulatorsWidth());
        form.appendVariable(entry, out);
    }

    /** Adds an entry, whose key is not in the table, to be filled by {@link #readKey} and {@link #readValues}. */
    public long insert(long hash) {
        return table.insert(hash);
    }

    /** Reads what {@link #appendKey} wrote; returns the address behind it. */
    public long readKey(long entry, long from) {
        return form.writeKey(entry, firstKey, from);
    }

    /** Reads what {@link #appendValues} wrote. */
    public void readValues(long entry, long from) {
        Memory.copyShort(from, entry + accumulatorsAt, form.accumulatorsWidth());
        form.writeVariable(entry, from + form.accumulatorsWidth());
    }
}
