package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.engine.LatenessModel.Row;
import io.leat.compiler.engine.LatenessModel.Statement;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.RowCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Windows, late rows, rejected rows and all counts are those of the lateness guide, for random partitions, whatever the size of
 * batches and the number of workers.
 */
class LatenessTest {
    private static final long START = Instant.parse("2026-06-01T11:00:00Z").toEpochMilli();
    private static final long NOW = Instant.parse("2026-06-01T12:00:00Z").toEpochMilli();
    private static final long DELAY = 3_000;
    private static final long SKEW = 300_000;
    private static final int SEEDS = 25;

    @TempDir
    Path folder;

    private static String query(List<Statement> statements, String options) {
        StringBuilder text = new StringBuilder("""
                CREATE TABLE r (id INT, k INT, d INT, ts TIMESTAMP_LTZ(3), WATERMARK FOR ts AS ts - INTERVAL '3' SECOND)
                  WITH (connector = 'filesystem', path = '${dir}', format = 'json', 'scan.reject-limit' = '1'%s);
                """.formatted(options));
        int views = 0;
        for (Statement statement : statements) {
            if (statement.slide() == 0) {
                text.append("CREATE VIEW v").append(++views).append(" AS SELECT k, ts, 12 / d AS x FROM r WHERE k >= ");
                text.append(statement.leastKey()).append("; SELECT k, window_start, window_end, COUNT(x) AS n FROM");
                text.append(" TABLE(SESSION(TABLE v").append(views);
                text.append(" PARTITION BY k, DESCRIPTOR(ts), INTERVAL '").append(statement.size());
                text.append(" milliseconds')) GROUP BY k, window_start, window_end");
                text.append(patience(statement)).append(";\n");
                continue;
            }
            String size = "INTERVAL '" + statement.size() / 1_000 + "' SECOND)";
            String window = statement.size() == statement.slide()
                    ? "TUMBLE(ts, " + size
                    : (statement.cumulates() ? "CUMULATE" : "HOP") + "(ts, INTERVAL '" + statement.slide() / 1_000
                            + "' SECOND, " + size;
            text.append("FROM r |> WHERE k >= ").append(statement.leastKey()).append(" |> EXTEND 12 / d AS x |> CALL ");
            text.append(window).append(" |> AGGREGATE count(x) AS n GROUP BY k, window_start, window_end");
            text.append(patience(statement)).append(";\n");
        }
        return text + "SELECT id, watermark FROM r$late; SELECT id, watermark FROM r$rejected;\n";
    }

    private static String patience(Statement statement) {
        return statement.patience() == 0 ? "" : " EMIT AFTER INTERVAL '" + statement.patience() + " milliseconds'";
    }

