package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.file.log.LoggedRows;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.local.Job;
import io.leat.runtime.local.JobOptions;
import io.leat.runtime.local.ResultReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state and the tables that its job writes, which are taken to another place between two starts. */
class MovedTablesTest {
    private static final String QUERY = """
            CREATE TABLE r (v INT) WITH (connector = 'filesystem', path = '${dir}/in', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE plain (v INT) WITH (connector = 'filesystem', path = '${dir}/PLACE/plain', format = 'json');
            CREATE TABLE logged (v INT) WITH (connector = 'filesystem', path = '${dir}/PLACE/logged', format = 'json', 'log' = 'true');
            INSERT INTO plain SELECT v FROM r;
            INSERT INTO logged SELECT v FROM r;
            """;
    private static final int ROWS = 15;
    private static final int EPOCHS = 2;

    @TempDir
    Path folder;

    @Test
    void aJobGoesOnWhereItsTablesAreNow() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int row = 10; row < 10 + ROWS; row++) {
            rows.add("{\"v\":" + row + "}");
        }
        Files.createDirectories(folder.resolve("in"));
        Files.write(folder.resolve("in/a.json"), rows);
        run("before", EPOCHS);
        assertTrue(plain("before").size() < ROWS, "it came to its end");
        Files.move(folder.resolve("before"), folder.resolve("now"));
        run("now", Integer.MAX_VALUE);
        assertEquals(rows, plain("now"));
        assertEquals(rows, LoggedRows.of(folder.resolve("now/logged")));
        assertTrue(Files.notExists(folder.resolve("before")), "something was written where the tables were");
    }

    private void run(String place, int epochs) {
        try (QueryRuns runs = new QueryRuns(new TickingClock(epochs), folder);
                Job job =
                        runs.start(QueryRuns.compile(QUERY.replace("PLACE", place), 1), options(runs, place, epochs))) {
            job.await();
        }
    }

    private JobOptions options(QueryRuns runs, String place, int epochs) {
        return runs.options(JobSettings.NONE.withBatchRows(3).withEpochMillis(0), ResultReceiver.ignoring())
                .withState(folder.resolve(place).resolve("state"))
                .stoppingAfter(epochs);
    }

    /** All rows in the directory, sorted. */
    private List<String> plain(String place) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve(place).resolve("plain"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                found.addAll(Files.readAllLines(file));
            }
        }
        found.sort(null);
        return found;
    }
}
