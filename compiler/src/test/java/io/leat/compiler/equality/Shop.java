package io.leat.compiler.equality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.leat.compiler.corpus.Answer;
import io.leat.compiler.corpus.RowComparison;
import io.leat.compiler.oracle.DuckDb;
import io.leat.runtime.type.Field;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The rows of {@code examples/flink/shop.sql}, out of order and some of them late, the database at its side, and what DuckDB answers to its
 * statements over the rows that are not late.
 */
final class Shop {
    private static final long SEED = 20260301;
    private static final int ORDERS = 900;
    private static final int PARTITIONS = 3;
    private static final long FIRST_MILLIS = 1_772_362_800_000L;
    private static final List<String> CURRENCIES = List.of("EUR", "USD", "GBP", "CHF");

    private final Path folder;
    private final Random random = new Random(SEED);
    private final Map<String, List<List<String>>> topics = new LinkedHashMap<>();

    /**
     * @param folder gets a folder for each topic, with a file for each partition, and the database
     */
    Shop(Path folder) throws IOException, SQLException {
        this.folder = folder;
        makeOrders();
        makeRates();
        for (Map.Entry<String, List<List<String>>> topic : topics.entrySet()) {
            Path directory = Files.createDirectories(folder.resolve(topic.getKey()));
            for (int i = 0; i < topic.getValue().size(); i++) {
                Files.write(
                        directory.resolve("p" + i + ".json"), topic.getValue().get(i));
            }
        }
        try (Connection connection = DriverManager.getConnection(database());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE customers AS SELECT i AS customer_id, 'name ' || i AS name,"
                    + " CASE WHEN i % 5 > 0 THEN 'city ' || i % 7 END AS city FROM range(0, 30) t(i)");
        }
    }

    private List<List<String>> topic(String name, int partitions) {
        return topics.computeIfAbsent(
                name,
                key -> IntStream.range(0, partitions)
                        .mapToObj(i -> (List<String>) new ArrayList<String>())
                        .toList());
    }

    /** Some orders come twice, with another amount. */
    private void makeOrders() {
        List<List<String>> orders = topic("orders", PARTITIONS);
        List<List<String>> deliveries = topic("deliveries", 2);
        for (int i = 0; i < ORDERS; i++) {
            long time = FIRST_MILLIS + 200L * i - random.nextInt(8_000);
            int order = i % 10 == 9 ? i - 3 : i;
            orders.get(order % PARTITIONS)
                    .add("{\"order_id\":" + order + ",\"customer_id\":" + random.nextInt(40) + ",\"currency\":\""
                            + CURRENCIES.get(random.nextInt(CURRENCIES.size())) + "\",\"amount\":"
                            + cents(i * 7_919 % 100_003) + ",\"order_time\":\"" + Instant.ofEpochMilli(time) + "\"}");
            if (i % 4 != 0) {
                deliveries
                        .get(random.nextInt(2))
                        .add("{\"order_id\":" + order + ",\"carrier\":\"c" + random.nextInt(3)
                                + "\",\"delivery_time\":\""
                                + Instant.ofEpochMilli(time + random.nextInt(12_000) * (i % 3)) + "\"}");
            }
        }
    }

    /** The last currency has no rate. */
    private void makeRates() {
        List<String> rates = topic("rates", 1).get(0);
        for (int i = 0; i < 60; i++) {
            String currency = CURRENCIES.get(i % 3);
            rates.add("{\"currency\":\"" + currency + "\",\"rate\":" + cents(50 + random.nextInt(100))
                    + ",\"rate_time\":\"" + Instant.ofEpochMilli(FIRST_MILLIS - 5_000 + 3_100L * i) + "\"}");
        }
    }

    private static String cents(int number) {
        return number / 100 + "." + number / 10 % 10 + number % 10;
    }

    Map<String, List<List<String>>> topics() {
        return topics;
    }

    String database() {
        return "jdbc:duckdb:" + folder.resolve("shop.db");
    }

    /** Compares what the statements yielded, in their order, with what DuckDB says. */
    void check(List<Answer> answers, String who) throws IOException, SQLException {
        List<List<Field>> columns = answers.stream().map(Answer::fields).toList();
        try (DuckDb duckDb = DuckDb.with(List.of());
                InputStream text = Shop.class.getResourceAsStream("/flink/shop.sql")) {
            String script =
                    new String(text.readAllBytes(), StandardCharsets.UTF_8).replace("${dir}", folder.toString());
            List<Answer> expected = duckDb.run(script, columns);
            assertEquals(expected.size(), answers.size(), who);
            for (int i = 0; i < expected.size(); i++) {
                assertFalse(expected.get(i).rows().isEmpty());
                List<String> differences = new RowComparison(0, false)
                        .differences(
                                expected.get(i).rows(),
                                answers.get(i).rows(),
                                expected.get(i).types());
                assertEquals(List.of(), differences, who + ", statement " + (i + 1));
            }
        }
    }
}
