package io.leat.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A job that has been running for a while allocates nothing per row, from bytes to answer: what it allocates is per chunk and per window. */
@Tag("every-jdk")
class SteadyAllocationTest {
    private static final int WARM_ROUNDS = 6;
    private static final int ROUNDS = 6;
    private static final int ROWS = 100_000;
    private static final long ROUND_MILLIS = 10_000;
    /** An object for every sixteenth row would be more; batches and chunks cost a little. */
    private static final double MAX_BYTES_PER_ROW = 1;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Bytes that the threads of jobs have allocated so far. */
    private static long allocated() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> thread.getThreadName().startsWith("leat-job"))
                .mapToLong(thread -> THREADS.getThreadAllocatedBytes(thread.getThreadId()))
                .sum();
    }

    private static void check(String sql, Lines lines, Lines lookup) {
        try (LeatQuery query = LeatQuery.prepare(sql, lines, lookup)) {
            rounds(query, lines, WARM_ROUNDS);
            long before = allocated();
            rounds(query, lines, ROUNDS);
            double perRow = (allocated() - before) / (double) (ROUNDS * ROWS);
            assertTrue(before > 0 && perRow < MAX_BYTES_PER_ROW, () -> perRow + " bytes are allocated per row");
        }
    }

    private static void rounds(LeatQuery query, Lines lines, int count) {
        for (int i = 0; i < count; i++) {
            lines.addToTimes(ROUND_MILLIS);
            query.round();
        }
    }

    @Test
    void yahoo() {
        YahooEvents events = new YahooEvents(YahooEvents.SEED);
        check(YahooBenchmark.QUERY, new Lines(events.lines(ROWS)), new Lines(events.adsAsJson()));
    }

    @Test
    void filterAndProject() {
        check(FilterProjectBenchmark.QUERY, Trades.lines(ROWS, 100, ROUND_MILLIS), Lines.NONE);
    }

    @Test
    void windowedCount() {
        check(WindowedCountBenchmark.QUERY, Trades.lines(ROWS, 100, ROUND_MILLIS), Lines.NONE);
    }

    @Test
    void staticJoin() {
        check(StaticJoinBenchmark.QUERY, Trades.lines(ROWS, 1_000, ROUND_MILLIS), Trades.regions(900));
    }
}
