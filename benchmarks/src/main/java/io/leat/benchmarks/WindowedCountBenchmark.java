package io.leat.benchmarks;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Trades as JSON, counted per account and 10 s: few accounts, or so many that a window holds hundreds of thousands of them. */
public class WindowedCountBenchmark extends Shape {
    private static final int TRADES = 500_000;
    private static final long WINDOW_MILLIS = 10_000;

    static final String QUERY = """
            CREATE TABLE trades (
              account BIGINT, symbol STRING, price DOUBLE, size INT, trade_time BIGINT,
              ts AS TO_TIMESTAMP_LTZ(trade_time, 3), WATERMARK FOR ts AS ts - INTERVAL '2' SECOND
            ) WITH (connector = 'rounds', rounds = '${lines}');
            FROM trades
            |> CALL TUMBLE(ts, INTERVAL '10' SECOND)
            |> AGGREGATE COUNT(*) AS trades GROUP BY account, window_start
            """;

    @Param({"100", "1000000"})
    private int accounts;

    private final LongCounts counts = new LongCounts();
    private Lines lines;

    private record Group(long account, long window) {}

    @Setup
    public void prepare() throws IOException {
        lines = Trades.lines(TRADES, accounts, WINDOW_MILLIS);
        Answer withJackson = new Answer();
        countWithJackson()
                .forEach((group, count) -> withJackson.add(group.account() + " " + group.window() * 1000, count));
        Answer byHand = new Answer();
        countByHand().forEach((key, count) -> {
            long micros = (key >>> 31) * WINDOW_MILLIS * 1000;
            byHand.add((key & Integer.MAX_VALUE) + " " + micros, count);
        });
        prepare(QUERY, lines, Lines.NONE, withJackson, byHand);
    }

    /** Time goes on, or all rows of the next round would be late. */
    @Setup(Level.Invocation)
    public void later() {
        lines.addToTimes(WINDOW_MILLIS);
    }

    @Benchmark
    @OperationsPerInvocation(TRADES)
    public void leat() {
        round();
    }

    @Benchmark
    @OperationsPerInvocation(TRADES)
    public Object jackson() throws IOException {
        return countWithJackson();
    }

    private Map<Group, Long> countWithJackson() throws IOException {
        Map<Group, Long> found = new HashMap<>();
        Trade.forEach(lines, trade -> {
            long window = trade.trade_time() / WINDOW_MILLIS * WINDOW_MILLIS;
            found.merge(new Group(trade.account(), window), 1L, Long::sum);
        });
        return found;
    }

    @Benchmark
    @OperationsPerInvocation(TRADES)
    public long byHand() {
        long[] total = new long[1];
        countByHand().forEach((key, count) -> total[0] += count);
        return total[0];
    }

    private LongCounts countByHand() {
        counts.clear();
        TradeParser trade = new TradeParser(lines);
        while (trade.next()) {
            counts.add(trade.time / WINDOW_MILLIS << 31 | trade.account);
        }
        return counts;
    }
}
