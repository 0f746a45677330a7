package io.leat.compiler.nexmark;

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
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The queries of Nexmark over a topic of a real broker, as a stream up to now and as a table. */
@Tag("broker")
class NexmarkKafkaTest {
    private static final long SEED = 20260608;
    private static final int EVENTS = 3_000;
    private static final int STEP_MILLIS = 40;
    private static final String TOPIC = "nexmark";
    private static final QueryCompiler COMPILER = new QueryCompiler();

    @TempDir
    static Path folder;

    private static KafkaBroker broker;
    private static TestEngine engine;
    private static DuckDbAnswers ofTables;
    private static DuckDbAnswers ofStreams;

    @BeforeAll
    static void start() throws IOException, SQLException {
        engine = new TestEngine();
        AuctionEvents events = new AuctionEvents(engine, folder, SEED, EVENTS, STEP_MILLIS);
        events.write(folder.resolve("events"));
        Files.write(
                folder.resolve("side_input.csv"),
                IntStream.range(0, 1_200).mapToObj(key -> key + ",side " + key).toList());
        ofTables = new DuckDbAnswers(folder.resolve("events"), AuctionEvents.PARTITIONS, true);
        ofStreams = new DuckDbAnswers(folder.resolve("events"), AuctionEvents.PARTITIONS, false);
        broker = KafkaBroker.start();
        broker.createTopic(TOPIC, AuctionEvents.PARTITIONS);
        try (Producer<byte[], byte[]> producer = broker.producer()) {
            for (int i = 0; i < AuctionEvents.PARTITIONS; i++) {
                for (String event : events.partitions().get(i)) {
                    producer.send(new ProducerRecord<>(TOPIC, i, null, event.getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
    }

    @AfterAll
    static void stop() throws SQLException {
        ofTables.close();
        ofStreams.close();
        // Fails if a job left memory behind.
        engine.close();
        broker.close();
    }

    static List<String> queries() {
        return NexmarkScript.queries();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aTopicGivesTheSameAsDuckDb(String query) throws IOException, SQLException {
        String who = query + ", seed " + SEED;
        ofStreams.check(query, run(query, "", 1, true), false, who + ", until now");
        ofStreams.check(query, run(query, "", 3, true), false, who + ", until now, 3 workers");
        ofStreams.check(query, inPieces(query), false, who + ", until now, in pieces of 1 and 3 workers");
        String bounded = ", 'scan.bounded.mode' = 'latest-offset'";
        ofTables.check(query, run(query, bounded, 3, false), false, who + ", bounded, 3 workers");
    }

    private static Outcome inPieces(String query) {
        List<CompiledJob> jobs = List.of(compile(query, "", 1, true), compile(query, "", 3, true));
        return engine.runInPieces(jobs, JobSettings.NONE.withBatchRows(300), folder, Map.of(), true, SEED);
    }

    private static Outcome run(String query, String more, int workers, boolean untilNow) {
        return engine.run(compile(query, more, workers, untilNow), JobSettings.NONE, folder, Map.of(), untilNow);
    }

    private static CompiledJob compile(String query, String more, int workers, boolean untilNow) {
        NexmarkScript script = NexmarkScript.tables()
                .from("'connector' = 'kafka', 'topic' = '" + TOPIC + "', 'properties.bootstrap.servers' = '"
                        + broker.servers() + "', 'format' = 'json'" + more)
                .withSideInput("'connector' = 'filesystem', 'path' = '${dir}/side_input.csv', 'format' = 'csv'")
                .ask(query);
        CompileOptions options =
                CompileOptions.defaults().withParallelism(workers).withUntilNow(untilNow);
        return COMPILER.compile(new SourceText(query + ".sql", script.text()), options)
                .job();
    }
}
