package io.leat.runtime.state;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.memory.Memory;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The groups of one slice with their accumulators. Generated subclasses add {@code find} with the types of the key; the
 * methods here are what the runtime needs of them.
 *
 * <p>{@code DISTINCT} aggregates keep their values in sets beside the groups: tables keyed by group ordinal and value.
 */
public abstract class AggregateTable extends KeyTable {
    private final DistinctSet[] sets;
    private final BufferAllocator allocator;
    private OrderedItems items;
    private AggregateTable pattern;
    private Supplier<ValueCounts> values;

    private long piece;

    protected AggregateTable(TableLayout layout, BufferAllocator allocator, DistinctSet[] sets) {
        super(layout, allocator);
        this.sets = sets;
        this.allocator = allocator;
    }

    /**
     * Makes this one of many tables of a state, which need only one place to make results in.
     *
     * @param first whose place that is; open as long as this is
     * @param newValues where values of groups are counted, for results that are made of them
     */
    final void belongTo(AggregateTable first, Supplier<ValueCounts> newValues) {
        pattern = first;
        values = newValues;
    }

    /** Says which piece of time the groups belong to, so that values of the same group in another piece are others. */
    final void piece(long start) {
        piece = start;
    }

    /** The piece of time that the groups belong to. */
    final long piece() {
        return piece;
    }

    /** Where items are brought into their order. */
    protected final OrderedItems items() {
        if (pattern != null) {
            return pattern.items();
        }
        if (items == null) {
            items = new OrderedItems(allocator);
        }
        return items;
    }

    /** The items of a group where rows also go away, in their order. */
    protected final OrderedItems countedItems(long entry, int set, boolean distinct) {
        ValueCounts counts = values.get();
        counts.of(this, entry, set);
        OrderedItems counted = items();
        counted.read(counts, distinct);
        return counted;
    }

    /** A new, empty table of the same class. */
    public abstract AggregateTable create();

    /** Finds or adds the group of an entry of a table of the same class, without its accumulators. */
    public abstract long findLike(AggregateTable other, long entry);

    /** Finds or adds the one group of an aggregate without keys. */
    public void findEmpty() {
        throw new IllegalStateException("an aggregate with keys has no group without rows");
    }

    /** Adds the accumulators of {@code otherEntry} to those of {@code entry}, except those fed by a set. */
    public abstract void mergeValues(long entry, AggregateTable other, long otherEntry);

    /** Adds the values of the other table's set to this one's, and new ones to the accumulators it feeds. */
    public void mergeSet(int set, AggregateTable other) {
        throw new IllegalStateException("an aggregate without DISTINCT has no sets");
    }

    /** Whether all rows of a group have gone away again, and the group with them. */
    public boolean isGone(long entry) {
        return false;
    }

    /** Writes key and results of a group as a row of the aggregate's output. */
    public abstract void emit(long entry, long windowStart, long windowEnd, Batch out, int row);

    /** Adds everything that {@code other} holds. */
    public final void merge(AggregateTable other) {
        for (int i = 0; i < other.size(); i++) {
            long otherEntry = other.entry(i);
            mergeValues(findLike(other, otherEntry), other, otherEntry);
        }
        for (int set = 0; set < sets.length; set++) {
            mergeSet(set, other);
        }
    }

    /** Notes that the entry changed since the last flush and the last snapshot. Generated code calls it for each update. */
    public static void touch(long entry) {
        int changed = TableLayout.DIRTY | TableLayout.CHANGED;
        Memory.putInt(entry + TableLayout.FLAGS, Memory.getInt(entry + TableLayout.FLAGS) | changed);
    }

    public final DistinctSet set(int index) {
        return sets[index];
    }

    public final int sets() {
        return sets.length;
    }

    @Override
    public final void clear() {
        super.clear();
        for (DistinctSet set : sets) {
            set.clear();
        }
    }

    @Override
    public final void close() {
        super.close();
        for (DistinctSet set : sets) {
            set.close();
        }
        if (items != null) {
            items.close();
            items = null;
        }
    }
}
