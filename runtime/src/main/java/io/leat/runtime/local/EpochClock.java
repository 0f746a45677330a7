package io.leat.runtime.local;

import io.leat.runtime.platform.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Says when an epoch ends, for all workers of a job, and what time it has: the same for whoever asks, and never before that of an
 * earlier one.
 *
 * <p>Epochs have numbers without gaps. An epoch ends when its time is over and every worker has begun it, so that workers are never
 * further apart than one epoch. Safe from any thread.
 */
final class EpochClock {
    private static final long NEVER = Long.MAX_VALUE;

    private final Clock clock;
    private final Supplier<Map<Integer, RefreshedTable.Version>> tables;
    private final long epochNanos;
    private Epoch running = new Epoch(-1, Long.MIN_VALUE);
    private long startNanos;
    private int workers;
    private boolean stands;
    /** How many workers have begun the running epoch. */
    private int begun;

    private volatile long over = -1;
    private volatile long last = NEVER;
    private volatile boolean stopping;
    private volatile boolean stopAtEach;

    /**
     * An epoch.
     *
     * @param number from 0
     * @param wallMicros its clock value, one for all of it
     * @param tables the versions of refreshed tables that it sees, by the node that builds them
     */
    record Epoch(long number, long wallMicros, Map<Integer, RefreshedTable.Version> tables) {
        Epoch(long number, long wallMicros) {
            this(number, wallMicros, Map.of());
        }
    }

    /**
     * @param epochNanos how long an epoch takes; with 0 each ends when every worker has done one step in it
     */
    EpochClock(Clock clock, long epochNanos) {
        this(clock, epochNanos, Map::of);
    }

    /**
     * @param tables which versions of refreshed tables there are
     */
    EpochClock(Clock clock, long epochNanos, Supplier<Map<Integer, RefreshedTable.Version>> tables) {
        this.tables = tables;
        this.clock = clock;
        this.epochNanos = epochNanos;
    }

    /** The last epoch of an earlier run was this one. */
    synchronized void goOnBehind(Epoch epoch) {
        running = epoch;
        over = epoch.number();
    }

    /** From now on there are so many workers, none of which has begun an epoch. */
    synchronized void workers(int count) {
        workers = count;
        begun = count;
        over = running.number();
    }

    /** A worker begins its next epoch. */
    synchronized Epoch next() {
        if (begun == workers && stands) {
            begun = 0;
        } else if (begun == workers) {
            running = new Epoch(running.number() + 1, Math.max(running.wallMicros(), clock.wallMicros()), tables.get());
            startNanos = clock.nanos();
            begun = 0;
        }
        begun++;
        return running;
    }

    /** Whether an epoch that a worker has begun is to end. */
    boolean isOver(long number) {
        if (number <= over) {
            return true;
        }
        synchronized (this) {
            if (number <= over || begun < workers) {
                return number <= over;
            }
            if (!stopping && clock.nanos() - startNanos < epochNanos) {
                return false;
            }
            over = number;
            if (stopping) {
                last = number;
            }
            return true;
        }
    }

    /** The epoch that is running is the last one, and ends now; or the next one, if it ends just now. */
    void stop() {
        stopping = true;
    }

    /**
     * The job stops when so many more epochs have ended.
     *
     * @param each whether workers stop at the end of each epoch, and are told to go on
     */
    synchronized void stopAfter(long epochs, boolean each) {
        last = epochs == NEVER ? NEVER : running.number() + epochs;
        stopAtEach = each;
    }

    /** Whether workers stop at the end of an epoch. */
    boolean isLast(long number) {
        return stopAtEach || number >= last;
    }

    /** Whether the job stops, when all workers have stopped at the end of the running epoch. */
    synchronized boolean isEnd() {
        return running.number() >= last;
    }

    /** One that stands at the running epoch, for so many workers that read something beside the others. */
    EpochClock standing(int readers) {
        EpochClock standing = new EpochClock(clock, Long.MAX_VALUE, tables);
        standing.running = running();
        standing.stands = true;
        standing.workers = readers;
        standing.begun = readers;
        return standing;
    }

    /** The latest epoch that a worker has begun. */
    synchronized Epoch running() {
        return running;
    }
}
