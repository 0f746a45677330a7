package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.kafka.KafkaBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job over topics of a real broker is killed again and again, at any time, while rows come: some starts before they have taken over or come
 * to an epoch, most after some epochs; others are only stopped, and wake up when the next one has taken over. What readers of committed
 * records find in its topics, what its table of files with a log shows and what its database has is what one run shows that nobody disturbs,
 * and each row that was read is counted once. {@code -Dkill.runs=100 -Dkill.seed=7} goes on for longer, from other times, and prints a row for
 * the table of such runs in 006. What a run with a difference has written stays.
 */
@Tag("broker")
class KilledTransactionsTest {
    private static final int KILLS = Integer.getInteger("kill.runs", 4);
    private static final long SEED = Long.getLong("kill.seed", 1);
    /** One of so many starts is stopped and wakes up later. */
    private static final int ZOMBIES = 4;
    /** One of so many others is killed without a look at how far it is. */
    private static final int BLIND = 3;

    private static final int MOST_MILLIS_LATER = 150;

    /** For each start. */
    private static final int ROWS = 4_000;

    private static final int MOST_EPOCHS = 5;
    private static final long PATIENCE_SECONDS = 180;
    private static final int PARTITIONS = 2;
    private static final long MILLIS = 10;
    private static final int LAST = 1_000_000_000;
    private static final String LAST_SYMBOL = "last";

    private static final String QUERY = """
            CREATE TABLE trades (id BIGINT, symbol STRING, price BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
              WITH (connector = 'kafka', topic = 'trades', 'scan.watermark.idle-timeout' = '1 h', ${at}, format = 'csv');
            CREATE TABLE quotes (quote BIGINT, symbol STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
              WITH (connector = 'kafka', topic = 'quotes', 'scan.watermark.idle-timeout' = '1 h', ${at}, format = 'csv');
            CREATE TABLE totals (window_start TIMESTAMP(3), symbol STRING, n BIGINT, total BIGINT)
              WITH (connector = 'kafka', topic = '${out}-totals', ${at}, format = 'json');
            CREATE TABLE matched (id BIGINT, quote BIGINT, ts TIMESTAMP(3))
              WITH (connector = 'kafka', topic = '${out}-matched', ${at}, format = 'csv');
            CREATE TABLE overdue (id BIGINT, reason STRING)
              WITH (connector = 'kafka', topic = '${out}-overdue', ${at}, format = 'csv');
            CREATE TABLE files (window_start TIMESTAMP(3), symbol STRING, n BIGINT, total BIGINT)
              WITH (connector = 'filesystem', path = '${dir}/${out}', format = 'json', 'log' = 'true');
            CREATE TABLE counted (window_start TIMESTAMP(3), symbol STRING, n BIGINT, total BIGINT)
              WITH (connector = 'jdbc', url = '${url}', 'table-name' = '${out}.counted',
                'connection.max-retry-timeout' = '5 s');
            CREATE TABLE latest (symbol STRING PRIMARY KEY NOT ENFORCED, n BIGINT, total BIGINT)
              WITH (connector = 'jdbc', url = '${url}', 'table-name' = '${out}.latest',
                'connection.max-retry-timeout' = '5 s');
            INSERT INTO totals FROM trades |> CALL TUMBLE(ts, INTERVAL '5' SECOND)
              |> AGGREGATE count(*) AS n, sum(price) AS total GROUP BY window_start, symbol
              |> SELECT window_start, symbol, n, total;
            INSERT INTO files FROM trades |> CALL TUMBLE(ts, INTERVAL '5' SECOND)
              |> AGGREGATE count(*) AS n, sum(price) AS total GROUP BY window_start, symbol
              |> SELECT window_start, symbol, n, total;
            INSERT INTO counted FROM trades |> CALL TUMBLE(ts, INTERVAL '5' SECOND)
              |> AGGREGATE count(*) AS n, sum(price) AS total GROUP BY window_start, symbol
              |> SELECT window_start, symbol, n, total;
            INSERT INTO latest SELECT symbol, count(*), sum(price) FROM trades GROUP BY symbol;
            INSERT INTO matched SELECT t.id, q.quote, t.ts FROM trades AS t JOIN quotes AS q
              ON t.symbol = q.symbol AND q.ts BETWEEN t.ts - INTERVAL '1' SECOND AND t.ts WHERE t.id % 4 = 0;
            INSERT INTO overdue SELECT id, reason FROM trades$late;
            """;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    private KafkaBroker broker;
    private OutDatabase database;
    private Path query;

