package io.leat.runtime.local;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The records of the epochs that ended. Kept in memory, the last one of each worker: whoever wants them to outlive the process writes them
 * down here. Safe from any thread.
 */
final class EpochLog {
    private final Map<Integer, EpochRecord> last = new TreeMap<>();

    /** An epoch of a worker ended: its rows were handed on, and its state is in the store. */
    synchronized void ended(EpochRecord record) {
        last.put(record.worker(), record);
    }

    /** The last one of each worker, by number of the worker. */
    synchronized List<EpochRecord> last() {
        return List.copyOf(last.values());
    }
}
