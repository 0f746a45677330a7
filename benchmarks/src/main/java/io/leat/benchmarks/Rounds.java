package io.leat.benchmarks;

import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.decode.RecordChunk;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lines in memory that a running job reads again and again, a round at a time: what a table of {@link RoundsConnector} reads. So a job
 * can be measured that has been running for a while.
 *
 * <p>{@link #run} belongs to one thread, the reader to another; between rounds the lines may be changed.
 */
final class Rounds implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 20;
    /** How long a reader waits for the next round before it lets its worker look around. */
    private static final long PATIENCE_MILLIS = 20;

    private static final Map<String, Rounds> OPEN = new ConcurrentHashMap<>();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final String name = "rounds" + NAMES.incrementAndGet();
    private final Lines lines;
    private final Semaphore started = new Semaphore(0);
    private final Semaphore done = new Semaphore(0);
    private volatile boolean ended;

    Rounds(Lines lines) {
        this.lines = lines;
        OPEN.put(name, this);
    }

    static Source open(String name) {
        Rounds rounds = OPEN.get(name);
        return new Source() {
            @Override
            public List<Partition> partitions() {
                return List.of(new Partition(0, name));
            }

            @Override
            public SourceReader reader(Partition partition) {
                return rounds.new Reader();
            }

            @Override
            public void close() {
                // The lines stay.
            }
        };
    }

    /** What the option {@code rounds} of a table is. */
    String name() {
        return name;
    }

    /** Lets the job read all lines once more, and waits until it has worked them off. */
    void run() {
        start();
        done.acquireUninterruptibly();
    }

    /** Lets the job read all lines once more. */
    void start() {
        started.release();
    }

    /** Lets the table end behind the rounds that were started. */
    void end() {
        ended = true;
    }

    @Override
    public void close() {
        OPEN.remove(name);
    }

    /** Hands the lines out in chunks. That the next one is asked for means that all before it are worked off. */
    private final class Reader implements SourceReader.Records {
        private int position;
        private boolean running;

        @Override
        public Status poll(RecordChunk chunk) {
            if (running && position == lines.length()) {
                running = false;
                done.release();
            }
            if (!running && !next()) {
                return ended ? Status.END : Status.PENDING;
            }
            int end = position + Math.min(CHUNK_BYTES, lines.length() - position);
            while (lines.bytes()[end - 1] != '\n') {
                end--;
            }
            chunk.beginLines(position);
            chunk.append(lines.bytes(), position, end - position);
            chunk.size(chunk.size());
            position = end;
            return Status.DATA;
        }

        private boolean next() {
            try {
                running = started.tryAcquire(ended ? 0 : PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            position = running ? 0 : position;
            return running;
        }

        @Override
        public void seek(String from) {
            throw new UnsupportedOperationException("rounds have no place to go back to");
        }

        @Override
        public String position() {
            return Integer.toString(position);
        }

        @Override
        public void close() {
            // A driver that still waits must not wait for ever.
            done.release(Short.MAX_VALUE);
        }
    }
}