    private Producer<byte[], byte[]> producer;
    private final Random rowsOf = new Random(SEED);
    private int written;

    @BeforeEach
    void prepare() throws IOException, InterruptedException, SQLException {
        database = OutDatabase.start(directory);
        broker = KafkaBroker.start();
        producer = broker.producer();
        String at = "'properties.bootstrap.servers' = '" + broker.servers() + "', 'connect.timeout' = '60 s'";
        query = directory.resolve("q.sql");
        Files.writeString(query, QUERY.replace("${at}", at));
        broker.createTopic("trades", PARTITIONS);
        broker.createTopic("quotes", 1);
        for (String table : List.of("totals", "matched", "overdue")) {
            broker.createTopic("whole-" + table, PARTITIONS);
            broker.createTopic("out-" + table, PARTITIONS);
        }
    }

    @AfterEach
    void stop() throws IOException {
        producer.close();
        broker.close();
        database.close();
    }

    /** Two partitions of trades and one of quotes, a little out of order, and a few trades that are late. */
    private void write(int rows) {
        for (int end = written + rows; written < end; written++) {
            boolean late = written % 1_000 == 999;
            long millis = written * MILLIS + (late ? -9_000 : rowsOf.nextInt(900));
            String symbol = "s" + rowsOf.nextInt(9);
            send("trades", written % PARTITIONS, written + "," + symbol + "," + rowsOf.nextInt(1000), millis);
            if (written % 2 == 0) {
                send("quotes", 0, written + "," + symbol, written * MILLIS + rowsOf.nextInt(900));
            }
        }
        producer.flush();
    }

