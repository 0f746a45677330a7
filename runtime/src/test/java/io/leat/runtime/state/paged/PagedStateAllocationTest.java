package io.leat.runtime.state.paged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.heap.HeapStore;
import java.lang.management.ManagementFactory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A state that slides: entries come, are read, walked over, counted and removed again, and pages with them. Nothing stays on the heap. */
class PagedStateAllocationTest {
    private static final int CALLS = 200_000;
    private static final int KEPT = 20_000;
    /** An object for every sixteenth call would be more. */
    private static final long TOLERATED = CALLS;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final BufferAllocator allocator = new RootAllocator();
    private final BytesResult found = new BytesResult(allocator);
    private final ArrowBuf scratch = allocator.buffer(256);
    private final long key = scratch.memoryAddress();
    private final long value = key + 64;
    private int written;

    @AfterEach
    void close() {
        found.close();
        scratch.close();
        allocator.close();
    }

    /** A key of 16 bytes that ascends for each of some owners. */
    private void key(int number) {
        Memory.putLong(key, Long.reverseBytes(number * 7_919L % 1_000));
        Memory.putLong(key + 8, Long.reverseBytes(number));
    }

    private long slide(KeyedState state, KeyedState.Cursor cursor) {
        long sum = 0;
        for (int i = 0; i < CALLS; i++, written++) {
            key(written);
            state.put(key, 16, value, 8 + written % 5);
            key(written - KEPT);
            state.remove(key, 16);
            key(written - KEPT / 2);
            sum += state.get(key, 16, found) ? found.length() : 0;
            sum += cursor.seek(key, 16) ? cursor.valueLength() : 0;
            sum += cursor.next() ? cursor.valueLength() : 0;
            sum += cursor.previous() ? 1 : 0;
            key(written % 100 - 1_000_000);
            sum += state.add(key, 16, written % 3 - 1);
            if (i % 1_000 == 0) {
                key(written - KEPT);
                sum += cursor.seekLast(key, 7) ? 1 : 0;
                state.removeRange(key, 16, key, 8);
            }
        }
        return sum;
    }

    @Test
    void nothingIsAllocatedPerCall() {
        try (PagedState state = new PagedState(HeapStore::new, allocator, PagedState.PAGE_BYTES, 1 << 30)) {
            KeyedState.Cursor cursor = state.cursor();
            slide(state, cursor);
            slide(state, cursor);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long sum = slide(state, cursor);
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertTrue(sum > CALLS);
            assertTrue(allocated < TOLERATED, () -> allocated + " bytes in " + CALLS + " rounds");
            assertTrue(state.entries() >= KEPT && state.entries() <= KEPT + 200, state.entries() + " entries");
            assertEquals(false, state.usesStore());
        }
    }
}
