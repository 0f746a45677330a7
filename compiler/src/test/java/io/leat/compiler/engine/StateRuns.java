package io.leat.compiler.engine;

import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.ResultReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs of a query that keeps its state in {@code state}, and shows its rows in tables in {@code out}. */
final class StateRuns implements AutoCloseable {
    private static final int BATCH_ROWS = 3;

    private final QueryRuns runs;
    private final Path folder;

    StateRuns(Path folder) {
        this.folder = folder;
        this.runs = new QueryRuns(new TickingClock(0), folder);
    }

    /** To the end, in epochs that take their time. */
    JobOptions toTheEnd() {
        return options(1000);
    }

    /** For so many epochs of a batch each. */
    JobOptions epochs(long epochs) {
        return options(0).stoppingAfter(epochs);
    }

    private JobOptions options(int epochMillis) {
        JobSettings settings = JobSettings.NONE.withBatchRows(BATCH_ROWS).withEpochMillis(epochMillis);
        return runs.options(settings, ResultReceiver.ignoring()).withState(folder.resolve("state"));
    }

    JobReport run(String query, JobOptions options) {
        return run(QueryRuns.compile(query, 1), options);
    }

    JobReport run(CompiledJob job, JobOptions options) {
        try (Job running = runs.start(job, options)) {
            return running.await();
        }
    }

    /** The rows that the tables show, sorted, each behind the name of its table. */
    List<String> rows(String... tables) throws IOException {
        List<String> rows = new ArrayList<>();
        for (String table : tables) {
            Path directory = folder.resolve("out/" + table);
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.list(directory)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        Files.readAllLines(file).forEach(row -> rows.add(table + " " + row));
                    }
                }
            }
        }
        rows.sort(null);
        return rows;
    }

    /** What the tables show if nothing is disturbed. Nothing is left of it. */
    List<String> undisturbed(String query, String... tables) throws IOException {
        run(query, toTheEnd());
        List<String> expected = rows(tables);
        delete("state");
        delete("out");
        return expected;
    }

    void delete(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            for (Path file :
                    files.sorted((left, right) -> right.compareTo(left)).toList()) {
                Files.delete(file);
            }
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    @Override
    public void close() {
        runs.close();
    }
}
