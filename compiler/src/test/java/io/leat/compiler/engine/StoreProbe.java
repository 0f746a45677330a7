package io.leat.compiler.engine;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.JobSettings.StateStoreKind;
import java.nio.file.Path;

/** Runs a small job with a store and says how that went: the body of a JVM of its own. */
final class StoreProbe {
    private static final String QUERY = """
            CREATE TABLE r (k BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
              WITH (connector = 'filesystem', path = '${dir}/rows.json', format = 'json', 'scan.mode' = 'stream');
            FROM r |> CALL TUMBLE(ts, INTERVAL '10' SECOND) |> AGGREGATE count(*) AS n GROUP BY k, window_start;
            """;

    private StoreProbe() {}

    /**
     * @param args the store, how many groups may stay hot, and a folder with rows
     */
    public static void main(String[] args) {
        JobSettings settings = JobSettings.NONE
                .withStateStore(StateStoreKind.valueOf(args[0]))
                .withHotGroups(Integer.parseInt(args[1]));
        // No time passes, so that no epoch ends, however slow the machine is.
        try (QueryRuns runs = new QueryRuns(new TickingClock(0), Path.of(args[2]))) {
            QueryRuns.Outcome outcome = runs.run(QueryRuns.compile(QUERY, 1), settings);
            System.out.println("rows: " + outcome.rows().sorted(0).size());
            outcome.report().notes().forEach(note -> System.out.println("note: " + note));
        } catch (ConnectorException e) {
            System.out.println("error: " + e.getMessage());
        }
    }
}
