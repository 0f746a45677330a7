package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.local.AcceptedChanges;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.KeptState;
import io.leat.runtime.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A query that has changed goes on with the state of the one before where it can, says what has changed, and asks if that is meant. */
class ChangedQueryTest {
    private static final String TABLES = """
            CREATE TABLE r (k INT, v INT, t STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '2' SECOND)
              WITH (connector = 'filesystem', path = '${dir}/in', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE sums (k INT, s BIGINT) WITH (connector = 'filesystem', path = '${dir}/out/sums', format = 'json');
            CREATE TABLE seen (k INT, v INT) WITH (connector = 'filesystem', path = '${dir}/out/seen', format = 'json');
            CREATE TABLE more (k INT, t STRING) WITH (connector = 'filesystem', path = '${dir}/out/more', format = 'json');
            """;
    private static final String SEEN = "INSERT INTO seen SELECT k, v FROM r WHERE v > 2;\n";
    private static final String SUMS =
            "INSERT INTO sums FROM r |> WHERE v < 9 |> CALL TUMBLE(ts, INTERVAL '5' SECOND) |> AGGREGATE sum(v) AS s GROUP BY k, window_start |> SELECT k, s;\n";
    private static final String MORE = "INSERT INTO more SELECT k, t FROM r;\n";
    private static final int ROWS = 60;
    private static final int EPOCHS = 5;

    @TempDir
    Path folder;

    private StateRuns runs;

