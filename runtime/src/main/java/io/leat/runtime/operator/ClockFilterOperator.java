package io.leat.runtime.operator;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.pipeline.DataException;
import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.state.KeyedSections;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.window.Windowing;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Tells rows while a condition on the clock holds: from a moment of each on, and until another one, when it takes them back. Rows that
 * are still to come wait by the moment at which they do, and rows that are there are kept by the moment at which they go, so that what
 * is due when an epoch begins is the beginning of either. A row that never goes is told and not kept; one that is over when it comes,
 * or before it would be there, is neither.
 *
 * <p>When all input has ended the clock means nothing any more: rows that are there stay, those that wait never come.
 */
public final class ClockFilterOperator implements ClockedOperator {
    private static final long NEVER = Long.MAX_VALUE;

    private final NodeSpec.ClockFilter spec;
    private final int firstMoment;
    private final int hashLeaf;
    private final RowBytes codec;
    private final KeyedState waiting;
    private final KeyedState present;
    private final KeyedState.Cursor waitingCursor;
    private final KeyedState.Cursor presentCursor;
    private final KeyBytes key;
    private final BytesResult row;
    private final Watermarks watermarks;
    private final Outputs outputs;
    private final Batch out;
    private long now = Windowing.NEVER;

    public ClockFilterOperator(
            NodeSpec.ClockFilter spec,
            KeyedState.Factory states,
            Outputs outputs,
            int batchRows,
            BufferAllocator allocator) {
        this.spec = spec;
        this.firstMoment = spec.weighted() ? 1 : 0;
        int firstColumn = firstMoment + spec.from().size() + spec.until().size() + spec.keys();
        int columns = spec.schema().fields().size() - 1 - firstColumn;
        this.hashLeaf = spec.schema().firstLeaf(firstColumn + columns);
        this.codec = RowBytes.ofColumns(spec.schema(), firstColumn, columns);
        this.waiting = states.open("clock-filter-" + spec.id() + "-waiting");
        this.present = states.open("clock-filter-" + spec.id() + "-present");
        this.waitingCursor = waiting.cursor();
        this.presentCursor = present.cursor();
        this.key = new KeyBytes(allocator);
        this.row = new BytesResult(allocator);
        this.watermarks = new Watermarks(spec.inputs().size());
        this.outputs = outputs;
        this.out = new Batch(spec.output(), batchRows, allocator);
    }

    @Override
    public void now(long wallMicros) {
        now = wallMicros;
        take();
        bring();
        outputs.flush(out);
    }

    /** Takes back what is over. */
    private void take() {
        while (presentCursor.first() && KeyBytes.readLong(presentCursor.keyAddress()) <= now) {
            row.clear();
            row.append(presentCursor.keyAddress(), presentCursor.keyLength());
            long times = Memory.getLong(presentCursor.valueAddress());
            presentCursor.remove();
            tell(row.address() + Long.BYTES + 1, -times);
        }
    }

    /** Tells what has waited and is there now. */
    private void bring() {
        while (waitingCursor.first() && KeyBytes.readLong(waitingCursor.keyAddress()) <= now) {
            row.clear();
            row.append(waitingCursor.keyAddress() + Long.BYTES, waitingCursor.keyLength() - Long.BYTES);
            long times = Memory.getLong(waitingCursor.valueAddress());
            waitingCursor.remove();
            long until = KeyBytes.readLong(row.address() + 1);
            if (until > now) {
                long packed = row.address() + 1 + Long.BYTES;
                int length = row.length() - 1 - Long.BYTES;
                tell(packed, times);
                key.clear();
                key.appendLong(until);
                key.appendRaw(row.address(), 1);
                key.appendRaw(packed, length);
                keep(present, until, times);
            }
        }
    }

    @Override
    public void accept(int input, Batch rows) {
        for (int number = 0; number < rows.rows(); number++) {
            long until = NEVER;
            for (int i = 0; i < spec.until().size(); i++) {
                until = Math.min(
                        until,
                        moment(
                                rows,
                                number,
                                spec.from().size() + i,
                                spec.until().get(i)));
            }
            long from = Long.MIN_VALUE;
            for (int i = 0; i < spec.from().size(); i++) {
                from = Math.max(from, moment(rows, number, i, spec.from().get(i)));
            }
            if (until <= now || until <= from) {
                continue;
            }
            long times = spec.weighted() ? rows.column(0).getLong(number) : 1;
            row.clear();
            codec.pack(rows, number, row);
            key.partition(rows.column(hashLeaf).getLong(number));
            byte partition = Memory.getByte(key.address());
            key.clear();
            if (from > now) {
                key.appendLong(from);
                key.appendByte(partition);
                key.appendLong(until);
                key.appendRaw(row.address(), row.length());
                keep(waiting, from, times);
            } else {
                key.appendLong(until);
                key.appendByte(partition);
                key.appendRaw(row.address(), row.length());
                keep(present, until, times);
                tell(row.address(), times);
            }
        }
        outputs.flush(out);
    }

    private long moment(Batch rows, int number, int rank, long shift) {
        long time = rows.column(firstMoment + rank).getLong(number);
        return Windowing.minus(time, -shift);
    }

    private void keep(KeyedState state, long moment, long times) {
        if (moment == NEVER) {
            return;
        }
        try {
            if (state.add(key.address(), key.length(), times) < 0) {
                throw new IllegalStateException("a row was taken back more often than it came");
            }
        } catch (RowError error) {
            throw new DataException(spec.at(), error);
        }
    }

    private void tell(long packed, long times) {
        int number = out.rows();
        out.column(0).putLong(number, times);
        codec.unpack(packed, out, 1, number);
        out.rows(number + 1);
        if (out.isFull()) {
            outputs.flush(out);
        }
    }

    @Override
    public void watermark(int input, long watermark) {
        if (!watermarks.advance(input, watermark) || !watermarks.isEnd()) {
            return;
        }
        waiting.removePrefix(row.address(), 0);
        present.removePrefix(row.address(), 0);
        outputs.watermark(watermarks.current());
    }

    /** How many different rows wait or are there. */
    @Override
    public long entries() {
        return waiting.entries() + present.entries();
    }

    @Override
    public void save(StateWriter out) {
        waiting.save(out.of("waiting"), KeyedSections.partitionAt(Long.BYTES));
        present.save(out.of("present"), KeyedSections.partitionAt(Long.BYTES));
        SectionWriter clock = out.whole();
        clock.entry();
        clock.putLong(now);
    }

    @Override
    public void restore(StateReader in) {
        waiting.restore(in.of("waiting"));
        present.restore(in.of("present"));
        // What another operator takes back when the next epoch begins may have left before.
        in.wholeOfAll(clock -> {
            clock.next();
            now = Math.max(now, clock.getLong());
        });
    }

    @Override
    public void endEpoch(long epoch) {
        waiting.endEpoch();
        present.endEpoch();
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
        waiting.close();
        present.close();
    }
}
