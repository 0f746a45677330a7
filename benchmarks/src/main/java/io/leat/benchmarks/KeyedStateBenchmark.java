package io.leat.benchmarks;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.heap.HeapStore;
import io.leat.runtime.state.paged.PagedState;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Rows of 40 bytes under keys as an operator has them (virtual partition, owner, time), in pages, in a {@code TreeMap} of arrays and in a
 * {@code HashMap} of buffers. Calls come in random order; scores are nanoseconds per call, for a scan per entry. All maps give one answer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            Flags.HEAP,
            Flags.UNKNOWN,
            Flags.UNSAFE,
            Flags.NATIVE,
            Flags.NIO,
            Flags.REFERENCES,
            Flags.CHANNELS
        })
public class KeyedStateBenchmark {
    private static final int CALLS = 10_000;
    private static final int SCANNED = 100;
    private static final int KEY_BYTES = 14;
    private static final int VALUE_BYTES = 40;
    /** How many times each owner has. */
    private static final int TIMES = 20;

    @Param({"1000", "100000", "1000000"})
    private int keys;

    private final BufferAllocator allocator = new RootAllocator();
    private final BytesResult found = new BytesResult(allocator);
    private final TreeMap<byte[], byte[]> tree = new TreeMap<>(Arrays::compareUnsigned);
    private final Map<ByteBuffer, byte[]> hash = new HashMap<>();
    /** Keys in the order of calls, outside the heap and on it. */
    private ArrowBuf calls;

    private byte[][] arrays;
    private byte[] value;
    private ArrowBuf valueBytes;
    private PagedState paged;
    private KeyedState.Cursor cursor;
    private int next;

    @Setup
    public void fill() {
        paged = new PagedState(HeapStore::new, allocator, PagedState.PAGE_BYTES, 1L << 30);
        cursor = paged.cursor();
        calls = allocator.buffer((long) keys * KEY_BYTES);
        valueBytes = allocator.buffer(VALUE_BYTES);
        value = new byte[VALUE_BYTES];
        arrays = new byte[keys][];
        for (int i = 0; i < keys; i++) {
            int owner = i / TIMES;
            arrays[i] = ByteBuffer.allocate(KEY_BYTES)
                    .put((byte) (owner * 0x9E37_79B9 >>> 25))
                    .put((byte) 1)
                    .putInt(owner)
                    .putLong(1_780_000_000_000_000L + i % TIMES * 1_000_000L)
                    .array();
        }
        shuffle();
        for (int i = 0; i < keys; i++) {
            Memory.copy(arrays[i], 0, key(i), KEY_BYTES);
            Memory.putLong(valueBytes.memoryAddress(), i);
            byte[] row = Memory.toArray(valueBytes.memoryAddress(), VALUE_BYTES);
            tree.put(arrays[i], row);
            hash.put(ByteBuffer.wrap(arrays[i]), row);
            paged.put(key(i), KEY_BYTES, valueBytes.memoryAddress(), VALUE_BYTES);
        }
        requireEqual();
    }

    private void shuffle() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = keys - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            byte[] key = arrays[i];
            arrays[i] = arrays[other];
            arrays[other] = key;
        }
    }

    private long key(int number) {
        return calls.memoryAddress() + (long) number * KEY_BYTES;
    }

    private static long number(byte[] row) {
        return Memory.getLong(row, 0);
    }

    /** Every entry in order, and every key by itself. */
    private void requireEqual() {
        boolean more = cursor.first();
        for (Map.Entry<byte[], byte[]> entry : tree.entrySet()) {
            if (!more
                    || !Arrays.equals(entry.getKey(), Memory.toArray(cursor.keyAddress(), cursor.keyLength()))
                    || !Arrays.equals(entry.getValue(), Memory.toArray(cursor.valueAddress(), cursor.valueLength()))) {
                throw new IllegalStateException("the pages differ from the tree");
            }
            more = cursor.next();
        }
        for (int i = 0; i < keys; i++) {
            boolean there = paged.get(key(i), KEY_BYTES, found);
            if (!there || Memory.getLong(found.address()) != number(hash.get(ByteBuffer.wrap(arrays[i])))) {
                throw new IllegalStateException("the pages differ from the hash map");
            }
        }
        if (more || paged.entries() != keys || hash.size() != keys) {
            throw new IllegalStateException("the maps have different sizes");
        }
    }

    private int nextKey() {
        next = next + 1 < keys ? next + 1 : 0;
        return next;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public long getPaged() {
        long sum = 0;
        for (int i = 0; i < CALLS; i++) {
            paged.get(key(nextKey()), KEY_BYTES, found);
            sum += Memory.getLong(found.address());
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public long getTree() {
        long sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += number(tree.get(arrays[nextKey()]));
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public long getHash() {
        long sum = 0;
        for (int i = 0; i < CALLS; i++) {
            sum += number(hash.get(ByteBuffer.wrap(arrays[nextKey()])));
        }
        return sum;
    }

    /** A row is copied in, as an operator must that does not own it. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void putPaged() {
        for (int i = 0; i < CALLS; i++) {
            paged.put(key(nextKey()), KEY_BYTES, valueBytes.memoryAddress(), VALUE_BYTES);
        }
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void putTree() {
        for (int i = 0; i < CALLS; i++) {
            tree.put(arrays[nextKey()], value.clone());
        }
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void putHash() {
        for (int i = 0; i < CALLS; i++) {
            hash.put(ByteBuffer.wrap(arrays[nextKey()]), value.clone());
        }
    }

    /** Removes a key and puts it back: two calls. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void replacePaged() {
        for (int i = 0; i < CALLS; i += 2) {
            int number = nextKey();
            paged.remove(key(number), KEY_BYTES);
            paged.put(key(number), KEY_BYTES, valueBytes.memoryAddress(), VALUE_BYTES);
        }
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void replaceTree() {
        for (int i = 0; i < CALLS; i += 2) {
            byte[] key = arrays[nextKey()];
            tree.remove(key);
            tree.put(key.clone(), value.clone());
        }
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void replaceHash() {
        for (int i = 0; i < CALLS; i += 2) {
            byte[] key = arrays[nextKey()];
            hash.remove(ByteBuffer.wrap(key));
            hash.put(ByteBuffer.wrap(key.clone()), value.clone());
        }
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public long scanPaged() {
        long sum = 0;
        for (int i = 0; i < CALLS; i += SCANNED) {
            boolean more = cursor.seek(key(nextKey()), KEY_BYTES);
            for (int step = 0; step < SCANNED && more; step++) {
                sum += Memory.getLong(cursor.valueAddress());
                more = cursor.next();
            }
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public long scanTree() {
        long sum = 0;
        for (int i = 0; i < CALLS; i += SCANNED) {
            int step = 0;
            for (byte[] row : tree.tailMap(arrays[nextKey()]).values()) {
                sum += number(row);
                if (++step == SCANNED) {
                    break;
                }
            }
        }
        return sum;
    }

    @TearDown
    public void close() {
        if (paged.entries() != keys) {
            throw new IllegalStateException("a key was lost");
        }
        paged.close();
        found.close();
        calls.close();
        valueBytes.close();
        allocator.close();
    }
}
