package io.leat.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.kafka.KafkaBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Yahoo query over many events, in one run of the command with a heap of 1 GB: from a file, from the file as a stream, and from a topic
 * of a real broker. Every count is that of DuckDB over the same file.
 *
 * <p>The system property {@code yahoo.events} says how many events; the Maven profile {@code soak} makes them five million.
 */
class YahooRunTest {
    private static final int EVENTS = Integer.getInteger("yahoo.events", 200_000);
    private static final int PARTITIONS = 4;
    private static final long TIMEOUT_MINUTES = 20;

    private static final String FILE =
            "'connector' = 'filesystem', 'path' = '${folder}/events.json', 'format' = 'json'";
    private static final String TOPIC = "'connector' = 'kafka', 'topic' = 'events', 'format' = 'json',"
            + " 'properties.bootstrap.servers' = '${servers}', 'scan.startup.mode' = 'earliest-offset'";

    @TempDir
    static Path folder;

    private static List<String> expected;

    @BeforeAll
    static void writeEvents() throws IOException, SQLException {
        YahooEvents.writeFiles(folder, EVENTS);
        expected = counts();
        assertTrue(expected.size() > YahooEvents.CAMPAIGNS);
    }

    /** Views by campaign and window, as the command prints them, asked of DuckDB. */
    private static List<String> counts() throws SQLException {
        String question = """
                SELECT campaign_id || ',' || strftime(make_timestamp(event_time // 10000 * 10000000), '%Y-%m-%dT%H:%M:%SZ')
                    || ',' || count(*)
                FROM read_json('FOLDER/events.json', format = 'newline_delimited',
                    columns = {ad_id: 'VARCHAR', event_type: 'VARCHAR', event_time: 'BIGINT'})
                JOIN read_csv('FOLDER/ads.csv', header = true, all_varchar = true) USING (ad_id)
                WHERE event_type = 'view'
                GROUP BY campaign_id, event_time // 10000
                """;
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question.replace("FOLDER", folder.toString()))) {
            while (answer.next()) {
                rows.add(answer.getString(1));
            }
        }
        return rows.stream().sorted().toList();
    }

    @Test
    void fromAFile() throws IOException, InterruptedException {
        assertEquals(expected, run(FILE));
    }

    @Test
    void fromAFileAsAStream() throws IOException, InterruptedException {
        assertEquals(expected, run(FILE + ", 'scan.mode' = 'stream'"));
    }

    @Test
    @Tag("broker")
    void fromATopic() throws IOException, InterruptedException {
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic("events", PARTITIONS);
            fill(broker);
            assertEquals(expected, run(TOPIC, "-D", "servers=" + broker.servers(), "--until", "now"));
        }
    }

    private static void fill(KafkaBroker broker) throws IOException {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.servers(), "linger.ms", "20", "batch.size", "262144", "acks", "all");
        try (Producer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
                BufferedReader lines = Files.newBufferedReader(folder.resolve("events.json"))) {
            int partition = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                byte[] value = line.getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>("events", partition, null, value));
                partition = (partition + 1) % PARTITIONS;
            }
        }
    }

    /** What the command prints for events from there: rows without the header, sorted. */
    private static List<String> run(String events, String... more) throws IOException, InterruptedException {
        String text = Files.readString(Path.of("yahoo.sql"));
        assertTrue(text.contains(FILE));
        Path query = Files.writeString(folder.resolve("yahoo.sql"), text.replace(FILE, events));
        Path output = folder.resolve("output.csv");
        Path messages = folder.resolve("messages.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--") || argument.contains("Unrecognized"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx1g", "-cp", classPath(), "io.leat.cli.Leat", "run", query.toString()));
        command.addAll(List.of("--output", "csv", "-D", "folder=" + folder));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(messages.toFile())
                .start();
        try {
            assertTrue(process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES), "the run takes too long");
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(messages);
        System.out.println(said);
        assertEquals(0, process.exitValue(), said);
        try (Stream<String> lines = Files.lines(output)) {
            return lines.filter(line -> !line.isEmpty() && !line.equals("campaign_id,window_start,views"))
                    .sorted()
                    .toList();
        }
    }

    private static String classPath() {
        String tests = System.getProperty("surefire.test.class.path");
        return tests == null ? System.getProperty("java.class.path") : tests;
    }
}
