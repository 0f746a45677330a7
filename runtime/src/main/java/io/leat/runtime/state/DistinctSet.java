package io.leat.runtime.state;

import org.apache.arrow.memory.BufferAllocator;

/**
 * The distinct values that groups of an aggregate table have seen. Keyed by the group's ordinal in its table, an {@code int} at
 * {@link TableLayout#HEADER}, and the value. Generated subclasses add {@code add} with the type of the value.
 */
public abstract class DistinctSet extends KeyTable {
    protected DistinctSet(TableLayout layout, BufferAllocator allocator) {
        super(layout, allocator);
    }
}
