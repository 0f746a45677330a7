package io.leat.runtime.operator.join;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.NodeSpec.JoinSide;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.Restorable;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.state.Timers;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The rows of one side of a join, by key, then by time if the join is bound in time, then by their bytes. The value of a row is its
 * weight, the weight of its partners, and where in the key its bytes begin.
 *
 * <p>{@link #read} makes a row the current one; what stands in this class without a key is about that one.
 */
final class JoinRows implements Restorable, AutoCloseable {
    private static final int VALUE_BYTES = 8 + 8 + 4;

    private final JoinSide side;
    private final KeyedState state;
    private final KeyedState.Cursor cursor;
    private final Timers timers;
    private final RowBytes codec;
    private final int[] keyLeaves;
    /** The leaf with the time; -1 for none. */
    private final int timeLeaf;

    private final long timeShift;
    private final KeyBytes key;
    private final BytesResult row;
    private final BytesResult value;
    private int prefixLength;
    private int rowAt;
    private long weight;
    private long time;

    /**
     * @param timeColumn which of the row's columns has the time that bounds the join; -1 for none
     * @param timers an empty state for timers; null if nothing frees rows before the end
     */
    JoinRows(
            JoinSide side,
            int timeColumn,
            long timeShift,
            KeyedState state,
            KeyedState timers,
            BufferAllocator allocator) {
        this.side = side;
        this.state = state;
        this.cursor = state.cursor();
        this.timers = timers == null ? null : new Timers(timers, allocator);
        int columns = side.schema().fields().size() - 1 - side.firstColumn();
        this.codec = RowBytes.ofColumns(side.schema(), side.firstColumn(), columns);
        int firstKey = side.weighted() ? 1 : 0;
        this.keyLeaves = new int[side.keys()];
        for (int i = 0; i < keyLeaves.length; i++) {
            keyLeaves[i] = side.schema().firstLeaf(firstKey + i);
        }
        this.timeLeaf = timeColumn < 0 ? -1 : side.schema().firstLeaf(side.firstColumn() + timeColumn);
        this.timeShift = timeShift;
        this.key = new KeyBytes(allocator);
        this.row = new BytesResult(allocator);
        this.value = new BytesResult(allocator);
    }

    /** How a row is kept: its leaves, without those of the key. */
    RowBytes codec() {
        return codec;
    }

    KeyedState.Cursor cursor() {
        return cursor;
    }

    // ---- the current row
    // -----------------------------------------------------------------------------------------------

    /**
     * Makes a row of a batch the current one.
     *
     * @param ordered whether rows of a key are in the order of time
     * @return false if it can have no partner, since a column of its key, or its time, is NULL
     */
    boolean read(Batch batch, int number, boolean ordered) {
        weight = side.weighted() ? batch.column(0).getLong(number) : 1;
        row.clear();
        codec.pack(batch, number, row);
        for (int leaf : keyLeaves) {
            if (batch.column(leaf).isNull(number)) {
                return false;
            }
        }
        if (timeLeaf >= 0) {
            if (batch.column(timeLeaf).isNull(number)) {
                return false;
            }
            time = batch.column(timeLeaf).getLong(number) + timeShift;
        }
        key.partition(batch.column(batch.columns() - 1).getLong(number));
        for (int leaf : keyLeaves) {
            key.append(batch, leaf, number);
        }
        prefixLength = key.length();
        if (ordered) {
            key.appendLong(time);
        }
        rowAt = key.length();
        key.appendRaw(row.address(), row.length());
        return true;
    }

    long weight() {
        return weight;
    }

    long time() {
        return time;
    }

    /** The bytes of the row, as {@link #codec} packs them. */
    long rowAddress() {
        return row.address();
    }

    long keyAddress() {
        return key.address();
    }

    /** The bytes of the key that partners have, too. */
    int prefixLength() {
        return prefixLength;
    }

    /**
     * Adds the row to those that are kept, with the weight of its partners.
     *
     * @param due when it can have no partner any more; ignored without timers
     */
    void keep(long partners, long due) {
        boolean known = state.get(key.address(), key.length(), value);
        long sum = weight + (known ? Memory.getLong(value.address()) : 0);
        if (sum == 0) {
            state.remove(key.address(), key.length());
            if (timers != null) {
                timers.cancel(due, key.address(), key.length());
            }
            return;
        }
        put(key.address(), key.length(), sum, partners, rowAt);
        if (!known && timers != null) {
            timers.schedule(due, key.address(), key.length());
        }
    }

    private void put(long at, int length, long newWeight, long partners, int rowOffset) {
        value.clear();
        long room = value.reserve(VALUE_BYTES);
        Memory.putLong(room, newWeight);
        Memory.putLong(room + 8, partners);
        Memory.putInt(room + 16, rowOffset);
        state.put(at, length, room, VALUE_BYTES);
    }

    // ---- rows that are kept
    // --------------------------------------------------------------------------------------------

    /** Weight of the row in a value of this state. */
    static long weightAt(long valueAddress) {
        return Memory.getLong(valueAddress);
    }

    /** Weight of the row's partners. */
    static long partnersAt(long valueAddress) {
        return Memory.getLong(valueAddress + 8);
    }

    /** Where in the key the row begins. */
    static int rowOffsetAt(long valueAddress) {
        return Memory.getInt(valueAddress + 16);
    }

    /** Sets the weight of the partners of a row that is kept. */
    void partners(long at, int length, long partners) {
        if (!state.get(at, length, value)) {
            throw new IllegalStateException("a row that is joined is not there any more");
        }
        put(at, length, weightAt(value.address()), partners, rowOffsetAt(value.address()));
    }

    /**
     * Forgets a row that is kept.
     *
     * @param due when it could have had no partner any more; ignored without timers
     */
    void forget(long at, int length, long due) {
        state.remove(at, length);
        if (timers != null) {
            timers.cancel(due, at, length);
        }
    }

    /** Receives rows that go away. */
    interface Leaving {
        void leaves(long rowAddress, long weight, long partners);
    }

    /** Frees the rows that are due up to a time. */
    void freeUpTo(long until, Leaving receiver) {
        timers.fireUpTo(until, (due, at, length) -> {
            if (!state.get(at, length, value)) {
                throw new IllegalStateException("a row to be freed is not there");
            }
            long address = value.address();
            receiver.leaves(at + rowOffsetAt(address), weightAt(address), partnersAt(address));
            state.remove(at, length);
        });
    }

    /** Frees all rows. */
    void freeAll(Leaving receiver) {
        for (boolean more = cursor.first(); more; more = cursor.next()) {
            long address = cursor.valueAddress();
            receiver.leaves(cursor.keyAddress() + rowOffsetAt(address), weightAt(address), partnersAt(address));
        }
        forgetAll();
    }

    /** Forgets all rows. */
    void forgetAll() {
        state.removePrefix(key.address(), 0);
    }

    long entries() {
        return state.entries();
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

    void endEpoch() {
        state.endEpoch();
        if (timers != null) {
            timers.endEpoch();
        }
    }

    @Override
    public void close() {
        key.close();
        row.close();
        value.close();
        state.close();
        if (timers != null) {
            timers.close();
        }
    }
}
