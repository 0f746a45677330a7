package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.cli.SoakedJob.Sample;
import io.leat.runtime.connector.kafka.KafkaBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that reads topics, joins and counts them, keeps its state and writes a topic and a table of files, for as long as one likes: what it
 * takes of the machine is the same in the end as when it had warmed up, and so is what it keeps on disk. {@code -Dsoak.minutes=10} for
 * longer than a third of one.
 */
@Tag("broker")
class SoakTest {
    private static final long SECONDS = (long) (60 * Double.parseDouble(System.getProperty("soak.minutes", "0.34")));
    private static final int ROWS_A_SECOND = Integer.getInteger("soak.rows", 2_000);
    /** One of so many samples is of the time in which classes are loaded and compiled, and pools find their size. */
    private static final int WARM_UP = 3;

    private static final long PATIENCE_SECONDS = 180;
    private static final int PARTITIONS = 2;
    private static final int SYMBOLS = 50;

    /** What the JVM itself may still take: compiled code, classes, pieces of its allocator. A short run is not done with that, and only tells it. */
    private static final long MORE_RESIDENT_KIB = SECONDS < 300 ? Long.MAX_VALUE : 24 << 10;
    /** As much as batches on their way may come and go. */
    private static final long MORE_OFF_HEAP_KIB = 8 << 10;

    private static final long MORE_THREADS = 2;
    private static final long MORE_DESCRIPTORS = 6;
    private static final long MORE_STATE_BYTES = 4 << 20;

    private static final String QUERY = """
            CREATE TABLE trades (id BIGINT, symbol STRING, price BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
              WITH (connector = 'kafka', topic = 'trades', ${at}, format = 'json');
            CREATE TABLE quotes (quote BIGINT, symbol STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
              WITH (connector = 'kafka', topic = 'quotes', ${at}, format = 'json');
            CREATE TABLE totals (window_start TIMESTAMP(3), symbol STRING, n BIGINT, total BIGINT)
              WITH (connector = 'kafka', topic = 'totals', ${at}, format = 'json');
            CREATE TABLE matched (id BIGINT, quote BIGINT, ts TIMESTAMP(3))
              WITH (connector = 'filesystem', path = '${dir}/matched', format = 'json', 'log' = 'true');
            CREATE TABLE overdue (id BIGINT, reason STRING)
              WITH (connector = 'kafka', topic = 'overdue', ${at}, format = 'json');
            INSERT INTO totals FROM trades |> CALL TUMBLE(ts, INTERVAL '2' SECOND)
              |> AGGREGATE count(*) AS n, sum(price) AS total GROUP BY window_start, symbol
              |> SELECT window_start, symbol, n, total;
            INSERT INTO matched SELECT t.id, q.quote, t.ts FROM trades AS t JOIN quotes AS q
              ON t.symbol = q.symbol AND q.ts BETWEEN t.ts - INTERVAL '1' SECOND AND t.ts WHERE t.id % 64 = 0;
            INSERT INTO overdue SELECT id, reason FROM trades$late;
            """;

    @TempDir
    Path directory;

