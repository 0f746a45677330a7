package io.leat.benchmarks;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** Trades as JSON, the region of their account from a static table of 90,000, and what regions traded. One account in ten is unknown. */
public class StaticJoinBenchmark extends Shape {
    private static final int TRADES = 500_000;
    private static final int ACCOUNTS = 100_000;
    private static final int KNOWN_ACCOUNTS = 90_000;
    private static final int SLOTS = 1 << 18;

    static final String QUERY = """
            CREATE TABLE trades (account BIGINT, symbol STRING, price DOUBLE, size INT, trade_time BIGINT)
            WITH (connector = 'rounds', rounds = '${lines}', scan.mode = 'bounded');
            CREATE TABLE accounts (account BIGINT, region STRING)
            WITH (connector = 'rounds', rounds = '${lookup}', scan.mode = 'bounded');
            FROM trades
            |> JOIN accounts USING (account)
            |> AGGREGATE SUM(price) AS traded GROUP BY region
            """;

    private final Map<Long, String> regions = new HashMap<>();
    private final long[] slots = new long[SLOTS];
    private final int[] regionOf = new int[SLOTS];
    private Lines lines;

    @Setup
    public void prepare() throws IOException {
        lines = Trades.lines(TRADES, ACCOUNTS, 10_000);
        for (int account = 0; account < KNOWN_ACCOUNTS; account++) {
            regions.put(Trades.number(account), Trades.region(account));
            int slot = slot(Trades.number(account));
            slots[slot] = Trades.number(account);
            regionOf[slot] = account % Trades.REGIONS;
        }
        Answer withJackson = new Answer();
        sumWithJackson().forEach(withJackson::add);
        Answer answerByHand = new Answer();
        double[] sums = byHand();
        for (int region = 0; region < Trades.REGIONS; region++) {
            answerByHand.add(Trades.region(region), sums[region]);
        }
        prepare(QUERY, lines, Trades.regions(KNOWN_ACCOUNTS), withJackson, answerByHand);
    }

    @Benchmark
    @OperationsPerInvocation(TRADES)
    public void leat() {
        round();
    }

    @Benchmark
    @OperationsPerInvocation(TRADES)
    public Object jackson() throws IOException {
        return sumWithJackson();
    }

    private Map<String, Double> sumWithJackson() throws IOException {
        Map<String, Double> sums = new HashMap<>();
        Trade.forEach(lines, trade -> {
            String region = regions.get(trade.account());
            if (region != null) {
                sums.merge(region, trade.price(), Double::sum);
            }
        });
        return sums;
    }

    @Benchmark
    @OperationsPerInvocation(TRADES)
    public double[] byHand() {
        double[] sums = new double[Trades.REGIONS];
        TradeParser trade = new TradeParser(lines);
        while (trade.next()) {
            int slot = slot(trade.account);
            if (slots[slot] != 0) {
                sums[regionOf[slot]] += trade.price;
            }
        }
        return sums;
    }

    private int slot(long account) {
        int slot = (int) Bytes.mix(account) & SLOTS - 1;
        while (slots[slot] != 0 && slots[slot] != account) {
            slot = slot + 1 & SLOTS - 1;
        }
        return slot;
    }
}
