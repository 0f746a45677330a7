package io.leat.compiler.nexmark;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.corpus.TestEngine;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The events that Leat makes up, dealt to several partitions: in disorder, and some of them late. */
final class AuctionEvents {
    static final int PARTITIONS = 3;
    /** Half a minute before the last event, more than any window of the queries. */
    private static final String OPTIONS = """
            'connector' = 'datagen', 'template' = 'nexmark', 'seed' = '%d', 'number-of-rows' = '%d', 'rows-per-second' = '0',
            'event-time.step' = '%d ms', 'event-time.jitter' = '3 s', 'event-time.late-rate' = '0.02',
            'event-time.late-by' = '30 s'
            """;

    private final List<List<String>> partitions = new ArrayList<>();

    /**
     * @param folder where files may go
     * @param rows how many events there are
     * @param stepMillis from one to the next
     */
    AuctionEvents(TestEngine engine, Path folder, long seed, int rows, int stepMillis) throws IOException {
        NexmarkScript tables = NexmarkScript.tables().from(OPTIONS.formatted(seed, rows, stepMillis));
        Path file = folder.resolve("made-up.json");
        String script = tables.text()
                + tables.copyOfEvents("'connector' = 'filesystem', 'path' = '" + file + "', 'format' = 'json'");
        CompiledJob job = new QueryCompiler()
                .compile(new SourceText("events.sql", script), CompileOptions.defaults())
                .job();
        engine.run(job, JobSettings.NONE, folder, Map.of());
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new ArrayList<>());
        }
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            partitions.get(i % PARTITIONS).add(lines.get(i));
        }
    }

    /** The events of each partition in order, JSON objects. */
    List<List<String>> partitions() {
        return partitions;
    }

    /** Writes a file per partition. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < PARTITIONS; i++) {
            Files.write(folder.resolve("part-" + i + ".json"), partitions.get(i));
        }
    }
}