    private KafkaBroker broker;
    private Producer<byte[], byte[]> producer;
    private Path query;
    private final Random random = new Random(1);
    private long sent;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "what a process takes is not told here");
        broker = KafkaBroker.start();
        producer = broker.producer();
        String at = "'properties.bootstrap.servers' = '" + broker.servers() + "', 'connect.timeout' = '60 s'";
        query = Files.writeString(
                directory.resolve("q.sql"), QUERY.replace("${at}", at).replace("${dir}", directory.toString()));
        for (String topic : List.of("trades", "quotes", "totals", "overdue")) {
            broker.createTopic(topic, PARTITIONS);
        }
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            producer.close();
            broker.close();
        }
    }

    /** Rows of now, one of a thousand of which is late, and one has a field more than the table. */
    private void send(int rows) {
        long now = System.currentTimeMillis();
        for (int i = 0; i < rows; i++, sent++) {
            String symbol = "s" + random.nextInt(SYMBOLS);
            long millis = now - (sent % 1_000 == 999 ? 60_000 : random.nextInt(500));
            String extra = sent % 1_000 == 0 ? ",\"n" + sent + "\":1" : "";
            send(
                    "trades",
                    "{\"id\":" + sent + ",\"symbol\":\"" + symbol + "\",\"price\":" + random.nextInt(1000),
                    millis,
                    extra);
            if (sent % 4 == 0) {
                send("quotes", "{\"quote\":" + sent + ",\"symbol\":\"" + symbol + "\"", now, "");
            }
        }
    }

    private void send(String topic, String members, long millis, String more) {
        String time = Instant.ofEpochMilli(millis).toString().replace("Z", "");
        byte[] value = (members + ",\"ts\":\"" + time + "\"" + more + "}").getBytes(StandardCharsets.UTF_8);
        Future<RecordMetadata> unused =
                producer.send(new ProducerRecord<>(topic, (int) (sent / 4 % PARTITIONS), null, value));
    }

    @Test
    void whatAJobTakesStaysTheSame() throws IOException, InterruptedException {
        Path measured = directory.resolve("samples.txt");
        Path said = directory.resolve("said.txt");
        Path state = directory.resolve("state");
        // All of the heap is there from the start, so that what grows is something else.
        List<String> options = List.of(
                "-Xms160m",
                "-Xmx160m",
                "-XX:+AlwaysPreTouch",
                "-XX:NativeMemoryTracking=summary",
                "-XX:TieredStopAtLevel=4");
        String[] arguments = {
            measured.toString(),
            "run",
            query.toString(),
            "--state",
            state.toString(),
            "--epoch",
            "250ms",
            "--parallelism",
            "2"
        };
        Process process = Processes.java(options, Processes.classPath(), SoakedJob.class, arguments)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        List<Long> stateBytes = new ArrayList<>();
        StateWatch watch = new StateWatch(state, PATIENCE_SECONDS);
        long from;
        try {
            assertTrue(watch.waitFor(process, 1), () -> text(said));
            from = Files.readAllLines(measured).size();
            for (long second = 0; second < SECONDS; second++) {
                long next = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
                send(ROWS_A_SECOND);
                stateBytes.add(bytes(state));
                Thread.sleep(Math.max(1, TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime())));
                assertTrue(process.isAlive(), () -> text(said));
            }
            producer.flush();
            long sentUntil = watch.decided();
            assertTrue(watch.waitFor(process, sentUntil + 4), () -> text(said));
        } finally {
            process.destroy();
        }
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "still running");
        assertEquals(0, process.exitValue(), () -> text(said));
        List<Sample> samples = Files.readAllLines(measured).stream()
                .skip(from)
                .limit(SECONDS)
                .map(Sample::parse)
                .toList();
        System.out.println(watch.decided() + " epochs, " + sent + " trades in " + SECONDS + " s; "
                + text(said)
                        .lines()
                        .filter(line -> line.contains("trades: "))
                        .findFirst()
                        .orElse(""));
        assertFlat("resident KiB", samples, Sample::resident, MORE_RESIDENT_KIB);
        assertFlat("off-heap KiB", samples, Sample::offHeap, MORE_OFF_HEAP_KIB);
        assertFlat("buffers KiB", samples, Sample::buffers, MORE_OFF_HEAP_KIB);
        assertFlat("threads", samples, Sample::threads, MORE_THREADS);
        assertFlat("descriptors", samples, Sample::descriptors, MORE_DESCRIPTORS);
        assertFlat("bytes of state on disk", stateBytes, Long::longValue, MORE_STATE_BYTES);
    }

    /** The mean of the last third of what follows the warm-up is not above that of its first third by more than this. */
    private static <T> void assertFlat(String what, List<T> samples, ToLongFunction<T> value, long more) {
        long[] values = samples.subList(samples.size() / WARM_UP, samples.size()).stream()
                .mapToLong(value)
                .toArray();
        int third = values.length / 3;
        double before = mean(values, 0, third);
        double after = mean(values, values.length - third, values.length);
        long most = Arrays.stream(values).max().orElseThrow();
        String figures = String.format(
                Locale.ROOT, "%s: %,.0f when warm, %,.0f in the end, %,d at most", what, before, after, most);
        System.out.println(figures);
        assertTrue(after <= before + more, figures);
    }

    private static double mean(long[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }

    private static long bytes(Path directory) throws IOException {
        long bytes = 0;
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.toList();
        } catch (UncheckedIOException e) {
            return bytes(directory); // deleted while it was looked for
        }
        for (Path file : files) {
            try {
                bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
            } catch (NoSuchFileException e) {
                // The job does away with what it needs no more.
            }
        }
        return bytes;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
