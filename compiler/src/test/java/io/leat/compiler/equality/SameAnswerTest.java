package io.leat.compiler.equality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.connector.kafka.KafkaBroker;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.Engine;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.RowCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The example of the language guide gives the same rows, late rows and rejected rows in three spellings, from files, from files as a
 * stream and from a topic of a real broker, on one worker and on three, and they are those of a plain count.
 */
@Tag("broker")
@Tag("every-jdk")
class SameAnswerTest {
    private static final long SEED = 20260501;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final QueryCompiler COMPILER = new QueryCompiler();
    private static final Readings READINGS = new Readings(SEED);

    @TempDir
    static Path folder;

    private static KafkaBroker broker;
    private static Engine engine;
    private static int runs;

    /** Lines of the three outputs as they stand in the files, sorted. */
    private record Output(List<String> rows, List<String> late, List<String> rejected) {}

    @BeforeAll
    static void start() throws IOException {
        READINGS.write(folder);
        broker = KafkaBroker.start();
        broker.createTopic("readings", Readings.PARTITIONS);
        try (Producer<byte[], byte[]> producer = broker.producer()) {
            for (int i = 0; i < Readings.PARTITIONS; i++) {
                for (Readings.Reading reading : READINGS.partitions().get(i)) {
                    byte[] value = reading.text().getBytes(StandardCharsets.UTF_8);
                    producer.send(new ProducerRecord<>("readings", i, null, value));
                }
            }
        }
        engine = Engine.open();
    }

    @AfterAll
    static void stop() {
        // Fails if a job left memory behind.
        engine.close();
        broker.close();
    }

    private static String options(Origin origin) {
        return switch (origin) {
            case FILES -> "'connector'='filesystem', 'path'='${dir}/readings', 'format'='json'";
            case FILES_AS_STREAM ->
                "'connector'='filesystem', 'path'='${dir}/readings', 'format'='json', 'scan.mode'='stream'";
            case TOPIC ->
                "'connector'='kafka', 'topic'='readings', 'properties.bootstrap.servers'='${servers}',"
                        + " 'format'='json'";
        };
    }

    private enum Origin {
        FILES,
        FILES_AS_STREAM,
        TOPIC
    }

    @ParameterizedTest
    @EnumSource
    void spellingsWorkersAndBatchesAgree(Origin origin) throws IOException {
        SiteMinutes expected = new SiteMinutes(READINGS, origin != Origin.FILES);
        Output first = null;
        for (Spelling spelling : Spelling.values()) {
            for (int workers : new int[] {1, 3}) {
                for (int batchRows : new int[] {3, 4096}) {
                    String run = spelling + ", " + workers + " workers, batches of " + batchRows + ", seed " + SEED;
                    Output output = run(spelling, origin, workers, batchRows, expected, run);
                    if (first == null) {
                        first = output;
                        check(expected, output, run);
                    }
                    assertEquals(first, output, run);
                }
            }
        }
        assertEquals(origin == Origin.FILES, first.late().isEmpty());
        assertFalse(first.rejected().isEmpty());
    }

    private static Output run(
            Spelling spelling, Origin origin, int workers, int batchRows, SiteMinutes expected, String run)
            throws IOException {
        Path out = folder.resolve("out-" + runs++);
        Map<String, String> parameters = new HashMap<>();
        parameters.put("dir", folder.toString());
        parameters.put("out", out.toString());
        parameters.put("servers", broker.servers());
        CompileOptions compileOptions =
                CompileOptions.defaults().withUntilNow(true).withParallelism(workers);
        CompiledJob compiled = COMPILER.compile(
                        new SourceText("site_minutes.sql", spelling.text(options(origin))), compileOptions)
                .job();
        JobOptions options = JobOptions.defaults()
                .withParameters(parameters)
                .withUntilNow(true)
                .withSettings(JobSettings.NONE.withBatchRows(batchRows));
        try (Job job = engine.deploy(compiled, options)) {
            checkCounts(expected, job.await(), run);
        }
        return new Output(
                lines(out.resolve("site_minutes")), lines(out.resolve("late")), lines(out.resolve("rejected")));
    }

    private static void checkCounts(SiteMinutes expected, JobReport report, String run) {
        RowCounts counts = report.sources().stream()
                .filter(source -> source.table().equals("readings"))
                .findFirst()
                .orElseThrow()
                .counts();
        assertEquals(expected.rejected().size(), counts.rejected(), run);
        assertEquals(expected.late().size(), counts.late(), run);
        assertEquals(expected.filtered(), counts.filtered(), run);
        assertEquals(expected.missed(), counts.missed(), run);
        assertEquals(expected.onTime(), counts.onTime(), run);
        assertEquals(READINGS.partitions().stream().mapToInt(List::size).sum(), counts.read(), run);
    }

    /** All lines of the data files of a table. */
    private static List<String> lines(Path table) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(table)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.startsWith("_") && !name.startsWith(".")) {
                    lines.addAll(Files.readAllLines(file));
                }
            }
        }
        return lines.stream().sorted().toList();
    }

    private static void check(SiteMinutes expected, Output output, String run) throws IOException {
        List<String> rows = new ArrayList<>();
        for (String line : output.rows()) {
            JsonNode row = JSON.readTree(line);
            String site = row.get("site").isNull() ? "" : row.get("site").asText();
            rows.add(site + " " + millis(row.get("window_start")) + " "
                    + row.get("avg_f").asDouble() + " " + row.get("n").asLong());
        }
        assertEquals(expected.rows(), rows.stream().sorted().toList(), run);
        List<String> late = new ArrayList<>();
        for (String line : output.late()) {
            JsonNode row = JSON.readTree(line);
            late.add(row.get("device_id").asLong() + " " + row.get("celsius").asDouble() + " " + millis(row.get("ts"))
                    + " @ " + millis(row.get("watermark")));
        }
        assertEquals(expected.late(), late.stream().sorted().toList(), run);
        List<String> rejected = new ArrayList<>();
        for (String line : output.rejected()) {
            JsonNode row = JSON.readTree(line);
            assertTrue(row.get("reason").asText().contains(": "), line);
            rejected.add(new String(row.get("raw").binaryValue(), StandardCharsets.UTF_8) + " @ "
                    + millis(row.get("watermark")));
        }
        assertEquals(expected.rejected(), rejected.stream().sorted().toList(), run);
    }

    private static String millis(JsonNode time) {
        return time.isNull()
                ? "null"
                : Long.toString(Instant.parse(time.asText()).toEpochMilli());
    }
}
