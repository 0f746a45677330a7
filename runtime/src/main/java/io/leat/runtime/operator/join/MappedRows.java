package io.leat.runtime.operator.join;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.state.Timers;
import org.apache.arrow.memory.BufferAllocator;

/** Rows in a keyed state, with a timer for each if time frees them. */
final class MappedRows implements KeptRows {
    private final KeyedState state;
    private final KeyedState.Cursor cursor;
    private final Timers timers;
    private final BytesResult value;
    private final KeyBytes from;

    /**
     * @param timers an empty state for timers; null if nothing frees rows before the end
     */
    MappedRows(KeyedState state, KeyedState timers, BufferAllocator allocator) {
        this.state = state;
        this.cursor = state.cursor();
        this.timers = timers == null ? null : new Timers(timers, allocator);
        this.value = new BytesResult(allocator);
        this.from = new KeyBytes(allocator);
    }

    // ---- rows

    /** The value of a row, which is lent until the next call; 0 if the row is not here. */
    long find(long key, int keyLength) {
        return state.entries() > 0 && state.get(key, keyLength, value) ? value.address() : 0;
    }

    @Override
    public void add(long key, int keyLength, int groupLength, int rowOffset, long weight, long partners, long due) {
        boolean known = state.get(key, keyLength, value);
        long sum = weight + (known ? KeptValue.weight(value.address()) : 0);
        if (sum == 0) {
            forget(key, keyLength, groupLength, due);
            return;
        }
        put(key, keyLength, sum, partners, rowOffset);
        if (!known && timers != null) {
            timers.schedule(due, key, keyLength);
        }
    }

    private void put(long key, int keyLength, long weight, long partners, int rowOffset) {
        value.clear();
        long room = value.reserve(KeptValue.BYTES);
        KeptValue.write(room, weight, partners, rowOffset);
        state.put(key, keyLength, room, KeptValue.BYTES);
    }

    /** Takes over a row that is not here. */
    void take(long key, int keyLength, long newValue, long due) {
        replace(key, keyLength, newValue);
        timers.schedule(due, key, keyLength);
    }

    /** Sets what is known of a row that is here. */
    void replace(long key, int keyLength, long newValue) {
        state.put(key, keyLength, newValue, KeptValue.BYTES);
    }

    @Override
    public void partners(long key, int keyLength, int groupLength, long due, long partners) {
        if (!state.get(key, keyLength, value)) {
            throw new IllegalStateException("a row that is joined is not there any more");
        }
        long known = value.address();
        put(key, keyLength, KeptValue.weight(known), partners, KeptValue.rowOffset(known));
    }

    @Override
    public void forget(long key, int keyLength, int groupLength, long due) {
        state.remove(key, keyLength);
        if (timers != null) {
            timers.cancel(due, key, keyLength);
        }
    }

    // ---- all rows, and those that are due

    @Override
    public void freeUpTo(long until, Leaving receiver) {
        timers.fireUpTo(until, (due, key, keyLength) -> {
            if (!state.get(key, keyLength, value)) {
                throw new IllegalStateException("a row to be freed is not there");
            }
            if (receiver != null) {
                receiver.leaves(key, keyLength, value.address());
            }
            state.remove(key, keyLength);
        });
    }

    @Override
    public void freeAll(Leaving receiver) {
        if (receiver != null) {
            forEach(receiver);
        }
        state.removePrefix(value.address(), 0);
    }

    /** Visits all rows. */
    void forEach(Leaving visitor) {
        for (boolean more = cursor.first(); more; more = cursor.next()) {
            visitor.leaves(cursor.keyAddress(), cursor.keyLength(), cursor.valueAddress());
        }
    }

    @Override
    public long entries() {
        return state.entries();
    }

    long bytes() {
        return state.bytes();
    }

    @Override
    public void save(StateWriter out) {
        state.save(out.of("rows"));
        if (timers != null) {
            timers.save(out.of("timers"));
        }
    }

    @Override
    public void restore(StateReader in) {
        state.restore(in.of("rows"));
        if (timers != null) {
            timers.restore(in.of("timers"));
        }
    }

    @Override
    public void endEpoch() {
        state.endEpoch();
        if (timers != null) {
            timers.endEpoch();
        }
    }

    @Override
    public void close() {
        value.close();
        from.close();
        state.close();
        if (timers != null) {
            timers.close();
        }
    }

    // ---- partners

    @Override
    public Walk walk() {
        return new MapWalk();
    }

    private final class MapWalk implements Walk {
        private final KeyedState.Cursor at = state.cursor();
        private long group;
        private int groupLength;
        private boolean timed;
        private long latest;

        @Override
        public boolean seek(long newGroup, int newLength, boolean newTimed, long earliest, long newLatest) {
            group = newGroup;
            groupLength = newLength;
            timed = newTimed;
            latest = newLatest;
            from.clear();
            from.appendRaw(newGroup, newLength);
            if (timed) {
                from.appendLong(earliest);
            }
            return at.seek(from.address(), from.length()) && isPartner();
        }

        @Override
        public boolean next() {
            return at.next() && isPartner();
        }

        private boolean isPartner() {
            return at.startsWith(group, groupLength)
                    && (!timed || KeyBytes.readLong(at.keyAddress() + groupLength) <= latest);
        }

        @Override
        public long keyAddress() {
            return at.keyAddress();
        }

        @Override
        public int keyLength() {
            return at.keyLength();
        }

        @Override
        public long valueAddress() {
            return at.valueAddress();
        }
    }
}
