package io.leat.runtime.operator.join;

import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.ChangeLog;
import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.state.KeyedSections;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.state.sliced.RowSlices;
import io.leat.runtime.state.sliced.SlicedRow;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Rows that time frees, in slices of the time at which they are due. Beyond a budget the rows of the largest slice go to a keyed state behind
 * them, with timers, and stay there. A row is in one of the two places only. What is saved looks as if all rows were in the keyed state.
 */
final class SlicedRows implements KeptRows {
    private final RowSlices slices;
    private final MappedRows behind;
    private final long budget;
    private final RowTimes times;
    private final ChangeLog changes;
    private final BufferAllocator allocator;
    /** Room for the value of a row behind, which is lent for one call. */
    private final ArrowBuf scratch;

    /** The key of the timer that a row is saved with. */
    private final KeyBytes timer;

    private final RowSlices.Visitor moving = this::move;
    private final RowSlices.Visitor leaving =
            row -> leave(SlicedRow.key(row), SlicedRow.keyLength(row), SlicedRow.value(row));
    private final Leaving leavingBehind = this::leave;
    /** Who is told of rows that go away; null if nobody is. */
    private Leaving receiver;

    /**
     * @param sliceWidth about how long a slice is
     * @param budget bytes that slices may take
     */
    SlicedRows(MappedRows behind, long sliceWidth, long budget, RowTimes times, BufferAllocator allocator) {
        this.behind = behind;
        this.budget = budget;
        this.times = times;
        this.allocator = allocator;
        this.slices = new RowSlices(allocator, sliceWidth);
        this.changes = new ChangeLog(allocator);
        this.timer = new KeyBytes(allocator);
        this.scratch = allocator.buffer(KeptValue.BYTES);
    }

    // ---- rows

    @Override
    public void add(long key, int keyLength, int groupLength, int rowOffset, long weight, long partners, long due) {
        KeyedState.check(keyLength, KeptValue.BYTES);
        long row = slices.find(key, keyLength, groupLength, due);
        long value = row != 0 ? SlicedRow.value(row) : findBehind(key, keyLength);
        if (value == 0) {
            value = slices.addSought(key, keyLength, due);
            KeptValue.write(value, weight, partners, rowOffset);
            note(ChangeLog.ADDED, key, keyLength, value);
            keepToBudget();
            return;
        }
        long sum = KeptValue.weight(value) + weight;
        if (sum == 0) {
            note(ChangeLog.REMOVED, key, keyLength, value);
            remove(row, key, keyLength, due);
        } else {
            KeptValue.write(value, sum, partners, rowOffset);
            replaced(row, key, keyLength, value);
        }
    }

    @Override
    public void partners(long key, int keyLength, int groupLength, long due, long partners) {
        long row = slices.find(key, keyLength, groupLength, due);
        long value = row != 0 ? SlicedRow.value(row) : findBehind(key, keyLength);
        if (value == 0) {
            throw new IllegalStateException("a row that is joined is not there any more");
        }
        KeptValue.partners(value, partners);
        replaced(row, key, keyLength, value);
    }

    @Override
    public void forget(long key, int keyLength, int groupLength, long due) {
        long row = slices.find(key, keyLength, groupLength, due);
        long value = row != 0 ? SlicedRow.value(row) : findBehind(key, keyLength);
        if (value != 0) {
            note(ChangeLog.REMOVED, key, keyLength, value);
            remove(row, key, keyLength, due);
        }
    }

    /** A copy of the value of a row behind; 0 if it is not there. */
    private long findBehind(long key, int keyLength) {
        long value = behind.find(key, keyLength);
        if (value == 0) {
            return 0;
        }
        Memory.copyShort(value, scratch.memoryAddress(), KeptValue.BYTES);
        return scratch.memoryAddress();
    }

    /** The value of a row in slices was changed where it is, or another one is to be kept behind. */
    private void replaced(long row, long key, int keyLength, long value) {
        note(ChangeLog.REPLACED, key, keyLength, value);
        if (row == 0) {
            behind.replace(key, keyLength, value);
        }
    }

    private void remove(long row, long key, int keyLength, long due) {
        if (row != 0) {
            slices.removeFound(row);
        } else {
            behind.forget(key, keyLength, 0, due);
        }
    }

    /** A row that is removed is noted with its value, from which follows when its timer was due. */
    private void note(byte kind, long key, int keyLength, long value) {
        if (changes.isOpen()) {
            changes.note(kind, key, keyLength, value, KeptValue.BYTES, slices.bytes() + behind.bytes());
        }
    }

    private void keepToBudget() {
        while (slices.bytes() > budget) {
            slices.giveUpLargest(moving);
        }
    }

    private void move(long row) {
        behind.take(SlicedRow.key(row), SlicedRow.keyLength(row), SlicedRow.value(row), SlicedRow.due(row));
    }

    // ---- all rows, and those that are due

    @Override
    public void freeUpTo(long until, Leaving asking) {
        receiver = asking;
        slices.removeUpTo(until, receiver != null || changes.isOpen() ? leaving : null);
        if (behind.entries() > 0) {
            behind.freeUpTo(until, leavingBehind);
        }
    }

    private void leave(long key, int keyLength, long value) {
        if (receiver != null) {
            receiver.leaves(key, keyLength, value);
        }
        note(ChangeLog.REMOVED, key, keyLength, value);
    }

