package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.kafka.KafkaBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that reads a topic of a real broker into directories of files is killed at any time, while the topic has aborted transactions, records
 * without value, and gains a partition: each committed row is in the files once, and the windows are what the test counts itself. {@code
 * -Dkill.runs=100 -Dkill.seed=7} goes on for longer, from other times.
 */
@Tag("broker")
class KilledTopicTest {
    private static final int KILLS = Integer.getInteger("kill.runs", 4);
    private static final long SEED = Long.getLong("kill.seed", 1);
    /** Before each start. */
    private static final int ROWS = 6_000;

    private static final int MOST_EPOCHS = 6;
    private static final int PARTITIONS = 2;
    private static final int OF_TRANSACTION = 60;
    private static final long FIRST_MILLIS = 1_767_225_600_000L;
    private static final long WINDOW_MILLIS = 5_000;
    private static final long PATIENCE_SECONDS = 180;

    private static final String QUERY = """
            CREATE TABLE trades (id BIGINT, symbol STRING, price BIGINT, ms BIGINT, ts AS TO_TIMESTAMP_LTZ(ms, 3),
              WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
              WITH (connector = 'kafka', topic = 'trades', 'properties.bootstrap.servers' = '${servers}', format = 'json',
                'scan.topic-partition-discovery.interval' = '50 ms', 'scan.watermark.idle-timeout' = '1 h', 'connect.timeout' = '60 s');
            CREATE TABLE totals (least BIGINT, symbol STRING, n BIGINT, total BIGINT)
              WITH (connector = 'filesystem', path = '${dir}/totals', format = 'json');
            CREATE TABLE ids (id BIGINT) WITH (connector = 'filesystem', path = '${dir}/ids', format = 'json');
            INSERT INTO totals FROM trades |> CALL TUMBLE(ts, INTERVAL '5' SECOND)
              |> AGGREGATE min(ms) AS least, count(*) AS n, sum(price) AS total GROUP BY window_start, symbol
              |> SELECT least, symbol, n, total;
            INSERT INTO ids SELECT id FROM trades;
            """;

    @TempDir
    Path directory;

    private KafkaBroker broker;
    private Producer<byte[], byte[]> producer;
    private final Random random = new Random(SEED);
    private int partitions = PARTITIONS;
    private int written;
    private final List<String> ids = new ArrayList<>();
    /** Of each window and symbol: the least time, the number of rows and their sum. */
    private final Map<String, long[]> totals = new TreeMap<>();

    @BeforeEach
    void prepare() throws IOException {
        broker = KafkaBroker.start();
        broker.createTopic("trades", PARTITIONS);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.servers(), "transactional.id", "writer"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        Files.writeString(
                directory.resolve("q.sql"),
                QUERY.replace("${servers}", broker.servers()).replace("${dir}", directory.toString()));
    }

    @AfterEach
    void stop() {
        producer.close();
        broker.close();
    }

    /** Rows a little out of order; each third transaction is aborted, and some records have no value. */
    private void write() {
        for (int end = written + ROWS; written < end; ) {
            boolean aborted = random.nextInt(3) == 0;
            producer.beginTransaction();
            for (int i = 0; i < OF_TRANSACTION; i++, written++) {
                long millis = FIRST_MILLIS + written * 5L + random.nextInt(900);
                String symbol = "s" + random.nextInt(5);
                int price = random.nextInt(1_000);
                boolean empty = random.nextInt(10) == 0;
                String value = "{\"id\":" + written + ",\"symbol\":\"" + symbol + "\",\"price\":" + price + ",\"ms\":"
                        + millis + "}";
                send(empty ? null : value.getBytes(StandardCharsets.UTF_8));
                if (!aborted && !empty) {
                    ids.add("{\"id\":" + written + "}");
                    long[] sums = totals.computeIfAbsent(
                            millis / WINDOW_MILLIS + symbol, key -> new long[] {Long.MAX_VALUE, 0, 0});
                    sums[0] = Math.min(sums[0], millis);
                    sums[1]++;
                    sums[2] += price;
                }
            }
            if (aborted) {
                producer.flush();
                producer.abortTransaction();
            } else {
                producer.commitTransaction();
            }
        }
    }

    /** A run up to now keeps open what is open: a row an hour ahead in each partition closes all windows before. */
    private void writeAnHourAhead() {
        producer.beginTransaction();
        for (int i = 0; i < partitions; i++, written++) {
            String value =
                    "{\"id\":" + written + ",\"symbol\":\"s0\",\"price\":1,\"ms\":" + (FIRST_MILLIS + 3_600_000) + "}";
            send(value.getBytes(StandardCharsets.UTF_8));
            ids.add("{\"id\":" + written + "}");
        }
        producer.commitTransaction();
    }

    private void send(byte[] value) {
        Future<RecordMetadata> unused =
                producer.send(new ProducerRecord<>("trades", written % partitions, null, value));
    }

    private void grow() throws ExecutionException, InterruptedException {
        partitions++;
        try (Admin admin = broker.admin()) {
            admin.createPartitions(Map.of("trades", NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
        }
    }

    @Test
    void eachCommittedRowIsThereOnce() throws IOException, InterruptedException, ExecutionException {
        StateWatch watch = new StateWatch(directory.resolve("state"), PATIENCE_SECONDS);
        for (int kill = 0; kill < KILLS; kill++) {
            if (kill == KILLS / 2) {
                grow();
            }
            write();
            Process process = start();
            assertTrue(watch.waitFor(process, watch.decided() + 1 + random.nextInt(MOST_EPOCHS)), this::errors);
            Thread.sleep(random.nextInt(100));
            assertTrue(process.isAlive(), this::errors);
            process.destroyForcibly().waitFor();
        }
        writeAnHourAhead();
        Process last = start("--until", "now");
        assertTrue(last.waitFor(5, TimeUnit.MINUTES), "still running");
        assertEquals(0, last.exitValue(), this::errors);

        assertEquals(
                ids.stream().sorted().toList(),
                StateWatch.rows(directory.resolve("ids")),
                KILLS + " kills with seed " + SEED);
        List<String> expected = new ArrayList<>();
        totals.forEach((key, sums) -> expected.add("{\"least\":" + sums[0] + ",\"symbol\":\""
                + key.substring(key.indexOf('s')) + "\",\"n\":" + sums[1] + ",\"total\":" + sums[2] + "}"));
        assertEquals(
                expected.stream().sorted().toList(),
                StateWatch.rows(directory.resolve("totals")),
                KILLS + " kills with seed " + SEED);
    }

    private Process start(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                directory.resolve("q.sql").toString(),
                "--state",
                directory.resolve("state").toString(),
                "--epoch",
                "10ms",
                "--batch-rows",
                "64",
                "--parallelism",
                "2"));
        arguments.addAll(List.of(more));
        return Processes.leat(arguments.toArray(String[]::new))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(directory.resolve("errors.txt").toFile())
                .start();
    }

    private String errors() {
        try {
            return Files.readString(directory.resolve("errors.txt"));
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
