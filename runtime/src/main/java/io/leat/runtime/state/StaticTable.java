package io.leat.runtime.state;

import io.leat.runtime.batch.Batch;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The rows of a static table by join key. Filled by one thread with {@link #add}; from then on read by any number of threads.
 * Generated subclasses add {@code find} with the types of the key; rows with the same key are reached by {@link #next}.
 */
public abstract class StaticTable extends KeyTable implements Restorable {
    /** How many rows the last snapshot has of it: rows only come, and none changes. */
    private int saved = -1;

    protected StaticTable(TableLayout layout, BufferAllocator allocator) {
        super(layout, allocator);
    }

    @Override
    public final void save(StateWriter out) {
        if (size() != saved || !out.goOn()) {
            saveImage(out.whole());
        }
        saved = out.isFollowed() ? size() : -1;
    }

    @Override
    public final void restore(StateReader in) {
        in.whole(this::restoreImage);
    }

    /** Adds the rows of a batch of key columns and columns to keep. Rows with NULL in the key are left out: they match nothing. */
    public abstract void add(Batch rows);

    /** Shows the rows of another table in place of its own, none of which there may be. The other one is lent. */
    public final void show(StaticTable other) {
        lookAt(other);
    }
}