    /** Rows behind all others, and some much later, so that windows of the others come to their end. */
    private void writeEnd() {
        for (long millis : List.of(written * MILLIS + 10_000, written * MILLIS + 1_000_000)) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                send("trades", partition, LAST + "," + LAST_SYMBOL + ",0", millis);
            }
            send("quotes", 0, LAST + "," + LAST_SYMBOL, millis);
        }
        producer.flush();
    }

    private void send(String topic, int partition, String fields, long millis) {
        String time =
                Instant.ofEpochMilli(1_577_836_800_000L + millis).toString().replace("Z", "");
        byte[] value = (fields + "," + time).getBytes(StandardCharsets.UTF_8);
        Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(topic, partition, null, value));
    }

    @Test
    void whatIsReadIsWhatOneRunWrites() throws IOException, InterruptedException, SQLException {
        Random random = new Random(SEED);
        StateWatch watch = new StateWatch(state("out"), PATIENCE_SECONDS);
        Process asleep = null;
        int woken = 0;
        int blind = 0;
        long startMillis = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            boolean stops = kill % ZOMBIES == 0;
            long began = System.nanoTime();
            Process process = start("out", "20ms");
            if (kill > 1 && !stops && random.nextInt(BLIND) == 0) {
                // Starting, looking for what was decided, putting it right, or in its first epochs.
                Thread.sleep((long) (random.nextDouble() * 1.2 * startMillis));
                assertTrue(process.isAlive(), () -> errors("out"));
                process.destroyForcibly().waitFor();
                blind++;
                continue;
            }
            write(ROWS);
            long before = watch.decided();
            assertTrue(watch.waitFor(process, before + 1), () -> errors("out"));
            startMillis = (System.nanoTime() - began) / 1_000_000;
            assertTrue(watch.waitFor(process, before + 1 + random.nextInt(MOST_EPOCHS)), () -> errors("out"));
            if (asleep != null) {
                woken += wakeUp(asleep);
                asleep = null;
            }
            Thread.sleep(random.nextInt(MOST_MILLIS_LATER));
            assertTrue(process.isAlive(), () -> errors("out"));
            if (stops) {
                Processes.signal(process, "STOP");
                // It keeps the lock, on a file that nobody sees any more.
                Files.delete(state("out").resolve("LOCK"));
                asleep = process;
            } else {
                process.destroyForcibly().waitFor();
            }
        }
        writeEnd();
        List<String> counts = runToEnd("out");
        if (asleep != null) {
            woken += wakeUp(asleep);
        }
        assertEquals(runToEnd("whole"), counts);

        int rows = 0;
        for (String table : List.of("totals", "matched", "overdue")) {
            rows += assertSame(table, committed("whole-" + table), committed("out-" + table));
        }
        rows += assertSame(
                "files", StateWatch.rows(directory.resolve("whole")), StateWatch.rows(directory.resolve("out")));
        for (String table : List.of("counted", "latest")) {
            rows += assertSame(table, database.rows("whole", table), database.rows("out", table));
        }
        System.out.printf(
                "| %,d | %,d | %,d | %d | %,d | %,d | 0 |%n", KILLS, blind, woken, SEED, watch.decided(), rows);
    }

    /** It finds out that another start has taken over, and writes nothing more. */
    private static int wakeUp(Process asleep) throws IOException, InterruptedException {
        Processes.signal(asleep, "CONT");
        assertTrue(asleep.waitFor(5, TimeUnit.MINUTES), "an older start goes on");
        assertNotEquals(0, asleep.exitValue(), "an older start came to its end");
        return 1;
    }

    private int assertSame(String table, List<String> expected, List<String> found) throws IOException {
        assertFalse(expected.isEmpty(), table);
        if (!expected.equals(found)) {
            Files.write(directory.resolve("expected-" + table), expected);
            Files.write(directory.resolve("found-" + table), found);
        }
        assertEquals(expected, found, table + " after " + KILLS + " kills with seed " + SEED + ", in " + directory);
        return expected.size();
    }

    /** Until the rows behind all others have shown, and what is open stays open; what has become of the rows, of all starts together. */
    private List<String> runToEnd(String out) throws IOException, InterruptedException {
        int before =
                Files.exists(directory.resolve(out + ".errors")) ? errors(out).length() : 0;
        Process process = start(out, "300ms");
        long start = System.nanoTime();
        while (count(out + "-totals", LAST_SYMBOL) < 1 || count(out + "-matched", LAST + ",") < 2 * PARTITIONS) {
            assertTrue(process.isAlive(), () -> errors(out));
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS), "the end does not come");
            Thread.sleep(300);
        }
        process.destroy();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), "still running");
        assertEquals(0, process.exitValue(), () -> errors(out));
        List<String> counts = errors(out)
                .substring(before)
                .lines()
                .filter(line -> line.contains(" rows read = "))
                .toList();
        assertEquals(2, counts.size(), () -> errors(out));
        return counts;
    }

    private long count(String topic, String text) {
        return committed(topic).stream().filter(value -> value.contains(text)).count();
    }

    private Process start(String out, String epoch) throws IOException {
        return Processes.leat(
                        "run",
                        query.toString(),
                        "-D",
                        "dir=" + directory,
                        "-D",
                        "url=" + database.url(),
                        "-D",
                        "out=" + out,
                        "--state",
                        state(out).toString(),
                        "--epoch",
                        epoch,
                        "--batch-rows",
                        "64",
                        "--parallelism",
                        "2")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve(out + ".errors").toFile()))
                .start();
    }

    private String errors(String out) {
        try {
            return Files.readString(directory.resolve(out + ".errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Path state(String out) {
        return directory.resolve("state-" + out);
    }

    /** What a reader of committed records finds, sorted. */
    private List<String> committed(String topic) {
        List<String> values = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.servers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (PartitionInfo each : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, each.partition()));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
        values.sort(null);
        return values;
    }
}
