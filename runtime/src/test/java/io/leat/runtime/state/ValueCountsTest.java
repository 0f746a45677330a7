package io.leat.runtime.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.leat.runtime.kernel.Hashing;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.heap.HeapState;
import io.leat.runtime.state.heap.HeapStore;
import io.leat.runtime.state.paged.PagedState;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.TreeMap;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** Counts of values take room for values that are there, and for no others. */
class ValueCountsTest {
    private static final int GROUPS = 5;

    @Test
    void keepsTheValuesThatAreThereInATree() {
        try (BufferAllocator allocator = new RootAllocator()) {
            keepsTheValuesThatAreThere(new HeapState(allocator), allocator);
        }
    }

    @Test
    void keepsTheValuesThatAreThereOnPages() {
        try (BufferAllocator allocator = new RootAllocator()) {
            keepsTheValuesThatAreThere(new PagedState(HeapStore::new, allocator, 256, 512), allocator);
        }
    }

    private static void keepsTheValuesThatAreThere(KeyedState state, BufferAllocator allocator) {
        Random random = new Random(1);
        // Per group and set, how often each value is there.
        TreeMap<String, TreeMap<Long, Long>> model = new TreeMap<>();
        try (ValueCounts counts = new ValueCounts(state, allocator);
                TextCounts groups = new TextCounts(allocator)) {
            for (int step = 0; step < 5_000; step++) {
                int group = random.nextInt(GROUPS);
                int set = random.nextInt(2);
                TreeMap<Long, Long> values = model.computeIfAbsent(group + "/" + set, key -> new TreeMap<>());
                counts.of(groups, entry(groups, group, allocator), set);
                if (values.size() > 6 || !values.isEmpty() && random.nextInt(2) == 0) {
                    Long gone = values.keySet().stream()
                            .skip(random.nextInt(values.size()))
                            .findFirst()
                            .orElseThrow();
                    boolean last = values.merge(gone, -1L, Long::sum) == 0;
                    values.remove(gone, 0L);
                    assertEquals(last ? -1 : 0, counts.change(-1, gone));
                } else {
                    long value = random.nextInt(10) - 5;
                    assertEquals(values.containsKey(value) ? 0 : 1, counts.change(2, value));
                    values.merge(value, 2L, Long::sum);
                }
                assertEquals(!values.isEmpty(), counts.first());
                if (!values.isEmpty()) {
                    assertEquals(values.firstKey(), counts.longValue());
                    counts.last();
                    assertEquals(values.lastKey(), counts.longValue());
                }
                long kept = model.values().stream().mapToLong(TreeMap::size).sum();
                assertEquals(kept, counts.entries(), "after step " + step);
            }
            counts.clear();
            assertEquals(0, counts.entries());
        }
    }

    @Test
    void aValueThatIsNotThereCannotLeave() {
        try (BufferAllocator allocator = new RootAllocator();
                ValueCounts counts = new ValueCounts(new HeapState(allocator), allocator);
                TextCounts groups = new TextCounts(allocator)) {
            counts.of(groups, entry(groups, 1, allocator), 0);
            assertThrows(IllegalStateException.class, () -> counts.change(-1, 7L));
        }
    }

    private static long entry(TextCounts groups, int group, BufferAllocator allocator) {
        byte[] key = ("group " + group).getBytes(StandardCharsets.UTF_8);
        try (ArrowBuf scratch = allocator.buffer(key.length)) {
            Memory.copy(key, 0, scratch.memoryAddress(), key.length);
            long hash = Hashing.hashBytes(scratch.memoryAddress(), key.length);
            return groups.find(hash, scratch.memoryAddress(), key.length);
        }
    }
}