    @BeforeEach
    void write() throws IOException {
        runs = new StateRuns(folder);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            lines.add("{\"k\":" + row % 7 + ",\"v\":" + row % 11 + ",\"t\":\"t" + row + "\",\"ts\":\"2026-01-01T00:00:0"
                    + row / 6 + "\"}");
        }
        Files.createDirectories(folder.resolve("in"));
        Files.write(folder.resolve("in/a.json"), lines);
    }

    @AfterEach
    void close() {
        runs.close();
    }

    private JobReport run(String query, JobOptions options) {
        return runs.run(TABLES + query, options);
    }

    /** Runs for some epochs, and says how many rows were read. */
    private long begin(String query) {
        return run(query, runs.epochs(EPOCHS)).sources().get(0).counts().read();
    }

    private String refused(String query, JobOptions options) {
        return assertThrows(RuntimeException.class, () -> run(query, options)).getMessage();
    }

    private List<String> rows(String... tables) throws IOException {
        return runs.rows(tables);
    }

    private List<String> undisturbed() throws IOException {
        return runs.undisturbed(TABLES + SEEN + SUMS, "seen", "sums");
    }

    @Test
    void anotherNameOrOrderIsNoChange() throws IOException {
        List<String> expected = undisturbed();
        begin(SEEN + SUMS);
        String renamed = SUMS.replace("AS s GROUP BY k", "AS total GROUP BY k AS kind")
                .replace("SELECT k, s", "SELECT kind, total");
        run(renamed + SEEN, runs.toTheEnd());
        assertEquals(expected, rows("seen", "sums"));
    }

    @Test
    void anAddedOutputKeepsTheStateOfTheOthers() throws IOException {
        List<String> expected = undisturbed();
        long before = begin(SEEN + SUMS);
        String message = refused(MORE + SEEN + SUMS, runs.toTheEnd());
        assertTrue(
                message.contains(
                        "the query is not the one that the state was made with: deliver-1 (more): added, it begins"
                                + " with the rows that come now; go on with the query of before, or say that the change is meant"),
                message);
        JobReport report = run(MORE + SEEN + SUMS, runs.toTheEnd().acceptingChangedQuery());
        assertEquals(
                List.of(
                        "the query has changed: deliver-1 (more): added, it begins with the rows that come now",
                        "the state of 4 operators is all kept: what was computed stays as it was, and rows that come now are"
                                + " computed by the query of now"),
                report.notes().subList(0, 2));
        assertEquals(expected, rows("seen", "sums"));
        assertEquals(ROWS - before, rows("more").size());
        assertEquals(ROWS, report.sources().get(0).counts().read());
    }

    @Test
    void anOutputThatIsGoneIsDropped() throws IOException {
        begin(SEEN + SUMS);
        long before = rows("seen").size();
        JobReport report = run(SUMS, runs.toTheEnd());
        assertEquals(
                "the query has changed: deliver-1 (seen): dropped, the query does not have it any more",
                report.notes().get(0));
        assertEquals(before, rows("seen").size());
        assertEquals(14, rows("sums").size());
    }

    @Test
    void stateThatWouldBeLostIsAskedFor() throws IOException {
        begin(SEEN + SUMS);
        String message = refused(SEEN, runs.toTheEnd());
        assertTrue(
                message.contains(
                        "aggregate-1 (sums): dropped, the query does not have it any more; go on with the"
                                + " query of before, or say that the change is meant (--accept-changed-query): then all other state"),
                message);
        run(SEEN, runs.toTheEnd().acceptingChangedQuery());
        assertEquals(List.of(), rows("sums"));
    }

    @Test
    void whatIsNewBeginsHereOnlyIfThatIsMeant() throws IOException {
        List<String> expected = undisturbed();
        long before = begin(SEEN + SUMS);
        String counts =
                "INSERT INTO more SELECT k, CAST(count(*) AS STRING) FROM TUMBLE(TABLE r, DESCRIPTOR(ts), INTERVAL '5' SECOND) GROUP BY k, window_start;\n";
        String message = refused(counts + SEEN + SUMS, runs.toTheEnd().acceptingChangedQuery());
        assertTrue(
                message.contains("aggregate-1 (more): it is new, and has no state of the rows before: let it read r ("
                        + before + " rows) again, under another name"),
                message);
        AcceptedChanges partial = AcceptedChanges.NONE.andPartialResults();
        run(counts + SEEN + SUMS, runs.toTheEnd().accepting(partial));
        assertEquals(expected, rows("seen", "sums"));
        long counted = rows("more").stream()
                .mapToLong(row -> Long.parseLong(row.replaceAll(".*\"t\":\"(\\d+)\".*", "$1")))
                .sum();
        assertEquals(ROWS - before, counted);
    }

    @Test
    void nothingIsMadeAgainBehindTheEnd() {
        run(SEEN + SUMS, runs.toTheEnd());
        String again = "CREATE TABLE r_again LIKE r;\n" + MORE.replace("FROM r", "FROM r_again");
        String message = refused(again + SEEN + SUMS, runs.toTheEnd());
        assertTrue(message.contains("scan-1 (r_again): it is new, and the job has come to its end"), message);
    }

    @Test
    void anotherConstantIsAskedFor() throws IOException {
        begin(SEEN + SUMS);
        List<String> before = rows("seen");
        String changed = SEEN.replace("> 2", "> 5") + SUMS.replace("< 9", "< 8");
        String message = refused(changed, runs.toTheEnd());
        assertTrue(
                message.contains(
                        "deliver-1 (seen): 'filter v > 2' has become 'filter v > 5'; aggregate-1 (sums): 'filter v <"
                                + " 9' has become 'filter v < 8'; go on"),
                message);
        run(changed, runs.toTheEnd().acceptingChangedQuery());
        List<String> later = new ArrayList<>(rows("seen"));
        before.forEach(later::remove);
        assertFalse(later.isEmpty());
        assertTrue(later.stream().allMatch(row -> row.matches(".*\"v\":([6-9]|10)}")), later.toString());
        // Accepted once, it is the query of the state.
        assertFalse(run(changed, runs.toTheEnd()).notes().stream().anyMatch(note -> note.contains("has changed")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "INTERVAL '5' SECOND| INTERVAL '4' SECOND | 'windows' is tumbling of 4 s, and in the state tumbling of 5 s",
                "sum(v)     | max(v)     | 'aggregate 1' is MAX(INT) in ",
                "GROUP BY k | GROUP BY t | 'key 1' is VARCHAR, and in the state INT",
                "AS ts - INTERVAL '2' SECOND) | AS ts - INTERVAL '1' SECOND) | scan-1 (r): 'watermark delay' is 1 s, and in the state 2 s",
            })
    void whatIsAnotherIsRefusedWithTheField(String from, String to, String message) {
        begin(SUMS);
        String query = (TABLES + SUMS).replace(from, to).replace("|> SELECT k, s", "|> SELECT 1 AS k, s");
        String found = assertThrows(RuntimeException.class, () -> runs.run(query, runs.toTheEnd()))
                .getMessage();
        assertTrue(found.contains(message), found);
    }

    @Test
    void whatIsReadAgainIsKnown() {
        long before = begin(SUMS);
        KeptState state = KeptState.read(Platform.system(), folder.resolve("state"), OptionalLong.empty());
        assertEquals(Map.of("r", before), state.rowsRead());
        assertEquals(EPOCHS, state.epoch());
    }

    @Test
    void rowsThatWereToldAreTakenBackAsTheyWere() {
        String shown = "FROM (SELECT k, count(*) AS n FROM r GROUP BY k) |> WHERE n > 2 |> EMIT CHANGES;";
        begin(shown);
        String message = refused(shown.replace("> 2", "> 3"), runs.toTheEnd().acceptingChangedQuery());
        assertTrue(message.contains("rows that were told could not be taken back as they were"), message);
    }
}
