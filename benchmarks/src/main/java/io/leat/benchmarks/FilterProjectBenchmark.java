package io.leat.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjDoubleConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** Trades as JSON, those above a price and a size, and what they were worth. */
public class FilterProjectBenchmark extends Shape {
    private static final int TRADES = 500_000;

    static final String QUERY = """
            CREATE TABLE trades (account BIGINT, symbol STRING, price DOUBLE, size INT, trade_time BIGINT)
            WITH (connector = 'rounds', rounds = '${lines}', scan.mode = 'bounded');
            FROM trades
            |> WHERE price > 150.0 AND size >= 100
            |> SELECT symbol, price * size AS worth
            """;

    private Lines lines;

    /** What the query is worth in Java objects. */
    private record Worth(String symbol, double worth) {}

    /** Where the hand-written program puts symbols and values, over and over. */
    private final byte[] symbols = new byte[1 << 16];

    private final int[] ends = new int[1 << 12];
    private final double[] worths = new double[1 << 12];

    @Setup
    public void prepare() throws IOException {
        lines = Trades.lines(TRADES, 1_000, 10_000);
        Answer withJackson = new Answer();
        listWithJackson().forEach(each -> withJackson.add(each.symbol(), each.worth()));
        Answer answerByHand = new Answer();
        runByHand(answerByHand::add);
        prepare(QUERY, lines, Lines.NONE, withJackson, answerByHand);
    }

    @Benchmark
    @OperationsPerInvocation(TRADES)
    public void leat() {
        round();
    }

    @Benchmark
    @OperationsPerInvocation(TRADES)
    public Object jackson() throws IOException {
        return listWithJackson();
    }

    private List<Worth> listWithJackson() throws IOException {
        List<Worth> all = new ArrayList<>();
        Trade.forEach(lines, trade -> {
            if (trade.price() > 150.0 && trade.size() >= 100) {
                all.add(new Worth(trade.symbol(), trade.price() * trade.size()));
            }
        });
        return all;
    }

    @Benchmark
    @OperationsPerInvocation(TRADES)
    public double byHand() {
        return runByHand(null);
    }

    /** Fills columns and empties them when they are full; {@code rows} is told of each row unless it is null. */
    private double runByHand(ObjDoubleConsumer<String> rows) {
        TradeParser trade = new TradeParser(lines);
        int count = 0;
        double sum = 0;
        while (trade.next()) {
            if (trade.price > 150.0 && trade.size >= 100) {
                int start = count == 0 ? 0 : ends[count - 1];
                for (int i = 0; i < trade.symbolBytes; i++) {
                    symbols[start + i] = lines.bytes()[trade.symbolAt + i];
                }
                ends[count] = start + trade.symbolBytes;
                worths[count++] = trade.price * trade.size;
                if (count == ends.length) {
                    sum += emptied(count, rows);
                    count = 0;
                }
            }
        }
        return sum + emptied(count, rows);
    }

    private double emptied(int count, ObjDoubleConsumer<String> rows) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += worths[i];
            if (rows != null) {
                int start = i == 0 ? 0 : ends[i - 1];
                rows.accept(new String(symbols, start, ends[i] - start, StandardCharsets.US_ASCII), worths[i]);
            }
        }
        return sum;
    }
}
