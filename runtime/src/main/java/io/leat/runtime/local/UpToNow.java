package io.leat.runtime.local;

import io.leat.runtime.connector.Source;
import io.leat.runtime.window.Windowing;
import java.util.IdentityHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A run that reads what is there at its start and pauses, so that another run goes on: what the scans of a phase know of each other. When
 * all have read as far, the job stops at the end of an epoch, and no watermark says that time is over.
 *
 * <p>A partition that has ended holds back no watermark, whichever worker reads it. When all partitions of a source have ended, the scan
 * that was last stays at the furthest watermark of any: there begin those that appear later. Built by one thread, used by all workers.
 */
final class UpToNow {
    private final Runnable pause;
    private final AtomicInteger reading = new AtomicInteger();
    private final IdentityHashMap<Source, Holders> holders = new IdentityHashMap<>();

    /** The scans of a source. */
    private static final class Holders {
        /** How many have partitions that have not ended; the last one that had some is counted for ever. */
        private final AtomicInteger count = new AtomicInteger();
        /** The furthest watermark of a partition that has ended. */
        private final AtomicLong furthest = new AtomicLong(Windowing.NEVER);
    }

    /**
     * @param pause is called once, when all is read
     */
    UpToNow(Runnable pause) {
        this.pause = pause;
    }

    /** What a scan of a run is told that ends with its sources. */
    static Part ofRunToTheEnd() {
        return new Part(null, null, false);
    }

    /** A scan takes part that is over when its source is; the job does not pause before. */
    synchronized Part ending() {
        reading.incrementAndGet();
        return new Part(this, null, false);
    }

    /**
     * A scan takes part whose source may have more in a later run.
     *
     * @param source as it is read in one place of the query, by all workers; the same table may be read in another place, too
     * @param any whether the scan has any partition
     */
    synchronized Part pausing(Source source, boolean any) {
        reading.incrementAndGet();
        Holders all = holders.computeIfAbsent(source, each -> new Holders());
        if (any) {
            all.count.incrementAndGet();
        }
        return new Part(this, all, any);
    }

    private void hasRead() {
        if (reading.decrementAndGet() == 0) {
            pause.run();
        }
    }

    /** What one scan says and is told. Belongs to its worker. */
    static final class Part {
        private final UpToNow all;
        private final Holders holders;
        private boolean told;
        /** Whether it is one of those that are counted. */
        private boolean counts;

        private boolean last;

        private Part(UpToNow all, Holders holders, boolean counts) {
            this.all = all;
            this.holders = holders;
            this.counts = counts;
        }

        /** Whether partitions that are read up to now stand there, for a later run to go on. */
        boolean pauses() {
            return holders != null;
        }

        /** There is nothing more to read. */
        void hasRead() {
            if (all != null && !told) {
                told = true;
                all.hasRead();
            }
        }

        /** Before any row is read: all partitions of the scan had ended in an earlier run. */
        void hadEnded() {
            if (counts) {
                counts = false;
                holders.count.decrementAndGet();
            }
        }

        /** A partition has come to its end with this watermark. */
        void ended(long watermark) {
            if (pauses()) {
                holders.furthest.accumulateAndGet(watermark, Math::max);
            }
        }

        /** All partitions of the scan have ended: whether it has to hold the watermark, since no other one of the source does. */
        boolean holdsWhenEnded() {
            if (!pauses() || last) {
                return last;
            }
            if (counts) {
                counts = false;
                last = holders.count.getAndUpdate(count -> Math.max(1, count - 1)) == 1;
            } else if (holders.count.get() == 0) {
                last = true;
            }
            return last;
        }

        /** The watermark that the last scan holds, as far as this run knows. */
        long furthest() {
            return holders.furthest.get();
        }
    }
}
