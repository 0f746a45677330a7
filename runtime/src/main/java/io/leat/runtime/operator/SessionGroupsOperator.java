package io.leat.runtime.operator;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.pipeline.DataException;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.pipeline.Pipeline;
import io.leat.runtime.state.AggregateTable;
import io.leat.runtime.state.GroupBytes;
import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.state.Timers;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Groups of sessions: runs of rows of a key in which each is less than a gap behind the one before. A session that is not over is an
 * entry of the state by key and start: its last time, and the accumulators of its group. Rows of a batch are grouped by key and time
 * first; each such group is a session of its own that is merged with those it touches, at most one before and one behind it.
 *
 * <p>A session has a timer that is not behind its end. When that is due and the session has grown, it gets another one at its end, so
 * that a row that makes a session longer touches no timer.
 */
public final class SessionGroupsOperator implements Operator {
    /** Columns of a key that groups of a batch have in front: the hash and the time of their rows. */
    private static final int FIRST_KEY = 2;

    private final NodeSpec.SessionGroups spec;
    private final long gap;
    private final Pipeline update;
    private final AggregateTable fresh;
    private final GroupBytes freshForm;
    private final int hashAt;
    private final int timeAt;
    private final AggregateTable session;
    private final GroupBytes sessionForm;
    private final AggregateTable neighbour;
    private final GroupBytes neighbourForm;
    private final KeyedState state;
    private final KeyedState.Cursor cursor;
    private final Timers timers;
    private final KeyBytes key;
    private final BytesResult bytes;
    private final Watermarks watermarks;
    private final Outputs outputs;
    private final Batch out;

    /**
     * Opens state and timers, and closes them.
     *
     * @param update groups rows in {@code fresh}
     * @param fresh an empty table; owned by this operator from now on
     */
    public SessionGroupsOperator(
            NodeSpec.SessionGroups spec,
            Pipeline update,
            AggregateTable fresh,
            KeyedState.Factory states,
            Outputs outputs,
            int batchRows,
            BufferAllocator allocator) {
        this.spec = spec;
        this.gap = spec.gap();
        this.update = update;
        this.fresh = fresh;
        this.freshForm = new GroupBytes(fresh, FIRST_KEY);
        this.hashAt = fresh.layout().keys().get(0).offset();
        this.timeAt = fresh.layout().keys().get(1).offset();
        this.session = fresh.create();
        this.sessionForm = new GroupBytes(session, FIRST_KEY);
        this.neighbour = fresh.create();
        this.neighbourForm = new GroupBytes(neighbour, FIRST_KEY);
        this.state = states.open("sessions-" + spec.id());
        this.cursor = state.cursor();
        this.timers = new Timers(states.open("sessions-" + spec.id() + "-timers"), allocator);
        this.key = new KeyBytes(allocator);
        this.bytes = new BytesResult(allocator);
        this.watermarks = new Watermarks(spec.inputs().size());
        this.outputs = outputs;
        this.out = new Batch(spec.output(), batchRows, allocator);
    }

    @Override
    public void accept(int input, Batch rows) {
        update.process(rows);
        try {
            for (int group = 0; group < fresh.size(); group++) {
                add(fresh.entry(group));
            }
        } catch (RowError error) {
            throw new DataException(spec.at(), error);
        }
        fresh.clear();
    }

    /** Adds a group of rows of one key and time. */
    private void add(long group) {
        long time = Memory.getLong(group + timeAt);
        bytes.clear();
        freshForm.appendKey(group, bytes);
        key.partition(Memory.getLong(group + hashAt));
        key.appendRaw(bytes.address(), bytes.length());
        int prefix = key.length();
        long start = time;
        long last = time;
        session.clear();
        key.appendLong(time + gap);
        boolean more = cursor.seekBefore(key.address(), key.length());
        while (more && cursor.startsWith(key.address(), prefix) && time - lastTime() < gap) {
            start = Math.min(start, startTime(prefix));
            last = Math.max(last, lastTime());
            join();
            cursor.remove();
            more = cursor.previous();
        }
        key.length(prefix);
        boolean isNew = session.size() == 0;
        if (isNew) {
            timers.schedule(time + gap, key.address(), prefix);
        } else {
            session.mergeValues(session.entry(0), fresh, group);
        }
        key.appendLong(start);
        bytes.clear();
        Memory.putLong(bytes.reserve(Long.BYTES), last);
        bytes.length(Long.BYTES);
        if (isNew) {
            freshForm.appendValues(group, bytes);
        } else {
            sessionForm.appendValues(session.entry(0), bytes);
        }
        state.put(key.address(), key.length(), bytes.address(), bytes.length());
    }

    /** Merges the group of the session at the cursor with those of the sessions that were joined before. */
    private void join() {
        if (session.size() == 0) {
            sessionForm.readValues(sessionForm.insert(0), cursor.valueAddress() + Long.BYTES);
            return;
        }
        neighbour.clear();
        long entry = neighbourForm.insert(0);
        neighbourForm.readValues(entry, cursor.valueAddress() + Long.BYTES);
        session.mergeValues(session.entry(0), neighbour, entry);
    }

    private long startTime(int prefixLength) {
        return KeyBytes.readLong(cursor.keyAddress() + prefixLength);
    }

    private long lastTime() {
        return Memory.getLong(cursor.valueAddress());
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

    /** Ends the sessions of a key that are over; one that goes on is asked again at its end. */
    private void due(long time, long prefix, int prefixLength) {
        boolean more = cursor.seek(prefix, prefixLength);
        while (more && cursor.startsWith(prefix, prefixLength) && startTime(prefixLength) < time) {
            long end = lastTime() + gap;
            if (end > time) {
                timers.schedule(end, prefix, prefixLength);
                return;
            }
            emit(prefix, startTime(prefixLength), end);
            cursor.remove();
            more = cursor.next();
        }
    }

    private void emit(long prefix, long start, long end) {
        session.clear();
        long entry = sessionForm.insert(0);
        sessionForm.readValues(entry, cursor.valueAddress() + Long.BYTES);
        // The virtual partition stands before the key.
        sessionForm.readKey(entry, prefix + 1);
        int row = out.rows();
        try {
            session.emit(entry, start, end, out, row);
        } catch (RowError error) {
            throw new DataException(spec.at(), error);
        }
        out.rows(row + 1);
        if (out.isFull()) {
            outputs.flush(out);
        }
    }

    /** How many sessions are not over. */
    long sessions() {
        return state.entries();
    }

    /** How many sessions and timers are kept. */
    @Override
    public long entries() {
        return state.entries() + timers.entries();
    }

    @Override
    public void save(StateWriter out) {
        state.save(out.of("sessions"));
        timers.save(out.of("timers"));
    }

    @Override
    public void restore(StateReader in) {
        state.restore(in.of("sessions"));
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
        update.close();
        fresh.close();
        session.close();
        neighbour.close();
        out.close();
        key.close();
        bytes.close();
        state.close();
        timers.close();
    }
}
