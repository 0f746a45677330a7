package io.leat.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.physical.Shape;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.local.Engine;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.type.Schema;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What grouping rows before an exchange is worth: sums per key over two files on two workers, with the rule and without it, in turns in
 * one JVM. Prints for each number of keys the medians of processor time, and how many times as much it takes without the rule. Every run
 * is checked.
 */
public final class CombineGroups {
    private static final int WORKERS = 2;
    private static final int ROWS_PER_FILE = 500_000;
    private static final int ROUNDS = 11;
    private static final int WARM_UP = 4;
    private static final long SPAN_MILLIS = 600_000;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final String TABLE = """
            CREATE TABLE t (k BIGINT, v INT, at BIGINT, ts AS TO_TIMESTAMP_LTZ(at, 3), WATERMARK FOR ts AS ts)
            WITH (connector = 'filesystem', path = '${path}', format = 'csv', 'scan.mode' = '${mode}');
            """;

    /** A query, with how its table is read. */
    private enum Asked {
        WHOLE("bounded", "SELECT k, COUNT(*) AS n, SUM(v) AS total FROM t GROUP BY k"),
        WINDOWS(
                "stream",
                "FROM t |> CALL TUMBLE(ts, INTERVAL '1' MINUTE)"
                        + " |> AGGREGATE COUNT(*) AS n, SUM(v) AS total GROUP BY k, window_end"),
        ONE_GROUP("bounded", "SELECT 0 AS k, COUNT(*) AS n, SUM(v) AS total FROM t");

        private final String mode;
        private final String query;

        Asked(String mode, String query) {
            this.mode = mode;
            this.query = query;
        }
    }

    private CombineGroups() {}

    public static void main(String[] arguments) throws IOException {
        for (int keys : List.of(100, 10_000, 1_000_000)) {
            Path folder = Files.createTempDirectory("combine-groups");
            long total = write(folder, keys);
            for (Asked asked : Asked.values()) {
                measure(asked, keys, folder, total);
            }
            for (int file = 0; file < WORKERS; file++) {
                Files.delete(folder.resolve(file + ".csv"));
            }
            Files.delete(folder);
        }
    }

    /** Writes the files; answers with the sum of all values. */
    private static long write(Path folder, int keys) throws IOException {
        SplittableRandom random = new SplittableRandom(keys);
        long total = 0;
        for (int file = 0; file < WORKERS; file++) {
            try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(file + ".csv"))) {
                for (int row = 0; row < ROWS_PER_FILE; row++) {
                    int value = random.nextInt(1000);
                    long time = SPAN_MILLIS * row / ROWS_PER_FILE;
                    out.write(random.nextInt(keys) + "," + value + "," + time + "\n");
                    total += value;
                }
            }
        }
        return total;
    }

    private static void measure(Asked asked, int keys, Path folder, long total) {
        String text = TABLE.replace("${path}", folder.toString()).replace("${mode}", asked.mode) + asked.query;
        Map<String, CompiledJob> jobs = new TreeMap<>();
        jobs.put("with", compile(text, Set.of()));
        jobs.put("without", compile(text, Set.of(Shape.COMBINE_GROUPS.rule())));
        Map<String, double[]> seconds = new TreeMap<>();
        try (Engine engine = Engine.open()) {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                for (Map.Entry<String, CompiledJob> each : jobs.entrySet()) {
                    double taken = run(engine, each.getValue(), total);
                    if (round >= 0) {
                        seconds.computeIfAbsent(each.getKey(), key -> new double[ROUNDS])[round] = taken;
                    }
                }
            }
        }
        double with = median(seconds.get("with"));
        double without = median(seconds.get("without"));
        System.out.printf(
                Locale.ROOT,
                "%-10s %9d keys  with %.3f s (%.3f to %.3f)  without %.3f s (%.3f to %.3f)  %.2f times as much without%n",
                asked,
                keys,
                with,
                least(seconds.get("with")),
                most(seconds.get("with")),
                without,
                least(seconds.get("without")),
                most(seconds.get("without")),
                without / with);
    }

    private static CompiledJob compile(String text, Set<String> disabled) {
        CompileOptions options =
                CompileOptions.defaults().withParallelism(WORKERS).withDisabledRules(disabled);
        return new QueryCompiler()
                .compile(new SourceText("combine.sql", text), options)
                .job();
    }

    /** Processor seconds that a run takes, of all threads: what else the machine does hardly shows in them. */
    private static double run(Engine engine, CompiledJob compiled, long expected) {
        Sums sums = new Sums();
        long start = PROCESS.getProcessCpuTime();
        try (Job job = engine.deploy(compiled, JobOptions.defaults().withResults(sums))) {
            job.await();
        }
        double taken = (PROCESS.getProcessCpuTime() - start) / 1e9;
        if (sums.rows != (long) WORKERS * ROWS_PER_FILE || sums.total != expected) {
            throw new IllegalStateException(sums.rows + " rows with " + sums.total + " instead of " + expected);
        }
        return taken;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double least(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double most(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    /** Adds up the last two columns of the result. */
    private static final class Sums implements ResultReceiver {
        private long rows;
        private long total;

        @Override
        public void begin(String title, Schema schema) {
            // There is one result.
        }

        @Override
        public void rows(Batch batch) {
            for (int row = 0; row < batch.rows(); row++) {
                rows += batch.column(batch.columns() - 2).getLong(row);
                total += batch.column(batch.columns() - 1).getLong(row);
            }
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void end() {
            // The job says so, too.
        }
    }
}
