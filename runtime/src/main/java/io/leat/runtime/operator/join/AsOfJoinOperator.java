package io.leat.runtime.operator.join;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.operator.Watermarks;
import io.leat.runtime.pipeline.DataException;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.state.KeyedSections;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.window.Windowing;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Joins each row of the left side with the last row of the right side that has its key and is not later. A row of the left side waits
 * until no row of the right side can come any more that would be later than the last one, and goes on with that; so it is told once.
 *
 * <p>Rows that wait are kept by the time up to which they look ({@code left - from}): those that can be answered are the beginning of
 * the map. Rows of the right side are kept in {@link Versions} as long as a row of the left side may look for them.
 */
public final class AsOfJoinOperator implements Operator {
    private static final int COUNT = 0;
    private static final int PREFIX = 8;
    private static final int WAITING_BYTES = 12;

    private final NodeSpec.StreamJoin spec;
    private final JoinBound.AsOf bound;
    private final Watermarks left;
    private final Watermarks right;
    private final RowBytes leftRow;
    private final int[] keyLeaves;
    private final int timeLeaf;
    private final KeyedState waiting;
    private final KeyedState.Cursor cursor;
    private final Versions versions;
    private final KeyBytes key;
    private final KeyBytes entry;
    private final BytesResult row;
    private final BytesResult value;
    private final Outputs outputs;
    private final JoinOutput out;
    private long forwarded = Windowing.NEVER;

    /** Opens the states of both sides, and closes them. */
    public AsOfJoinOperator(
            NodeSpec.StreamJoin spec,
            KeyedState.Factory states,
            Outputs outputs,
            int batchRows,
            BufferAllocator allocator) {
        this.spec = spec;
        this.bound = (JoinBound.AsOf) spec.bound().orElseThrow();
        this.left = new Watermarks(spec.leftInputs());
        this.right = new Watermarks(spec.inputs().size() - spec.leftInputs());
        this.leftRow = Versions.codec(spec.left());
        this.keyLeaves = Versions.keyLeaves(spec.left());
        this.timeLeaf = spec.left().schema().firstLeaf(spec.left().firstColumn() + bound.left());
        this.waiting = states.open("join-" + spec.id() + "-left");
        this.cursor = waiting.cursor();
        this.versions = new Versions(spec, bound, states, allocator);
        this.key = new KeyBytes(allocator);
        this.entry = new KeyBytes(allocator);
        this.row = new BytesResult(allocator);
        this.value = new BytesResult(allocator);
        this.outputs = outputs;
        this.out = new JoinOutput(spec, leftRow, versions.codec(), outputs, batchRows, allocator);
    }

    // ---- rows
    // ----------------------------------------------------------------------------------------------------------

    @Override
    public void accept(int input, Batch rows) {
        boolean isLeft = input < spec.leftInputs();
        try {
            for (int number = 0; number < rows.rows(); number++) {
                if (isLeft) {
                    acceptLeft(rows, number);
                } else if (!isAnswered()) {
                    versions.add(rows, number);
                }
            }
        } catch (RowError error) {
            throw new DataException(spec.at(), error);
        }
        out.flush();
    }

    private void acceptLeft(Batch rows, int number) {
        row.clear();
        leftRow.pack(rows, number, row);
        if (!Versions.key(rows, number, keyLeaves, key) || rows.column(timeLeaf).isNull(number)) {
            alone(row.address(), 1);
            return;
        }
        long time = rows.column(timeLeaf).getLong(number) + bound.leftShift();
        long latest = time - bound.from();
        if (bound.from() > 0 && latest > time) {
            // Before all times there are.
            alone(row.address(), 1);
        } else if (isFinal(latest)) {
            answer(key.address(), key.length(), latest, row.address(), 1);
        } else {
            await(latest);
        }
    }

    /** Keeps the current row until it can be answered. */
    private void await(long latest) {
        entry.clear();
        entry.appendLong(latest);
        entry.appendRaw(key.address(), key.length());
        entry.appendRaw(row.address(), row.length());
        long times = waiting.get(entry.address(), entry.length(), value) ? Memory.getLong(value.address()) : 0;
        value.clear();
        long room = value.reserve(WAITING_BYTES);
        Memory.putLong(room + COUNT, times + 1);
        Memory.putInt(room + PREFIX, key.length());
        waiting.put(entry.address(), entry.length(), room, WAITING_BYTES);
    }

    private void answer(long prefix, int prefixLength, long latest, long leftAddress, long times) {
        if (versions.find(prefix, prefixLength, latest)) {
            out.pair(leftAddress, versions.found(), times);
        } else {
            alone(leftAddress, times);
        }
    }

    private void alone(long leftAddress, long times) {
        if (spec.kind() == JoinKind.LEFT) {
            out.single(leftAddress, true, times);
        }
    }

    // ---- time
    // ----------------------------------------------------------------------------------------------------------

    /** Whether no row of the right side can come any more that is not after this time. */
    private boolean isFinal(long latest) {
        return right.isEnd() || bound.timed() && latest < right.current();
    }

    /** Whether no row of the left side is left, nor will one come. */
    private boolean isAnswered() {
        return left.isEnd() && waiting.entries() == 0;
    }

    @Override
    public void watermark(int input, long watermark) {
        boolean isLeft = input < spec.leftInputs();
        boolean moved = isLeft ? left.advance(input, watermark) : right.advance(input - spec.leftInputs(), watermark);
        if (!moved) {
            return;
        }
        if (!isLeft) {
            answerWaiting();
        }
        if (isAnswered()) {
            versions.forgetAll();
        } else if (bound.timed()) {
            // Rows of the left side that wait look up to the right side's watermark at least.
            versions.freeBefore(Math.min(Windowing.minus(left.current(), bound.from()), right.current()));
        }
        out.flush();
        long next = forward();
        if (next > forwarded) {
            forwarded = next;
            outputs.watermark(next);
        }
    }

    private void answerWaiting() {
        while (cursor.first()) {
            long latest = KeyBytes.readLong(cursor.keyAddress());
            if (!isFinal(latest)) {
                return;
            }
            entry.clear();
            entry.appendRaw(cursor.keyAddress(), cursor.keyLength());
            long times = Memory.getLong(cursor.valueAddress() + COUNT);
            int prefixLength = Memory.getInt(cursor.valueAddress() + PREFIX);
            cursor.remove();
            long prefix = entry.address() + Long.BYTES;
            answer(prefix, prefixLength, latest, prefix + prefixLength, times);
        }
    }

    /** Rows of the left side keep their event time; those that wait look up to the right side's watermark at least. */
    private long forward() {
        if (bound.timed()) {
            return Math.min(left.current(), Windowing.minus(right.current(), -bound.from()));
        }
        return right.isEnd() ? left.current() : Windowing.NEVER;
    }

    /** How many rows are kept. */
    @Override
    public long entries() {
        return waiting.entries() + versions.entries();
    }

    @Override
    public void save(StateWriter out) {
        waiting.save(out.of("waiting"), KeyedSections.partitionAt(Long.BYTES));
        versions.save(out.of("versions"));
    }

    @Override
    public void restore(StateReader in) {
        waiting.restore(in.of("waiting"));
        versions.restore(in.of("versions"));
    }

    @Override
    public void endEpoch(long epoch) {
        waiting.endEpoch();
        versions.endEpoch();
    }

    @Override
    public boolean isDone() {
        return outputs.isDone();
    }

    @Override
    public void close() {
        out.close();
        key.close();
        entry.close();
        row.close();
        value.close();
        waiting.close();
        versions.close();
    }
}
