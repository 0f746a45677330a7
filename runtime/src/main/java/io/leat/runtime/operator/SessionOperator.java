package io.leat.runtime.operator;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.state.Timers;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Puts rows into sessions: runs of rows of a key in which each is less than a gap behind the one before. Rows are kept by key and time
 * until the watermark says that their session is over; then they go on with its bounds, and are forgotten.
 *
 * <p>Each time of a key has a timer one gap later. When it is due and no later row of the key is within the gap, the session ends
 * there: earlier sessions of the key ended before, so that all rows of the key up to this time are its rows.
 */
public final class SessionOperator implements Operator {
    private final NodeSpec.Sessions spec;
    private final int[] keyLeaves;
    private final int timeLeaf;
    private final RowBytes codec;
    private final int boundLeaf;
    private final KeyedState state;
    private final KeyedState.Cursor cursor;
    private final Timers timers;
    private final KeyBytes key;
    private final BytesResult row;
    private final BytesResult count;
    private final Watermarks watermarks;
    private final Outputs outputs;
    private final Batch out;

    /** Opens state and timers, and closes them. */
    public SessionOperator(
            NodeSpec.Sessions spec,
            KeyedState.Factory states,
            Outputs outputs,
            int batchRows,
            BufferAllocator allocator) {
        this.spec = spec;
        this.keyLeaves = new int[spec.keys()];
        for (int i = 0; i < keyLeaves.length; i++) {
            keyLeaves[i] = spec.schema().firstLeaf(i);
        }
        int columns = spec.schema().fields().size() - 1 - spec.keys();
        this.timeLeaf = spec.schema().firstLeaf(spec.keys() + spec.timeColumn());
        this.codec = RowBytes.ofColumns(spec.schema(), spec.keys(), columns);
        this.boundLeaf = codec.leaves();
        this.state = states.open("sessions-" + spec.id());
        this.cursor = state.cursor();
        this.timers = new Timers(states.open("sessions-" + spec.id() + "-timers"), allocator);
        this.key = new KeyBytes(allocator);
        this.row = new BytesResult(allocator);
        this.count = new BytesResult(allocator);
        this.watermarks = new Watermarks(spec.inputs().size());
        this.outputs = outputs;
        this.out = new Batch(spec.output(), batchRows, allocator);
    }

    @Override
    public void accept(int input, Batch rows) {
        for (int number = 0; number < rows.rows(); number++) {
            keep(rows, number);
        }
    }

    private void keep(Batch rows, int number) {
        long time = rows.column(timeLeaf).getLong(number);
        key.partition(rows.column(rows.columns() - 1).getLong(number));
        for (int leaf : keyLeaves) {
            key.append(rows, leaf, number);
        }
        timers.schedule(time + spec.gap(), key.address(), key.length());
        key.appendLong(time);
        row.clear();
        codec.pack(rows, number, row);
        key.appendRaw(row.address(), row.length());
        long times = state.get(key.address(), key.length(), count) ? Memory.getLong(count.address()) : 0;
        row.clear();
        long room = row.reserve(Long.BYTES);
        Memory.putLong(room, times + 1);
        state.put(key.address(), key.length(), room, Long.BYTES);
    }

    @Override
    public void watermark(int input, long watermark) {
        if (!watermarks.advance(input, watermark)) {
            return;
        }
        timers.fireUpTo(watermarks.current(), this::due);
        outputs.flush(out);
        outputs.watermark(watermarks.current());
    }

    private void due(long end, long prefix, int prefixLength) {
        long last = end - spec.gap();
        key.clear();
        key.appendRaw(prefix, prefixLength);
        key.appendLong(last + 1);
        boolean goesOn = cursor.seek(key.address(), key.length())
                && cursor.startsWith(prefix, prefixLength)
                && timeAt(prefixLength) < end;
        if (goesOn) {
            return;
        }
        long start = 0;
        boolean first = true;
        boolean more = cursor.seek(prefix, prefixLength);
        while (more && cursor.startsWith(prefix, prefixLength) && timeAt(prefixLength) <= last) {
            start = first ? timeAt(prefixLength) : start;
            first = false;
            long at = cursor.keyAddress() + prefixLength + Long.BYTES;
            for (long times = Memory.getLong(cursor.valueAddress()); times > 0; times--) {
                emit(at, start, end);
            }
            cursor.remove();
            more = cursor.next();
        }
    }

    private long timeAt(int prefixLength) {
        return KeyBytes.readLong(cursor.keyAddress() + prefixLength);
    }

    private void emit(long at, long start, long end) {
        int number = out.rows();
        codec.unpack(at, out, 0, number);
        out.column(boundLeaf).putLong(number, start);
        out.column(boundLeaf + 1).putLong(number, end);
        out.column(boundLeaf + 2).putLong(number, end - spec.unit());
        out.rows(number + 1);
        if (out.isFull()) {
            outputs.flush(out);
        }
    }

    /** How many rows and timers are kept, rows that are equal once. */
    @Override
    public long entries() {
        return state.entries() + timers.entries();
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

    @Override
    public void endEpoch(long epoch) {
        state.endEpoch();
        timers.endEpoch();
    }

    @Override
    public boolean isDone() {
        return outputs.isDone();
    }

    @Override
    public void close() {
        out.close();
        key.close();
        row.close();
        count.close();
        state.close();
        timers.close();
    }
}
