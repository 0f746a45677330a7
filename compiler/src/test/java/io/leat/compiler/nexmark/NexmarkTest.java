package io.leat.compiler.nexmark;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.corpus.Outcome;
import io.leat.compiler.corpus.TestEngine;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.JobSettings.StateStoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The queries of Nexmark over tables and over streams with disorder and late rows, in several modes. */
class NexmarkTest {
    private static final long SEED = 20260607;
    private static final int EVENTS = 6_000;
    /** Two minutes in all: twelve windows of ten seconds. */
    private static final int STEP_MILLIS = 20;

    private static final QueryCompiler COMPILER = new QueryCompiler();
    private static final JobSettings HEAP = JobSettings.NONE.withStateStore(StateStoreKind.HEAP);
    /** Tables so small that groups are evicted and read back, and epochs that end all the time. */
    private static final JobSettings TIGHT =
            JobSettings.NONE.withHotGroups(2).withEpochMillis(1).withBatchRows(7);

    @TempDir
    static Path folder;

    private static TestEngine engine;
    private static DuckDbAnswers ofTables;
    private static DuckDbAnswers ofStreams;

    /**
     * A way to run a query.
     *
     * @param bounded whether the files are a table, not a stream
     * @param told whether the result is asked for as changes, which are then summed up
     * @param pieces for how many workers the pieces are that the run is cut into, taking turns; empty for one run
     */
    private record Mode(
            String name, boolean bounded, int workers, JobSettings settings, boolean told, List<Integer> pieces) {
        Mode(String name, boolean bounded, int workers, JobSettings settings, boolean told) {
            this(name, bounded, workers, settings, told, List.of());
        }
    }

    private static final List<Mode> MODES = List.of(
            new Mode("table", true, 1, HEAP, false),
            new Mode("table, 3 workers, batches of 64", true, 3, HEAP.withBatchRows(64), false),
            new Mode("stream", false, 1, HEAP, false),
            new Mode("stream, batches of 5", false, 1, HEAP.withBatchRows(5), false),
            new Mode("stream, 3 workers", false, 3, HEAP, false),
            new Mode("stream, tight, heap", false, 1, TIGHT.withStateStore(StateStoreKind.HEAP), false),
            new Mode(
                    "stream, 3 workers, tight, Chronicle",
                    false,
                    3,
                    TIGHT.withStateStore(StateStoreKind.CHRONICLE),
                    false),
            new Mode("stream, in pieces, batches of 64", false, 1, HEAP.withBatchRows(64), false, List.of(1)),
            new Mode("stream, 3 workers, in pieces, tight, heap", false, 3, TIGHT, false, List.of(3)),
            new Mode("stream, pieces of 1 and 3 workers", false, 1, HEAP.withBatchRows(200), false, List.of(1, 3)),
            new Mode("table, in pieces", true, 1, HEAP.withBatchRows(300), false, List.of(1)),
            new Mode("stream, told as changes", false, 1, HEAP, true),
            new Mode("stream, told as changes, 3 workers, batches of 5", false, 3, HEAP.withBatchRows(5), true));

    @BeforeAll
    static void start() throws IOException, SQLException {
        engine = new TestEngine();
        AuctionEvents events = new AuctionEvents(engine, folder, SEED, EVENTS, STEP_MILLIS);
        Path files = folder.resolve("events");
        events.write(files);
        Files.write(
                folder.resolve("side_input.csv"),
                IntStream.range(0, 1_200).mapToObj(key -> key + ",side " + key).toList());
        ofTables = new DuckDbAnswers(files, AuctionEvents.PARTITIONS, true);
        ofStreams = new DuckDbAnswers(files, AuctionEvents.PARTITIONS, false);
    }

    @AfterAll
    static void stop() throws SQLException {
        ofTables.close();
        ofStreams.close();
        // Fails if a job left memory behind.
        engine.close();
    }

    static List<String> queries() {
        return NexmarkScript.queries();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void everyModeAgreesWithDuckDb(String query) throws IOException, SQLException {
        for (Mode mode : MODES) {
            check(query, mode);
        }
    }

    private static void check(String query, Mode mode) throws IOException, SQLException {
        String who = query + ", " + mode.name() + ", seed " + SEED;
        DuckDbAnswers database = mode.bounded() ? ofTables : ofStreams;
        database.check(query, run(query, mode), mode.told(), who);
    }

    private static Outcome run(String query, Mode mode) {
        String scan = mode.bounded() ? "bounded" : "stream";
        NexmarkScript script = NexmarkScript.tables()
                .from("'connector' = 'filesystem', 'path' = '${dir}/events', 'format' = 'json', 'scan.mode' = '" + scan
                        + "'")
                .withSideInput("'connector' = 'filesystem', 'path' = '${dir}/side_input.csv', 'format' = 'csv'")
                .ask(query);
        SourceText text = new SourceText(query + ".sql", (mode.told() ? script.toldAsChanges() : script).text());
        if (mode.pieces().isEmpty()) {
            return engine.run(compile(text, mode.workers()), mode.settings(), folder, Map.of());
        }
        List<CompiledJob> jobs =
                mode.pieces().stream().map(workers -> compile(text, workers)).toList();
        return engine.runInPieces(jobs, mode.settings(), folder, Map.of(), false, SEED);
    }

    private static CompiledJob compile(SourceText text, int workers) {
        return COMPILER.compile(text, CompileOptions.defaults().withParallelism(workers))
                .job();
    }
}