    @Override
    public void freeAll(Leaving asking) {
        freeUpTo(Long.MAX_VALUE, asking);
    }

    @Override
    public long entries() {
        return slices.rows() + behind.entries();
    }

    // ---- snapshots

    @Override
    public void save(StateWriter out) {
        StateWriter rows = out.of("rows");
        StateWriter timers = out.of("timers");
        write(
                rows,
                (kind, key, keyLength, value, valueLength) -> KeyedSections.write(
                        section(rows, key), kind, key, keyLength, value, kind == ChangeLog.REMOVED ? 0 : valueLength));
        write(timers, (kind, key, keyLength, value, valueLength) -> {
            if (kind != ChangeLog.REPLACED) {
                timer.clear();
                timer.appendLong(times.due(key, value));
                timer.appendRaw(key, keyLength);
                KeyedSections.write(section(timers, key), kind, timer.address(), timer.length(), value, 0);
            }
        });
        if (rows.isFollowed()) {
            changes.begin();
        } else {
            changes.giveUp();
        }
    }

    private static SectionWriter section(StateWriter out, long key) {
        return out.partition(Memory.getByte(key) & 0xFF);
    }

    private void write(StateWriter out, ChangeLog.Visitor visitor) {
        if (changes.isOpen() && out.goOn()) {
            changes.forEach(visitor);
        } else {
            slices.forEach(row -> visitor.change(
                    ChangeLog.ADDED,
                    SlicedRow.key(row),
                    SlicedRow.keyLength(row),
                    SlicedRow.value(row),
                    KeptValue.BYTES));
            behind.forEach(
                    (key, keyLength, value) -> visitor.change(ChangeLog.ADDED, key, keyLength, value, KeptValue.BYTES));
        }
        out.holds(entries());
    }

    @Override
    public void restore(StateReader in) {
        StateReader rows = in.of("rows");
        slices.restoring(true);
        KeyedSections.read(allocator, rows, (kind, key, keyLength, value, valueLength) -> {
            long before = entries();
            replay(kind, key, keyLength, value);
            KeyedSections.check(kind, entries() - before);
            keepToBudget();
        });
        slices.restoring(false);
        rows.restored(entries());
        StateReader timers = in.of("timers");
        long[] count = {0};
        KeyedSections.read(
                allocator,
                timers,
                (kind, key, keyLength, value, valueLength) -> count[0] += kind == ChangeLog.ADDED ? 1 : -1);
        timers.restored(count[0]);
        if (rows.isFollowed()) {
            changes.begin();
        }
    }

    private void replay(byte kind, long key, int keyLength, long value) {
        long row = slices.findRestored(key, keyLength);
        long known = row != 0 ? SlicedRow.value(row) : findBehind(key, keyLength);
        if (kind == ChangeLog.REMOVED) {
            if (known != 0) {
                remove(row, key, keyLength, times.due(key, known));
            }
        } else if (row != 0) {
            Memory.copyShort(value, known, KeptValue.BYTES);
        } else if (known != 0) {
            behind.replace(key, keyLength, value);
        } else {
            long into = slices.add(key, keyLength, times.groupLength(value), times.due(key, value));
            Memory.copyShort(value, into, KeptValue.BYTES);
        }
    }

    @Override
    public void endEpoch() {
        behind.endEpoch();
    }

    @Override
    public void close() {
        slices.close();
        changes.close();
        timer.close();
        scratch.close();
        behind.close();
    }

    // ---- partners

    @Override
    public Walk walk() {
        return new SliceWalk();
    }

    /** A walk over slices first, and then over what is behind them. */
    private final class SliceWalk implements Walk {
        private final RowSlices.Walk front = slices.walk();
        private final Walk back = behind.walk();
        private boolean inFront;
        private long group;
        private int groupLength;
        private boolean timed;
        private long earliest;
        private long latest;

        @Override
        public boolean seek(long newGroup, int newLength, boolean newTimed, long newEarliest, long newLatest) {
            group = newGroup;
            groupLength = newLength;
            timed = newTimed;
            earliest = newEarliest;
            latest = newLatest;
            inFront = true;
            return settle(slices.rows() > 0 && front.seek(group, groupLength, times.due(earliest), times.due(latest)));
        }

        @Override
        public boolean next() {
            return inFront ? settle(front.next()) : back.next();
        }

        private boolean settle(boolean found) {
            boolean more = found;
            while (more && !isInRange()) {
                more = front.next();
            }
            if (more) {
                return true;
            }
            inFront = false;
            return behind.entries() > 0 && back.seek(group, groupLength, timed, earliest, latest);
        }

        private boolean isInRange() {
            if (!timed) {
                return true;
            }
            long time = KeyBytes.readLong(SlicedRow.key(front.row()) + groupLength);
            return time >= earliest && time <= latest;
        }

        @Override
        public long keyAddress() {
            return inFront ? SlicedRow.key(front.row()) : back.keyAddress();
        }

        @Override
        public int keyLength() {
            return inFront ? SlicedRow.keyLength(front.row()) : back.keyLength();
        }

        @Override
        public long valueAddress() {
            return inFront ? SlicedRow.value(front.row()) : back.valueAddress();
        }
    }
}
