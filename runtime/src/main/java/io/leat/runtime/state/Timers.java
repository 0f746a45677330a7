package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What an operator has to do when the watermark gets somewhere: keys by time. A key has any number of times, each of them once. What
 * is due is the beginning of the map, since keys of the map are the time followed by the key. One thread.
 */
public final class Timers implements Restorable, AutoCloseable {
    private final KeyedState state;
    private final KeyedState.Cursor cursor;
    private final KeyBytes bytes;
    private final BytesResult due;

    /**
     * @param state an empty state for the timers alone, which they close
     */
    public Timers(KeyedState state, BufferAllocator allocator) {
        this.state = state;
        this.cursor = state.cursor();
        this.bytes = new KeyBytes(allocator);
        this.due = new BytesResult(allocator);
    }

    /** Does what is due. */
    public interface Handler {
        /** The key is valid for this call; timers may be set and cancelled in it, and those that are due will fire, too. */
        void due(long time, long key, int keyLength);
    }

    @Override
    public void save(StateWriter out) {
        state.save(out, KeyedSections.partitionAt(Long.BYTES));
    }

    @Override
    public void restore(StateReader in) {
        state.restore(in);
    }

    public void schedule(long time, long key, int keyLength) {
        timer(time, key, keyLength);
        state.put(bytes.address(), bytes.length(), bytes.address(), 0);
    }

    /** Takes a timer back; false if there was none. */
    public boolean cancel(long time, long key, int keyLength) {
        timer(time, key, keyLength);
        return state.remove(bytes.address(), bytes.length());
    }

    private void timer(long time, long key, int keyLength) {
        bytes.clear();
        bytes.appendLong(time);
        bytes.appendRaw(key, keyLength);
    }

    /** Fires, and forgets, every timer with a time up to the watermark, in the order of times and then of keys. */
    public void fireUpTo(long watermark, Handler handler) {
        while (cursor.first()) {
            long time = KeyBytes.readLong(cursor.keyAddress());
            if (time > watermark) {
                return;
            }
            due.clear();
            due.append(cursor.keyAddress() + Long.BYTES, cursor.keyLength() - Long.BYTES);
            cursor.remove();
            handler.due(time, due.address(), due.length());
        }
    }

    /** The earliest time at which something is due; {@link Long#MAX_VALUE} if nothing ever is. */
    public long next() {
        return cursor.first() ? KeyBytes.readLong(cursor.keyAddress()) : Long.MAX_VALUE;
    }

    /** How many timers are set. */
    public long entries() {
        return state.entries();
    }

    public long bytes() {
        return state.bytes();
    }

    public void endEpoch() {
        state.endEpoch();
    }

    @Override
    public void close() {
        bytes.close();
        due.close();
        state.close();
    }
}