    private static List<List<Row>> partitions(SplittableRandom random) {
        List<List<Row>> partitions = new ArrayList<>();
        int id = 0;
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            List<Row> rows = new ArrayList<>();
            long now = START + random.nextInt(20_000);
            int width = 1 + random.nextInt(40_000);
            for (int size = random.nextInt(120); size > 0; size--) {
                now += random.nextInt(2_000);
                Long time = now - random.nextInt(width);
                if (random.nextInt(15) == 0) {
                    time = null;
                } else if (random.nextInt(40) == 0) {
                    // Around the limit of what is too far ahead.
                    time = NOW + SKEW + random.nextInt(-2, 3);
                }
                rows.add(new Row(id++, random.nextInt(5), time, random.nextInt(25) == 0 ? 0 : 1 + random.nextInt(3)));
            }
            partitions.add(rows);
        }
        return partitions;
    }

    private static void write(Path to, List<List<Row>> partitions) throws IOException {
        Files.createDirectories(to);
        for (int i = 0; i < partitions.size(); i++) {
            List<String> lines = new ArrayList<>();
            for (Row row : partitions.get(i)) {
                String time = row.time() == null ? "null" : "\"" + Instant.ofEpochMilli(row.time()) + "\"";
                lines.add("{\"id\":" + row.id() + ",\"k\":" + row.key() + ",\"d\":" + row.divisor() + ",\"ts\":" + time
                        + "}");
            }
            Files.write(to.resolve("p" + i + ".json"), lines);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, reject", "true, keep", "false, reject", "false, keep"})
    void everyModeAgreesWithTheGuide(boolean stream, String nullTimes) throws IOException {
        List<List<Statement>> files = List.of(
                List.of(new Statement(10_000, 10_000, false, 0)),
                List.of(new Statement(10_000, 4_000, false, 0)),
                List.of(new Statement(12_000, 3_000, true, 0)),
                List.of(new Statement(2_500, 0, false, 0)),
                List.of(new Statement(1_000, 0, false, 1), new Statement(8_000, 8_000, false, 0)),
                List.of(new Statement(10_000, 10_000, false, 0, 4_500)),
                List.of(new Statement(10_000, 4_000, false, 0, 7_001)),
                List.of(new Statement(12_000, 3_000, true, 0, 2_000), new Statement(12_000, 3_000, true, 0)),
                List.of(new Statement(2_500, 0, false, 0, 5_000), new Statement(2_500, 0, false, 0, 1)),
                List.of(
                        new Statement(6_000, 6_000, false, 2),
                        new Statement(20_000, 5_000, false, 1),
                        new Statement(60_000, 1_000, true, 3)));
        String options = (stream ? ", 'scan.mode' = 'stream', 'scan.watermark.max-future-skew' = '5 min'" : "")
                + ", 'scan.watermark.null-time' = '" + nullTimes + "'";
        long lateRows = 0;
        for (List<Statement> statements : files) {
            Map<Integer, CompiledJob> jobs = new LinkedHashMap<>();
            for (int workers : new int[] {1, 3}) {
                jobs.put(workers, QueryRuns.compile(query(statements, options), workers));
            }
            for (long seed = 1; seed <= SEEDS; seed++) {
                Path data = folder.resolve(stream + nullTimes + files.indexOf(statements) + "-" + seed);
                List<List<Row>> partitions = partitions(new SplittableRandom(seed));
                write(data, partitions);
                LatenessModel model = new LatenessModel(
                        statements, stream, nullTimes.equals("keep"), DELAY, stream ? NOW + SKEW : Long.MAX_VALUE);
                partitions.forEach(model::read);
                lateRows += model.late().size();
                check(model, statements.size(), jobs, data, statements + ", seed " + seed, seed);
            }
        }
        assertEquals(stream, lateRows > 500, lateRows + " late rows");
    }

    private static void check(
            LatenessModel model, int statements, Map<Integer, CompiledJob> jobs, Path data, String what, long seed) {
        // The clock stands still: which rows are too far ahead must not depend on the machine.
        try (QueryRuns runs = new QueryRuns(new TickingClock(0), data)) {
            for (Map.Entry<Integer, CompiledJob> job : jobs.entrySet()) {
                for (int batchRows : new int[] {1, 3, 4096}) {
                    String run = what + ", " + job.getKey() + " workers, batches of " + batchRows;
                    check(model, statements, runs.run(job.getValue(), JobSettings.NONE.withBatchRows(batchRows)), run);
                }
            }
            // Stopped behind a batch, and gone on with by as many workers, or by others.
            List<Integer> pieces =
                    List.of(List.of(1), List.of(3), List.of(1, 3)).get((int) (seed % 3));
            int batchRows = 1 + (int) (seed % 4) * 5;
            QueryRuns.Outcome outcome = runs.runInPieces(
                    pieces.stream().map(jobs::get).toList(), JobSettings.NONE.withBatchRows(batchRows), seed);
            check(model, statements, outcome, what + ", in pieces, workers " + pieces + ", batches of " + batchRows);
        }
    }

    private static void check(LatenessModel model, int statements, QueryRuns.Outcome outcome, String run) {
        for (int i = 0; i < statements; i++) {
            assertEquals(model.windows(i), outcome.rows().sorted(i), run);
        }
        assertEquals(model.late(), outcome.rows().sorted(statements), run + ", late rows");
        assertEquals(model.rejected(), outcome.rows().sorted(statements + 1), run + ", rejected rows");
        RowCounts counts = outcome.counts("r");
        assertEquals(model.late().size(), counts.late(), run);
        assertEquals(model.rejected().size(), counts.rejected(), run);
        assertEquals(model.onTime(), counts.onTime(), run);
        assertEquals(model.filtered(), counts.filtered(), run);
        assertEquals(model.refusedWindows(), counts.refusedWindows(), run);
    }

    /** Two streams behind a union: each row is judged by its own partition, and no window closes before both have passed it. */
    @Test
    void aUnionOfStreams() throws IOException {
        String columns = " (id INT, k INT, d INT, ts TIMESTAMP_LTZ(3), WATERMARK FOR ts AS ts - INTERVAL '3' SECOND)"
                + " WITH (connector = 'filesystem', format = 'json', 'scan.mode' = 'stream', 'scan.reject-limit' = '1',"
                + " path = '${dir}/";
        String query = "CREATE TABLE r" + columns + "r'); CREATE TABLE q" + columns + "q');"
                + " FROM (SELECT k, ts FROM r UNION ALL SELECT k, ts FROM q) |> CALL TUMBLE(ts, INTERVAL '10' SECOND)"
                + " |> AGGREGATE count(*) AS n GROUP BY k, window_start, window_end;";
        for (int workers : new int[] {1, 3}) {
            CompiledJob job = QueryRuns.compile(query, workers);
            for (long seed = 1; seed <= SEEDS; seed++) {
                Path data = folder.resolve("union-" + workers + "-" + seed);
                SplittableRandom random = new SplittableRandom(seed);
                LatenessModel model = new LatenessModel(
                        List.of(new Statement(10_000, 10_000, false, 0)), true, false, DELAY, Long.MAX_VALUE);
                for (String table : List.of("r", "q")) {
                    List<List<Row>> partitions = partitions(random).stream()
                            .map(rows -> rows.stream()
                                    .filter(row -> row.divisor() > 0)
                                    .toList())
                            .toList();
                    write(data.resolve(table), partitions);
                    partitions.forEach(model::read);
                }
                try (QueryRuns runs = new QueryRuns(new TickingClock(0), data)) {
                    QueryRuns.Outcome outcome = runs.run(job, JobSettings.NONE.withBatchRows(3));
                    String run = workers + " workers, seed " + seed;
                    assertEquals(model.windows(0), outcome.rows().sorted(0), run);
                    assertEquals(
                            model.late().size(),
                            outcome.counts("r").late() + outcome.counts("q").late(),
                            run);
                }
            }
        }
    }

    /** The last line of the guide's table of wrong designs, and the one about HOP, by hand. */
    @Test
    void minimalCases() throws IOException {
        Path data = folder.resolve("hop");
        write(data, List.of(List.of(new Row(1, 1, 3_000L, 1), new Row(2, 1, 0L, 1), new Row(3, 1, 9_000L, 1))));
        CompiledJob job = QueryRuns.compile(
                query(List.of(new Statement(10_000, 4_000, false, 0)), ", 'scan.mode' = 'stream'")
                        .replace("'3' SECOND", "'1' SECOND"),
                1);
        try (QueryRuns runs = new QueryRuns(new TickingClock(0), data)) {
            QueryRuns.Outcome outcome = runs.run(job, JobSettings.NONE);
            // Row 2 comes when the watermark is 2 s: too late for [-8 s, 2 s), in time for [-4 s, 6 s) and [0, 10 s).
            assertEquals(
                    List.of("1|-4000000|6000000|2", "1|0|10000000|3", "1|4000000|14000000|1", "1|8000000|18000000|1"),
                    outcome.rows().sorted(0));
            assertEquals(List.of("2|2000000"), outcome.rows().sorted(1));
            assertEquals(1, outcome.counts("r").refusedWindows());
            assertTrue(outcome.rows().sorted(2).isEmpty());
        }
    }
}
