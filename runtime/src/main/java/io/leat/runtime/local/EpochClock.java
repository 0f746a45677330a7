package io.leat.runtime.local;

import io.leat.runtime.platform.Clock;

/**
 * Counts epochs by the clock, and says what time an epoch has: one value for all of it, never before that of the epoch before. Safe
 * from any thread.
 */
final class EpochClock {
    private final Clock clock;
    private final long startNanos;
    private final long epochNanos;
    private long epoch = -1;
    private long wallMicros;

    EpochClock(Clock clock, long epochNanos) {
        this.clock = clock;
        this.startNanos = clock.nanos();
        this.epochNanos = epochNanos;
    }

    /** The number of the epoch that is running, from 0. */
    long current() {
        return (clock.nanos() - startNanos) / epochNanos;
    }

    /** The clock value of the epoch that is running. */
    synchronized long wallMicros() {
        long running = current();
        if (running != epoch) {
            epoch = running;
            wallMicros = Math.max(wallMicros, clock.wallMicros());
        }
        return wallMicros;
    }
}
