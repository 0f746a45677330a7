package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.Pauses;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.KeyBytes;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.type.Schema;
import io.leat.runtime.window.Windowing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Sums up the changes of an epoch, or of a longer time, and tells at its end what is left of them, key by key in the order in which keys
 * were touched: a row that goes, {@code -U}, and the one that takes its place, {@code +U}, next to each other in one batch; otherwise {@code -D} or
 * {@code +I}. What came and went in between is not told at all. Where rows say when they are final, those that are are told at once.
 *
 * <p>Changes that take too much room are told before the end, except for rows that go: their correction may still come.
 */
final class NetChanges implements ChangeForm {
    static final long MAX_BYTES = 64L << 20;
    /** What an entry takes beside its bytes, about. */
    private static final int ENTRY_BYTES = 200;

    private final RowBytes form;
    private final int[] keyLeaves;
    private final KeyBytes key;
    private final BytesResult row;
    private final Batch out;
    private final long maxBytes;
    /** The leaf that says when a row is final; -1 if none does. */
    private final int endLeaf;

    private final long toEnd;
    /** By the time from which rows are final the weight of each row, by the key of the row. */
    private final TreeMap<Long, Map<ByteBuffer, Map<ByteBuffer, Long>>> touched = new TreeMap<>();

    private long bytes;

    /**
     * @param weighted the columns that come, the weight first
     * @param schema the columns that go, {@code op} first
     * @param identity which of the columns behind the first tell rows apart; empty if none do, so that a row is its own key
     */
    NetChanges(
            Schema weighted,
            Schema schema,
            Optional<List<Integer>> identity,
            Pauses pauses,
            int batchRows,
            BufferAllocator allocator) {
        this(weighted, schema, identity, pauses, batchRows, MAX_BYTES, allocator);
    }

    NetChanges(
            Schema weighted,
            Schema schema,
            Optional<List<Integer>> identity,
            Pauses pauses,
            int batchRows,
            long maxBytes,
            BufferAllocator allocator) {
        this.form = RowBytes.ofColumns(weighted, 1, weighted.size() - 1);
        this.keyLeaves = identity.isEmpty()
                ? IntStream.range(1, weighted.leaves().size()).toArray()
                : identity.get().stream()
                        .flatMapToInt(column ->
                                IntStream.range(weighted.firstLeaf(1 + column), weighted.firstLeaf(2 + column)))
                        .toArray();
        this.maxBytes = maxBytes;
        this.endLeaf = pauses.endColumn() < 0 ? -1 : weighted.firstLeaf(1 + pauses.endColumn());
        this.toEnd = pauses.toEndMicros();
        this.key = new KeyBytes(allocator);
        this.row = new BytesResult(allocator);
        // A row and the one that takes its place fit in.
        this.out = new Batch(schema, Math.max(2, batchRows), allocator);
    }

    @Override
    public void convert(Batch rows, Consumer<Batch> receiver) {
        for (int number = 0; number < rows.rows(); number++) {
            key.clear();
            key.append(rows, keyLeaves, number);
            row.clear();
            form.pack(rows, number, row);
            long end = endLeaf < 0 ? Windowing.END : rows.column(endLeaf).getLong(number) + toEnd;
            add(end, rows.column(0).getLong(number));
        }
        if (bytes > maxBytes) {
            tell(touched, receiver, false);
        }
    }

    private void add(long end, long weight) {
        ByteBuffer of = copy(key.address(), key.length());
        Map<ByteBuffer, Long> weights = touched.computeIfAbsent(end, each -> new LinkedHashMap<>())
                .computeIfAbsent(of, each -> new LinkedHashMap<>());
        weights.merge(copy(row.address(), row.length()), weight, (old, more) -> old + more == 0 ? null : old + more);
        bytes += key.length() + row.length() + ENTRY_BYTES;
    }

    private static ByteBuffer copy(long address, int length) {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return ByteBuffer.wrap(bytes);
    }

