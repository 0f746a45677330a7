package io.leat.compiler.equality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.corpus.Outcome;
import io.leat.compiler.corpus.TestEngine;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.connector.kafka.KafkaBroker;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files of {@code examples/flink} over topics of a real broker, and the one that is written for topics over files, too: the same
 * answers. Nothing of them is changed but where tables are.
 */
@Tag("broker")
class FlinkTopicTest {
    private static final Path EXAMPLES = Path.of("..", "examples", "flink");
    private static final QueryCompiler COMPILER = new QueryCompiler();
    private static final Pattern TOPIC = Pattern.compile("'connector' = '(?:upsert-)?kafka',\\s+'topic' = '([\\w-]+)'");
    private static final Pattern WITH = Pattern.compile("WITH \\(([^)]*)\\)");
    private static final List<String> SINKS =
            List.of("orders_of_cities", "revenue", "delivered", "first_versions", "largest", "best_customers");

    @TempDir
    static Path folder;

    private static KafkaBroker broker;
    private static TestEngine engine;
    private static Shop shop;

    @BeforeAll
    static void start() throws IOException, SQLException {
        engine = new TestEngine();
        shop = new Shop(folder);
        broker = KafkaBroker.start();
        try (Producer<byte[], byte[]> producer = broker.producer()) {
            shop.topics().forEach((topic, partitions) -> write(producer, topic, partitions));
            for (String topic : List.of("orders", "payments", "rates")) {
                write(producer, "hand-" + topic, List.of(Files.readAllLines(EXAMPLES.resolve(topic + ".json"))));
            }
        }
    }

    /** A record of rates has its key. */
    private static void write(Producer<byte[], byte[]> producer, String topic, List<List<String>> partitions) {
        broker.createTopic(topic, partitions.size());
        for (int i = 0; i < partitions.size(); i++) {
            for (String line : partitions.get(i)) {
                byte[] key = topic.endsWith("rates") ? bytes(line.replaceAll(",.*", "}")) : null;
                producer.send(new ProducerRecord<>(topic, i, key, bytes(line)));
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @AfterAll
    static void stop() {
        // Fails if a job left memory behind.
        engine.close();
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void ordersFromTopics(int workers) throws IOException {
        String text = Files.readString(EXAMPLES.resolve("orders.sql"))
                .replaceAll(
                        "'connector' = 'filesystem',\\s+'path' = 'examples/flink/(\\w+)\\.json'",
                        "'connector' = 'kafka', 'topic' = 'hand-$1', 'properties.bootstrap.servers' = '"
                                + broker.servers() + "'")
                .replace("'examples/flink/", "'" + EXAMPLES + "/")
                .replace("'file.name'", "'topic'");
        Outcome outcome = run(text, workers);
        assertEquals(
                FlinkFileTest.EXPECTED,
                outcome.answers().stream().map(FlinkFileTest::rows).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shopFromTopicsToTopics(int workers) throws IOException, SQLException {
        String text = shopText().replace("localhost:9092", broker.servers());
        for (String sink : SINKS) {
            String topic = "'" + sink.replace('_', '-') + "'";
            text = text.replace("'topic' = " + topic, "'topic' = '" + sink + workers + "'");
        }
        run(text, workers);
        String read = text.substring(0, text.indexOf("EXECUTE STATEMENT SET"))
                + SINKS.stream().map(sink -> "SELECT * FROM " + sink + ";\n").collect(Collectors.joining());
        shop.check(run(read, 1).answers(), workers + " workers, topics");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 4096"})
    void shopFromFiles(int workers, int batchRows) throws IOException, SQLException {
        Matcher tables = WITH.matcher(shopText());
        String text = tables.replaceAll(table -> Matcher.quoteReplacement("WITH (" + onFiles(table.group(1)) + ")"));
        CompiledJob job = compile(text, workers, false);
        Outcome outcome = engine.run(job, JobSettings.NONE.withBatchRows(batchRows), folder, Map.of());
        shop.check(outcome.answers(), workers + " workers, files");
        assertTrue(outcome.report().orElseThrow().sources().stream()
                .anyMatch(source -> source.counts().late() > 0));
    }

    private static String onFiles(String options) {
        Matcher topic = TOPIC.matcher(options);
        if (!topic.find()) {
            return options;
        }
        return shop.topics().containsKey(topic.group(1))
                ? "'connector' = 'filesystem', 'path' = '${dir}/" + topic.group(1)
                        + "', 'format' = 'json', 'scan.mode' = 'stream'"
                : "'connector' = 'print'";
    }

    private static String shopText() throws IOException {
        return Files.readString(EXAMPLES.resolve("shop.sql"))
                .replace("jdbc:postgresql://localhost:5432/shop", shop.database());
    }

    /** Runs up to what is there now. */
    private static Outcome run(String text, int workers) {
        Outcome outcome = engine.run(compile(text, workers, true), JobSettings.NONE, folder, Map.of(), true);
        assertEquals(Optional.empty(), outcome.failure());
        return outcome;
    }

    private static CompiledJob compile(String text, int workers, boolean untilNow) {
        String parallel = text.replace("'parallelism.default' = '2'", "'parallelism.default' = '" + workers + "'");
        return COMPILER.compile(
                        new SourceText("example.sql", parallel),
                        CompileOptions.defaults().withUntilNow(untilNow))
                .job();
    }
}
