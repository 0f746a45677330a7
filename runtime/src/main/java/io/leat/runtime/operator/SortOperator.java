package io.leat.runtime.operator;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.state.ByteArena;
import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Keeps all rows and emits them in order when the input has ended; with a limit, only the rows that can still be among the first.
 * Rows with equal keys stay in the order in which they came.
 */
public final class SortOperator implements Operator {
    /** With a limit, rows are thinned out when this many times the limit, and at least {@link #MIN_KEPT}, are there. */
    private static final int SLACK = 4;

    private static final int MIN_KEPT = 1 << 14;

    private final NodeSpec.Sort spec;
    private final SortKeys keys;
    private final Watermarks watermarks;
    private final Outputs outputs;
    private final BufferAllocator allocator;
    private final int batchRows;
    private final ByteArena arena;
    private final KeyBytes key;
    private final List<Batch> batches = new ArrayList<>();
    private Batch last;
    private long[] places = new long[64];
    private int[] keyPlaces = new int[64];
    private int[] keyLengths = new int[64];
    private int count;

    /** Memory for what it gathers comes from the allocator. */
    public SortOperator(NodeSpec.Sort spec, Outputs outputs, int batchRows, BufferAllocator allocator) {
        this.spec = spec;
        this.keys = new SortKeys(spec.schema(), spec.keys());
        this.watermarks = new Watermarks(spec.inputs().size());
        this.outputs = outputs;
        this.allocator = allocator;
        this.batchRows = batchRows;
        this.arena = new ByteArena(allocator);
        this.key = new KeyBytes(allocator);
    }

    @Override
    public void accept(int input, Batch rows) {
        for (int row = 0; row < rows.rows(); row++) {
            add(rows, row);
        }
        long kept = spec.limit() < 0 ? Long.MAX_VALUE : spec.limit() + spec.offset();
        if (count > MIN_KEPT && count / SLACK > kept) {
            keep(sorted(), (int) kept);
        }
    }

    private void add(Batch rows, int row) {
        if (last == null || last.isFull()) {
            last = new Batch(spec.schema(), batchRows, allocator);
            batches.add(last);
        }
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
            keyPlaces = Arrays.copyOf(keyPlaces, 2 * count);
            keyLengths = Arrays.copyOf(keyLengths, 2 * count);
        }
        key.clear();
        keys.append(rows, row, key);
        places[count] = (long) (batches.size() - 1) << 32 | last.rows();
        keyPlaces[count] = arena.add(key.address(), key.length());
        keyLengths[count] = key.length();
        count++;
        last.append(rows, row);
    }

    private Integer[] sorted() {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order,
                (left, right) -> Memory.compare(
                        arena.address(keyPlaces[left]),
                        keyLengths[left],
                        arena.address(keyPlaces[right]),
                        keyLengths[right]));
        return order;
    }

    /** Forgets all but the first rows. */
    private void keep(Integer[] order, int rows) {
        List<Batch> old = new ArrayList<>(batches);
        long[] oldPlaces = places.clone();
        batches.clear();
        last = null;
        arena.clear();
        count = 0;
        for (int i = 0; i < rows; i++) {
            long place = oldPlaces[order[i]];
            add(old.get((int) (place >>> 32)), (int) place);
        }
        old.forEach(Batch::close);
    }

    @Override
    public void watermark(int input, long watermark) {
        if (!watermarks.advance(input, watermark)) {
            return;
        }
        if (watermarks.isEnd()) {
            emit();
        }
        outputs.watermark(watermarks.current());
    }

    private void emit() {
        Integer[] order = sorted();
        long end = spec.limit() < 0 ? count : Math.min(count, spec.offset() + spec.limit());
        try (Batch out = new Batch(spec.schema(), batchRows, allocator)) {
            for (long i = spec.offset(); i < end; i++) {
                long place = places[order[(int) i]];
                out.append(batches.get((int) (place >>> 32)), (int) place);
                if (out.isFull()) {
                    outputs.flush(out);
                }
            }
            outputs.flush(out);
        }
        keep(order, 0);
    }

    @Override
    public void save(StateWriter out) {
        SectionWriter rows = out.whole();
        RowBytes form = RowBytes.ofColumns(spec.schema(), 0, spec.schema().size());
        try (BytesResult row = new BytesResult(allocator)) {
            for (int i = 0; i < count; i++) {
                row.clear();
                form.pack(batches.get((int) (places[i] >>> 32)), (int) places[i], row);
                rows.entry();
                rows.putBytes(row.address(), row.length());
            }
        }
    }

    @Override
    public void restore(StateReader in) {
        RowBytes form = RowBytes.ofColumns(spec.schema(), 0, spec.schema().size());
        try (BytesResult row = new BytesResult(allocator);
                Batch batch = new Batch(spec.schema(), 1, allocator)) {
            in.whole(rows -> {
                while (rows.next()) {
                    rows.getBytes(row);
                    batch.reset();
                    form.unpack(row.address(), batch, 0, 0);
                    batch.rows(1);
                    add(batch, 0);
                }
            });
        }
    }

    @Override
    public void endEpoch(long epoch) {
        // Rows wait for the end.
    }

    @Override
    public boolean isDone() {
        return outputs.isDone();
    }

    @Override
    public void close() {
        batches.forEach(Batch::close);
        batches.clear();
        arena.close();
        key.close();
    }
}
