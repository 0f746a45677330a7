package io.leat.compiler.engine;

import com.sun.management.ThreadMXBean;
import io.leat.runtime.platform.Clock;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A clock that notes how many bytes each thread that looks at it has allocated. Workers do so at every step, also at their last. */
final class AllocationClock implements Clock {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Map<Long, Long> allocated = new ConcurrentHashMap<>();

    @Override
    public long wallMicros() {
        return 1_780_315_200_000_000L;
    }

    @Override
    public long nanos() {
        allocated.put(Thread.currentThread().getId(), THREADS.getCurrentThreadAllocatedBytes());
        return 0;
    }

    /** Bytes on the heap, of all threads but the one that asks. */
    long bytes() {
        long own = Thread.currentThread().getId();
        return allocated.entrySet().stream()
                .filter(each -> each.getKey() != own)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
