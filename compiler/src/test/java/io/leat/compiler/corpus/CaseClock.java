package io.leat.compiler.corpus;

import io.leat.runtime.platform.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The clock of a case that says when it goes on: it stands still until every partition waits for a moment or has ended, and then is
 * set to the first of these. Rows behind a moment are read when all workers are in an epoch that has it. Safe from any thread.
 *
 * <p>A partition is silent while it waits for a later moment than others, for as long as lies between their moments: that time passes when
 * the first of them is read on. And before the clock goes on each of those that wait is asked again, so that it has done what silence makes
 * it do.
 */
final class CaseClock implements Clock {
    /** How long epochs of a case are at most, so that some of them do not make anybody silent. */
    static final int EPOCH_MILLIS = 10;

    private static final long JUMP_NANOS = TimeUnit.MILLISECONDS.toNanos(2 * EPOCH_MILLIS);
    private static final int ASKED_OFTEN = 2;

    /** The moment that a partition waits for; nothing for one that is read. */
    private final Map<String, Long> waiting = new HashMap<>();
    /** How often each was asked since the last row was read. */
    private final Map<String, Integer> asked = new HashMap<>();

    private final Set<String> reading = new HashSet<>();
    private final Set<String> all;
    private long micros = TestEngine.NOW_MICROS;
    /** The moment of the rows that were read last. */
    private long reached = micros;
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
            asked.clear();
            jumped += TimeUnit.MICROSECONDS.toNanos(Math.max(0, moment - reached));
            reached = Math.max(reached, moment);
            return true;
        }
        waiting.put(partition, moment);
        reading.remove(partition);
        if (reading.isEmpty()) {
            asked.merge(partition, 1, Integer::sum);
            goOn();
        }
        return false;
    }

    /** Nothing more comes of a partition. */
    synchronized void ended(String partition) {
        waiting.remove(partition);
        reading.remove(partition);
    }

    private void goOn() {
        if (waiting.keySet().stream().allMatch(each -> asked.getOrDefault(each, 0) >= ASKED_OFTEN)) {
            micros = Math.max(
                    micros, waiting.values().stream().min(Long::compare).orElseThrow());
            jumped += JUMP_NANOS;
        }
    }
}
