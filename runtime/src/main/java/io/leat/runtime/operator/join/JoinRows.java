package io.leat.runtime.operator.join;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.job.NodeSpec.JoinSide;
import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.RowBytes;
import org.apache.arrow.memory.BufferAllocator;

/** One side of a join: {@link #read} makes a row the current one, which is kept in {@link #kept}. */
final class JoinRows implements AutoCloseable {
    private final JoinSide side;
    private final KeptRows kept;
    private final RowBytes codec;
    private final int[] keyLeaves;
    /** The leaf with the time; -1 for none. */
    private final int timeLeaf;

    private final long timeShift;
    private final KeyBytes key;
    private final BytesResult row;
    private int prefixLength;
    private int rowAt;
    private long weight;
    private long time;

    JoinRows(
            NodeSpec.StreamJoin spec,
            JoinClock clock,
            boolean isLeft,
            KeyedState.Factory states,
            BufferAllocator allocator) {
        this.side = isLeft ? spec.left() : spec.right();
        int columns = side.schema().fields().size() - 1 - side.firstColumn();
        this.codec = RowBytes.ofColumns(side.schema(), side.firstColumn(), columns);
        int firstKey = side.weighted() ? 1 : 0;
        this.keyLeaves = new int[side.keys()];
        for (int i = 0; i < keyLeaves.length; i++) {
            keyLeaves[i] = side.schema().firstLeaf(firstKey + i);
        }
        JoinBound bound = spec.bound().orElse(null);
        int timeColumn = -1;
        long shift = 0;
        if (bound instanceof JoinBound.Distance distance) {
            timeColumn = isLeft ? distance.left() : distance.right();
            shift = isLeft ? distance.leftShift() : distance.rightShift();
        } else if (bound instanceof JoinBound.SameWindow window) {
            timeColumn = isLeft ? window.leftEnd() : window.rightEnd();
        }
        this.timeLeaf = timeColumn < 0 ? -1 : side.schema().firstLeaf(side.firstColumn() + timeColumn);
        this.timeShift = shift;
        this.kept = kept("join-" + spec.id() + (isLeft ? "-left" : "-right"), clock, isLeft, states, allocator);
        this.key = new KeyBytes(allocator);
        this.row = new BytesResult(allocator);
    }

    private KeptRows kept(
            String name, JoinClock clock, boolean isLeft, KeyedState.Factory states, BufferAllocator allocator) {
        KeyedState timers = clock.ends(isLeft) ? states.open(name + "-timers") : null;
        MappedRows mapped = new MappedRows(states.open(name), timers, allocator);
        long budget = states.bytesInFront();
        if (timers == null || budget == 0) {
            return mapped;
        }
        int leafOfRow = timeLeaf - side.schema().firstLeaf(side.firstColumn());
        RowTimes times = new RowTimes(clock, isLeft, codec, leafOfRow);
        return new SlicedRows(mapped, clock.sliceWidth(), budget, times, allocator);
    }

    KeptRows kept() {
        return kept;
    }

    /** How a row is kept: its leaves, without those of the key. */
    RowBytes codec() {
        return codec;
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
        if (isAlone(batch, number)) {
            row.clear();
            codec.pack(batch, number, row);
            return false;
        }
        key.partition(batch.column(batch.columns() - 1).getLong(number));
        for (int leaf : keyLeaves) {
            key.append(batch, leaf, number);
        }
        prefixLength = key.length();
        if (timeLeaf >= 0) {
            time = batch.column(timeLeaf).getLong(number) + timeShift;
        }
        if (ordered) {
            key.appendLong(time);
        }
        rowAt = key.length();
        key.append(codec, batch, number);
        row.view(key.address() + rowAt, key.length() - rowAt);
        return true;
    }

    private boolean isAlone(Batch batch, int number) {
        for (int leaf : keyLeaves) {
            if (batch.column(leaf).isNull(number)) {
                return true;
            }
        }
        return timeLeaf >= 0 && batch.column(timeLeaf).isNull(number);
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
     * @param due when it can have no partner any more; it counts only where time frees rows
     */
    void keep(long partners, long due) {
        kept.add(key.address(), key.length(), prefixLength, rowAt, weight, partners, due);
    }

    @Override
    public void close() {
        key.close();
        row.close();
        kept.close();
    }
}
