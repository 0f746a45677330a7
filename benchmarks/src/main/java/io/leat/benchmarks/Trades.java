package io.leat.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Trades as JSON lines, and a table of accounts. The same seed gives the same bytes. */
final class Trades {
    static final int SYMBOLS = 100;
    static final int REGIONS = 50;
    static final long START_MILLIS = 1_450_396_800_000L;
    private static final int MAX_DISORDER_MILLIS = 1_000;
    private static final int MAX_QUARTERS = 1_200;
    private static final int MAX_SIZE = 1_000;

    private Trades() {}

    /** Trades of random accounts, spread over {@code millis} milliseconds and a little out of order. */
    static Lines lines(int count, int accounts, long millis) {
        SplittableRandom random = new SplittableRandom(count + (long) accounts);
        StringBuilder lines = new StringBuilder(count * 96);
        for (int i = 0; i < count; i++) {
            long time = START_MILLIS + i * millis / count - random.nextInt(MAX_DISORDER_MILLIS);
            // Numbers of accounts have no order in them.
            lines.append("{\"account\":")
                    .append(number(random.nextInt(accounts)))
                    .append(",\"symbol\":\"S")
                    .append(random.nextInt(SYMBOLS))
                    .append("\",\"price\":")
                    .append(random.nextInt(MAX_QUARTERS) / 4.0)
                    .append(",\"size\":")
                    .append(random.nextInt(MAX_SIZE))
                    .append(",\"trade_time\":")
                    .append(time)
                    .append("}\n");
        }
        return new Lines(lines.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** The number of an account: 1 to 2^31 - 1, different for different accounts. */
    static long number(int account) {
        return (account * 0x2545F491L + 1) % Integer.MAX_VALUE;
    }

    static String region(int account) {
        return "region-" + account % REGIONS;
    }

    /** The region of the first {@code accounts} accounts, as JSON lines. */
    static Lines regions(int accounts) {
        StringBuilder lines = new StringBuilder();
        for (int account = 0; account < accounts; account++) {
            lines.append("{\"account\":")
                    .append(number(account))
                    .append(",\"region\":\"")
                    .append(region(account))
                    .append("\"}\n");
        }
        return new Lines(lines.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
