package io.leat.runtime.operator.join;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.job.NodeSpec.JoinSide;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.Restorable;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.state.Timers;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The rows of the right side of a join as of a time: by key, then by time, then in the order of rows of one time. A row stands from its
 * time until the next row of its key, or until it expires. The value of a row is the length of what its key begins with, and the row.
 *
 * <p>A row has a timer at its time: when nobody looks before it any more, the rows of its key before it are of no use. If rows expire,
 * it then waits once more, until nobody looks for it.
 */
final class Versions implements Restorable, AutoCloseable {
    private static final int ROW = 4;
    /** Behind any order of rows of one time, which begins with a mark for NULL. */
    private static final int LAST = 0xFF;
    /** Beside the length of what the key begins with: the row ends the one before it, and is none itself. */
    private static final int GONE = 1 << 31;

    private final JoinBound.AsOf bound;
    private final RowBytes codec;
    private final int[] keyLeaves;
    private final int timeLeaf;
    private final int[] tieLeaves;
    private final int goneLeaf;
    private final KeyedState state;
    private final KeyedState.Cursor cursor;
    private final Timers timers;
    private final KeyBytes key;
    private final BytesResult value;

    Versions(NodeSpec.StreamJoin spec, JoinBound.AsOf bound, KeyedState.Factory states, BufferAllocator allocator) {
        JoinSide side = spec.right();
        this.bound = bound;
        this.codec = codec(side);
        this.keyLeaves = keyLeaves(side);
        this.timeLeaf = side.schema().firstLeaf(side.firstColumn() + bound.right());
        this.tieLeaves = bound.ties().stream()
                .flatMapToInt(column -> IntStream.range(
                        side.schema().firstLeaf(side.firstColumn() + column),
                        side.schema().firstLeaf(side.firstColumn() + column + 1)))
                .toArray();
        this.goneLeaf = bound.gone() < 0 ? -1 : side.schema().firstLeaf(side.firstColumn() + bound.gone());
        this.state = states.open("join-" + spec.id() + "-right");
        this.cursor = state.cursor();
        this.timers = new Timers(states.open("join-" + spec.id() + "-right-timers"), allocator);
        this.key = new KeyBytes(allocator);
        this.value = new BytesResult(allocator);
    }

    /** How a row of a side is kept: its columns, without those of the key. */
    static RowBytes codec(JoinSide side) {
        int columns = side.schema().fields().size() - 1 - side.firstColumn();
        return RowBytes.ofColumns(side.schema(), side.firstColumn(), columns);
    }

    static int[] keyLeaves(JoinSide side) {
        int firstKey = side.weighted() ? 1 : 0;
        int[] leaves = new int[side.keys()];
        for (int i = 0; i < leaves.length; i++) {
            leaves[i] = side.schema().firstLeaf(firstKey + i);
        }
        return leaves;
    }

    /** Makes what the key of a row begins with; false if a column of it is NULL, which equals nothing. */
    static boolean key(Batch batch, int row, int[] keyLeaves, KeyBytes key) {
        key.partition(batch.column(batch.columns() - 1).getLong(row));
        for (int leaf : keyLeaves) {
            if (batch.column(leaf).isNull(row)) {
                return false;
            }
            key.append(batch, leaf, row);
        }
        return true;
    }

    RowBytes codec() {
        return codec;
    }

    /** Keeps a row, unless its key or its time is NULL. */
    void add(Batch rows, int number) {
        if (!key(rows, number, keyLeaves, key) || rows.column(timeLeaf).isNull(number)) {
            return;
        }
        int prefixLength = key.length();
        long time = rows.column(timeLeaf).getLong(number) + bound.rightShift();
        key.appendLong(time);
        for (int leaf : tieLeaves) {
            key.append(rows, leaf, number, bound.first(), bound.first());
        }
        value.clear();
        boolean gone = goneLeaf >= 0 && rows.column(goneLeaf).getBoolean(number);
        Memory.putInt(value.reserve(ROW), gone ? prefixLength | GONE : prefixLength);
        value.length(ROW);
        codec.pack(rows, number, value);
        state.put(key.address(), key.length(), value.address(), value.length());
        if (bound.timed()) {
            timers.schedule(time, key.address(), key.length());
        }
    }

    /** Moves to the last row of a key up to a time; false if there is none, or if it has expired for who looks. */
    boolean find(long prefix, int prefixLength, long latest) {
        key.clear();
        key.appendRaw(prefix, prefixLength);
        key.appendLong(latest);
        key.appendByte(LAST);
        if (!cursor.seekBefore(key.address(), key.length()) || !cursor.startsWith(key.address(), prefixLength)) {
            return false;
        }
        if (isGone(cursor.valueAddress())) {
            return false;
        }
        return bound.to() == Long.MAX_VALUE
                || KeyBytes.readLong(cursor.keyAddress() + prefixLength) >= latest - (bound.to() - bound.from());
    }

    private static boolean isGone(long row) {
        return (Memory.getInt(row) & GONE) != 0;
    }

    /** The row that {@link #find} moved to. */
    long found() {
        return cursor.valueAddress() + ROW;
    }

    /** Frees what is of no use to who looks for the last row up to this time, or up to a later one. */
    void freeBefore(long earliest) {
        timers.fireUpTo(earliest, this::due);
    }

    private void due(long due, long at, int length) {
        if (!state.get(at, length, value)) {
            // A later row of the key took its place.
            return;
        }
        int prefixLength = Memory.getInt(value.address()) & ~GONE;
        boolean isGone = isGone(value.address());
        long time = KeyBytes.readLong(at + prefixLength);
        if (due != time) {
            state.remove(at, length);
            return;
        }
        state.removeRange(at, prefixLength, at, length);
        if (isGone) {
            // Where there is nothing, nothing is found either.
            state.remove(at, length);
            return;
        }
        if (bound.to() != Long.MAX_VALUE) {
            timers.schedule(time + (bound.to() - bound.from()) + 1, at, length);
        }
    }

    void forgetAll() {
        timers.fireUpTo(Long.MAX_VALUE, (due, at, length) -> {});
        state.removePrefix(key.address(), 0);
    }

    long entries() {
        return state.entries();
    }

    @Override
    public void save(StateWriter out) {
        state.save(out.of("rows"));
        timers.save(out.of("timers"));
    }

    @Override
    public void restore(StateReader in) {
        state.restore(in.of("rows"));
        timers.restore(in.of("timers"));
    }

    void endEpoch() {
        state.endEpoch();
        timers.endEpoch();
    }

    @Override
    public void close() {
        key.close();
        value.close();
        timers.close();
        state.close();
    }
}
