package io.leat.compiler.simulation;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.CompiledJob;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A query of a simulated job, over {@code trades} and, for a join, {@code quotes}. */
enum Query {
    WINDOWS(List.of("totals", "overdue"), """
            CREATE TABLE totals (window_start TIMESTAMP(3), k INT, n BIGINT, total BIGINT) WITH (${totals});
            CREATE TABLE overdue (id BIGINT) WITH (${overdue});
            INSERT INTO totals FROM trades |> CALL TUMBLE(ts, INTERVAL '5' SECOND)
              |> AGGREGATE count(*) AS n, sum(v) AS total GROUP BY window_start, k |> SELECT window_start, k, n, total;
            INSERT INTO overdue SELECT id FROM trades$late;
            """),
    JOIN(List.of("matched", "seen"), """
            CREATE TABLE matched (id BIGINT, quote BIGINT, ts TIMESTAMP(3)) WITH (${matched});
            CREATE TABLE seen (id BIGINT, v BIGINT) WITH (${seen});
            INSERT INTO matched SELECT t.id, q.id AS quote, t.ts FROM trades AS t JOIN quotes AS q
              ON t.k = q.k AND q.ts BETWEEN t.ts - INTERVAL '2' SECOND AND t.ts;
            INSERT INTO seen SELECT id, v FROM trades WHERE v > 20;
            """),
    DISTINCT(List.of("known"), """
            CREATE TABLE known (k INT, w BIGINT, window_end TIMESTAMP(3)) WITH (${known});
            INSERT INTO known SELECT DISTINCT k, v / 10 AS w, window_end
              FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '4' SECOND));
            """),
    SESSIONS(List.of("visits"), """
            CREATE TABLE visits (k INT, n BIGINT, most BIGINT) WITH (${visits});
            INSERT INTO visits SELECT k, count(*) AS n, max(v) AS most
              FROM TABLE(SESSION(TABLE trades PARTITION BY k, DESCRIPTOR(ts), INTERVAL '2' SECOND))
              GROUP BY k, window_start, window_end;
            """),
    GROUPS(List.of("latest"), """
            CREATE TABLE latest (k INT, n BIGINT, total BIGINT${key}) WITH (${latest});
            INSERT INTO latest SELECT k, count(*) AS n, sum(v) AS total FROM trades GROUP BY k;
            """);

    private static final String INPUT = """
            CREATE TABLE ${table} (id BIGINT, k INT, v BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '2' SECOND)
              WITH (${at}, format = 'json');
            """;
    private static final String TOPIC =
            "connector = 'kafka', properties.bootstrap.servers = 'simulated:9092', topic = '${table}'";
    private static final QueryCompiler COMPILER = new QueryCompiler();
    private static final Map<String, CompiledJob> COMPILED = new ConcurrentHashMap<>();

    @SuppressWarnings("ImmutableEnumChecker") // lists that cannot be changed
    private final List<String> outputs;

    private final String statements;

    Query(List<String> outputs, String statements) {
        this.outputs = outputs;
        this.statements = statements;
    }

    /** The tables that it reads. */
    List<String> inputs() {
        return this == JOIN ? List.of("trades", "quotes") : List.of("trades");
    }

    /** The tables that it writes. */
    List<String> outputs() {
        return outputs;
    }

    /** Whether what it writes are changes of rows. */
    boolean writesChanges() {
        return this == GROUPS;
    }

    /** Which tables are topics, if any are: the first, so that others are files beside it. */
    boolean isTopic(String output) {
        return output.equals(outputs.get(0));
    }

    /**
     * The job.
     *
     * @param fromTopics whether it reads topics rather than files
     * @param toTopics whether some tables that it writes are topics
     */
    CompiledJob compile(Places places, boolean fromTopics, boolean toTopics, int workers) {
        return COMPILED.computeIfAbsent(
                name() + fromTopics + toTopics + workers, key -> compiled(places, fromTopics, toTopics, workers));
    }

    private CompiledJob compiled(Places places, boolean fromTopics, boolean toTopics, int workers) {
        StringBuilder sql = new StringBuilder();
        for (String input : inputs()) {
            String at = fromTopics
                    ? TOPIC
                    : "connector = 'filesystem', 'scan.mode' = 'stream', path = '" + places.input(input) + "'";
            sql.append(INPUT.replace("${at}", at).replace("${table}", input));
        }
        String rest = statements.replace("${key}", toTopics ? ", PRIMARY KEY (k) NOT ENFORCED" : "");
        for (String output : outputs) {
            String at = toTopics && isTopic(output)
                    ? TOPIC.replace("${table}", output) + ", format = 'json'"
                    : "connector = 'filesystem', path = '" + places.output(output) + "', format = '"
                            + (writesChanges() ? "debezium-json" : "json") + "'";
            rest = rest.replace("${" + output + "}", at);
        }
        CompileOptions options = CompileOptions.defaults().withParallelism(workers);
        return COMPILER.compile(new SourceText("simulated.sql", sql + rest), options)
                .job();
    }
}