    @Override
    public void passed(long watermark, Consumer<Batch> receiver) {
        if (endLeaf >= 0) {
            tell(touched.headMap(watermark, true), receiver, true);
        }
    }

    @Override
    public void flush(Consumer<Batch> receiver) {
        tell(touched, receiver, true);
    }

    /**
     * @param all whether also rows that go and have nothing in their place
     */
    private void tell(
            SortedMap<Long, Map<ByteBuffer, Map<ByteBuffer, Long>>> which, Consumer<Batch> receiver, boolean all) {
        for (Map<ByteBuffer, Map<ByteBuffer, Long>> ofEnd : which.values()) {
            Iterator<Map<ByteBuffer, Long>> keys = ofEnd.values().iterator();
            while (keys.hasNext()) {
                Map<ByteBuffer, Long> weights = keys.next();
                if (all || weights.values().stream().anyMatch(weight -> weight > 0)) {
                    tell(weights, receiver);
                    keys.remove();
                }
            }
        }
        which.values().removeIf(Map::isEmpty);
        send(receiver);
        // About as much as what is left takes: only its rows that go, if there was too much of all.
        bytes = touched.values().stream().mapToLong(Map::size).sum() * ENTRY_BYTES;
    }

    private void tell(Map<ByteBuffer, Long> weights, Consumer<Batch> receiver) {
        List<ByteBuffer> gone = new ArrayList<>();
        List<ByteBuffer> come = new ArrayList<>();
        weights.forEach((bytesOfRow, weight) -> {
            for (long i = Math.abs(weight); i > 0; i--) {
                (weight < 0 ? gone : come).add(bytesOfRow);
            }
        });
        int pairs = Math.min(gone.size(), come.size());
        for (int i = 0; i < pairs; i++) {
            makeRoom(2, receiver);
            put("-U", gone.get(i));
            put("+U", come.get(i));
        }
        for (ByteBuffer each : gone.subList(pairs, gone.size())) {
            makeRoom(1, receiver);
            put("-D", each);
        }
        for (ByteBuffer each : come.subList(pairs, come.size())) {
            makeRoom(1, receiver);
            put("+I", each);
        }
    }

    private void makeRoom(int rows, Consumer<Batch> receiver) {
        if (out.rows() + rows > out.capacity()) {
            send(receiver);
        }
    }

    private void put(String kind, ByteBuffer packed) {
        int to = out.rows();
        out.column(0).putText(to, kind);
        row.clear();
        row.append(packed.array());
        form.unpack(row.address(), out, 1, to);
        out.rows(to + 1);
    }

    private void send(Consumer<Batch> receiver) {
        if (!out.isEmpty()) {
            receiver.accept(out);
            out.reset();
        }
    }

    @Override
    public void save(StateWriter out) {
        SectionWriter whole = out.whole();
        touched.forEach((end, keys) -> keys.forEach((of, weights) -> {
            whole.entry();
            whole.putLong(end);
            whole.putBytes(of.array(), of.capacity());
            whole.putInt(weights.size());
            weights.forEach((packed, weight) -> {
                whole.putBytes(packed.array(), packed.capacity());
                whole.putLong(weight);
            });
        }));
    }

    @Override
    public void restore(StateReader in) {
        in.whole(whole -> {
            while (whole.next()) {
                Map<ByteBuffer, Map<ByteBuffer, Long>> keys =
                        touched.computeIfAbsent(whole.getLong(), each -> new LinkedHashMap<>());
                Map<ByteBuffer, Long> weights =
                        keys.computeIfAbsent(ByteBuffer.wrap(whole.getBytes()), each -> new LinkedHashMap<>());
                for (int left = whole.getInt(); left > 0; left--) {
                    byte[] packed = whole.getBytes();
                    weights.put(ByteBuffer.wrap(packed), whole.getLong());
                    bytes += packed.length + ENTRY_BYTES;
                }
            }
        });
    }

    @Override
    public void close() {
        out.close();
        key.close();
        row.close();
    }
}
