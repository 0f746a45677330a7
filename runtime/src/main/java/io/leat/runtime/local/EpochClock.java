package io.leat.runtime.local;

import io.leat.runtime.platform.Clock;
import java.util.Map;
import java.util.function.Supplier;

/** Counts epochs by the clock, and says what time an epoch has: the same for whoever asks, and never before that of an earlier one. */
final class EpochClock {
    private final Clock clock;
    private final Supplier<Map<Integer, RefreshedTable.Version>> tables;
    private final long startNanos;
    private final long epochNanos;
    private Epoch latest = new Epoch(-1, Long.MIN_VALUE);

    /**
     * An epoch.
     *
     * @param number from 0; there may be gaps
     * @param wallMicros its clock value, one for all of it
     * @param tables the versions of refreshed tables that it sees, by the node that builds them
     */
    record Epoch(long number, long wallMicros, Map<Integer, RefreshedTable.Version> tables) {
        Epoch(long number, long wallMicros) {
            this(number, wallMicros, Map.of());
        }
    }

    EpochClock(Clock clock, long epochNanos) {
        this(clock, epochNanos, Map::of);
    }

    /**
     * @param tables which versions of refreshed tables there are
     */
    EpochClock(Clock clock, long epochNanos, Supplier<Map<Integer, RefreshedTable.Version>> tables) {
        this.tables = tables;
        this.clock = clock;
        this.startNanos = clock.nanos();
        this.epochNanos = epochNanos;
    }

    /** The number of the epoch that is running. */
    long current() {
        return (clock.nanos() - startNanos) / epochNanos;
    }

    /** The epoch that is running. */
    synchronized Epoch epoch() {
        long running = current();
        if (running > latest.number()) {
            latest = new Epoch(running, Math.max(latest.wallMicros(), clock.wallMicros()), tables.get());
        }
        return latest;
    }
}
