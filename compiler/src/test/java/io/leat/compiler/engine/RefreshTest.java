package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.EpochRecord;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.ResultReceiver;
import io.leat.runtime.type.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that are read again while a stream looks into them, by a clock that goes on with each look at it. */
class RefreshTest {
    private static final int PARTITIONS = 60;
    private static final int ROWS = 200;
    private static final int KEYS = 50;

    /** Whatever the table says, all its rows say the same, so that rows of two readings are told apart. */
    private static final String QUERY = """
            CREATE TABLE r (k INT) WITH (connector = 'filesystem', path = '${dir}/rows', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE d (k INT, v INT, version BIGINT METADATA VIRTUAL) WITH (connector = 'filesystem',
              path = '${dir}/d.json', format = 'json', 'scan.reject-limit' = '0', 'scan.reject-minimum' = '0');
            SELECT d.version, d.v FROM r JOIN d REFRESH EVERY INTERVAL '20 milliseconds' ON r.k = d.k;
            """;

    @TempDir
    Path folder;

    /** Sees which version said what, and changes the table when so many rows have come. */
    private final class Watching implements ResultReceiver {
        private final Map<Long, Long> said = new TreeMap<>();
        private final List<String> wrong = new ArrayList<>();
        private final Map<Integer, Runnable> after = new TreeMap<>();
        private long last;
        private int rows;

        void after(int count, Runnable change) {
            after.put(count, change);
        }

        @Override
        public void begin(String title, Schema schema) {
            // There is one result.
        }

        @Override
        public void rows(Batch batch) {
            for (int row = 0; row < batch.rows(); row++) {
                long version = batch.column(0).getLong(row);
                long value = batch.column(1).getLong(row);
                Long before = said.putIfAbsent(version, value);
                if (before != null && before != value) {
                    wrong.add("version " + version + " says " + before + " and " + value);
                }
                last = Math.max(last, version);
            }
            rows += batch.rows();
            after.entrySet().removeIf(change -> {
                if (rows >= change.getKey()) {
                    change.getValue().run();
                    return true;
                }
                return false;
            });
        }

        @Override
        public void flush() {
            // Looked at already.
        }

        @Override
        public void end() {
            // Looked at when the job has ended.
        }
    }

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("rows"));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            int first = partition;
            Files.write(
                    folder.resolve("rows/p" + partition + ".json"),
                    IntStream.range(0, ROWS)
                            .mapToObj(row -> "{\"k\":" + (first + row) % KEYS + "}")
                            .toList());
        }
        table(100);
    }

    private void table(int value) {
        replace(lines(value));
    }

    private static List<String> lines(int value) {
        return IntStream.range(0, KEYS)
                .mapToObj(key -> "{\"k\":" + key + ",\"v\":" + value + "}")
                .toList();
    }

    /** At once, so that nobody reads half of it. */
    private void replace(List<String> lines) {
        try {
            Path fresh = Files.write(folder.resolve("_fresh"), lines);
            Files.move(fresh, folder.resolve("d.json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove() {
        try {
            Files.delete(folder.resolve("d.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JobReport run(Watching watching, int workers, int batchRows) {
        return run(watching, QUERY, workers, batchRows);
    }

    private JobReport run(Watching watching, String query, int workers, int batchRows) {
        CompiledJob job = QueryRuns.compile(query, workers);
        JobSettings settings = JobSettings.NONE.withBatchRows(batchRows).withEpochMillis(1);
        // Each look at the clock takes a millisecond, so that each step of a worker is an epoch.
        try (QueryRuns runs = new QueryRuns(new TickingClock(1_000_000), folder);
                Job running = runs.start(job, settings, watching)) {
            return running.await();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 64", "1, 7", "3, 64", "3, 1"})
    void whatIsReadAgainTakesThePlaceOfWhatWas(int workers, int batchRows) {
        Watching watching = new Watching();
        watching.after(2_000, () -> table(200));
        watching.after(6_000, () -> table(300));
        JobReport report = run(watching, workers, batchRows);
        assertEquals(List.of(), watching.wrong);
        assertEquals(PARTITIONS * ROWS, watching.rows);
        assertEquals(100, watching.said.get(1L));
        // A table of an earlier version never comes back.
        List<Long> values = List.copyOf(watching.said.values());
        assertEquals(values.stream().sorted().toList(), values);
        assertTrue(List.of(100L, 200L, 300L).containsAll(values), values.toString());
        // Workers that wait look at the clock, too, so that only of one it is known how far it goes.
        assertTrue(workers > 1 || values.contains(300L) && watching.said.size() > 3, watching.said.toString());
        assertEquals(List.of(), report.notes());
        List<EpochRecord.TableState> states = report.epochs().stream()
                .flatMap(epoch -> epoch.tables().stream())
                .toList();
        assertEquals(workers, states.size());
        assertTrue(states.stream().allMatch(state -> state.table().equals("d")));
        assertTrue(
                states.stream().mapToInt(EpochRecord.TableState::version).max().orElse(0) >= watching.last);
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void whatCannotBeReadStays(int workers) {
        Watching watching = new Watching();
        watching.after(2_000, this::remove);
        watching.after(5_000, () -> replace(List.of("{\"k\":1,\"v\":\"no number\"}")));
        watching.after(8_000, () -> table(400));
        JobReport report = run(watching, workers, 64);
        assertEquals(List.of(), watching.wrong);
        assertEquals(PARTITIONS * ROWS, watching.rows);
        List<Long> values = watching.said.values().stream().distinct().toList();
        assertTrue(
                values.equals(List.of(100L, 400L)) || workers > 1 && values.equals(List.of(100L)), values.toString());
        assertTrue(
                report.notes().size() >= (workers > 1 ? 0 : 2), report.notes().toString());
        assertTrue(
                report.notes().stream()
                        .allMatch(note -> note.startsWith("d could not be read again, and its version ")),
                report.notes().toString());
    }

    @Test
    void rowsThatCannotBeReadAreLeftOutAndNoted() {
        Watching watching = new Watching();
        watching.after(2_000, () -> {
            List<String> lines = new ArrayList<>(lines(200));
            lines.add("no record");
            replace(lines);
        });
        JobReport report =
                run(watching, QUERY.replace("'scan.reject-limit' = '0'", "'scan.reject-limit' = '1'"), 1, 64);
        assertEquals(
                List.of(100L, 200L), watching.said.values().stream().distinct().toList());
        assertEquals(List.of("rows of d were rejected when it was read again"), report.notes());
    }
}
