package io.leat.compiler.corpus;

import io.leat.runtime.platform.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The clock of a case that says when it goes on: it stands still until every partition waits for a moment or has ended, and then is
 * set to the first of these. Rows behind a moment are read when all workers are in an epoch that has it. Safe from any thread.
 */
final class CaseClock implements Clock {
    private static final long JUMP_NANOS = 2_000_000_000L;

    /** The moment that a partition waits for; nothing for one that is read. */
    private final Map<String, Long> waiting = new HashMap<>();

    private final Set<String> reading = new HashSet<>();
    private final Set<String> all;
    private long micros = TestEngine.NOW_MICROS;
    /** The time of the last epoch, and of the one before. */
    private long told = Long.MIN_VALUE;

    private long toldBefore = Long.MIN_VALUE;
    private long jumped;

    /**
     * @param partitions all that are read by this clock
     */
    CaseClock(Collection<String> partitions) {
        all = Set.copyOf(partitions);
        reading.addAll(all);
    }

    boolean knows(String partition) {
        return all.contains(partition);
    }

    /** Asked when an epoch begins; then no worker is further behind than in the one before. */
    @Override
    public synchronized long wallMicros() {
        toldBefore = told;
        told = micros;
        return micros;
    }

    /** Epochs are over as soon as there is nothing to do but wait. */
    @Override
    public synchronized long nanos() {
        return System.nanoTime() + jumped;
    }

    /** Whether what stands behind a moment is read now. */
    synchronized boolean reaches(String partition, long moment) {
        if (toldBefore >= moment) {
            waiting.remove(partition);
            reading.add(partition);
            return true;
        }
        waiting.put(partition, moment);
        reading.remove(partition);
        goOn();
        return false;
    }

    /** Nothing more comes of a partition. */
    synchronized void ended(String partition) {
        waiting.remove(partition);
        reading.remove(partition);
        goOn();
    }

    private void goOn() {
        if (reading.isEmpty() && !waiting.isEmpty()) {
            micros = Math.max(
                    micros, waiting.values().stream().min(Long::compare).orElseThrow());
            jumped += JUMP_NANOS;
        }
    }
}
