package io.leat.runtime.connector.file;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many files of a source stay open between polls. A file beyond the limit is opened for each poll anew. Safe from any thread:
 * readers of several threads share one.
 */
final class OpenFiles {
    /** Well below what a process may open by default, since it is not the only user of files in the process. */
    static final int LIMIT = 200;

    private final AtomicInteger open = new AtomicInteger();

    /** Whether one more may stay open; then it must be released. */
    boolean tryAcquire() {
        if (open.incrementAndGet() <= LIMIT) {
            return true;
        }
        open.decrementAndGet();
        return false;
    }

    void release() {
        open.decrementAndGet();
    }
}
