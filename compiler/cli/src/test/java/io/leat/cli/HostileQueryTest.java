package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Queries that are meant to do harm, kind by kind: what the second table of {@code runtime/docs/007-bad-input.md} has no other test for. The
 * rest is in {@code InjectionTest} and {@code LimitsTest}.
 */
class HostileQueryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int COLUMNS = 22;

    @TempDir
    Path directory;

    private Shell shell;
    private String table;

    @BeforeEach
    void write() {
        shell = new Shell(directory);
        String columns = list(COLUMNS, ", ", i -> "c" + i + " INT");
        table = "CREATE TABLE t (" + columns + ") WITH (connector = 'filesystem', path = '"
                + shell.file("t.json", "{\"c0\":1,\"c1\":1}\n") + "', format = 'json');\n";
    }

    private static String list(int count, String between, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(between));
    }

    private String refused(String code, String query) {
        Outcome outcome = assertTimeoutPreemptively(PATIENCE, () -> shell.run(query));
        assertEquals(65, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().startsWith("error[" + code + "]"), outcome.errors());
        return outcome.errors();
    }

    private String answer(String query) {
        Outcome outcome = assertTimeoutPreemptively(PATIENCE, () -> shell.run(query));
        assertEquals(0, outcome.exitCode(), outcome.errors());
        return outcome.output();
    }

    @Test
    void planExplosion() {
        String keys = list(COLUMNS, ", ", i -> "c" + i);
        String cube = refused("E0404", table + "SELECT count(*) AS n FROM t GROUP BY CUBE(" + keys + ")");
        assertTrue(cube.contains("a CUBE of 22 keys, where 6 are possible"), cube);
        String sets = list(COLUMNS, ", ", i -> "ROLLUP(c0, c1, c2)");
        refused("E0404", table + "SELECT count(*) AS n FROM t GROUP BY " + sets);
        String cross = "SELECT count(*) AS n FROM " + list(12, ", ", i -> "t AS t" + i);
        assertEquals("{\"n\":1}\n", answer(table + cross));
        String either = list(300, " AND ", i -> "(c" + i % 2 + " = 1 OR c" + (i + 1) % COLUMNS + " = 2)");
        assertEquals("{\"c0\":1}\n", answer(table + "SELECT c0 FROM t WHERE " + either));
    }

    @Test
    void regexDenialOfService() {
        assertEquals(
                "{\"a\":false,\"b\":null}\n",
                answer("SELECT regexp_replace(repeat('a', 20000) || '!', '^(a+)+$', 'x') = 'x' AS a,"
                        + " regexp_extract(repeat('a', 20000), '(a|a)*b', 0) AS b"));
        for (String pattern : List.of("((a{1,1000}){1,1000}){1,1000}", "(a|b)".repeat(1_000))) {
            Outcome outcome = shell.run("SELECT regexp_extract('a', '" + pattern + "', 0) AS e");
            assertEquals(1, outcome.exitCode(), outcome.errors());
            assertTrue(outcome.errors().contains("passes the limit of"), outcome.errors());
        }
    }

    /** Settings that name classes, hosts to be asked or files to be read are not for those who write queries. */
    @Test
    void connectorOptionsAsAttack() {
        for (String option : List.of(
                "sasl.jaas.config",
                "sasl.login.class",
                "sasl.client.callback.handler.class",
                "sasl.oauthbearer.token.endpoint.url",
                "sasl.oauthbearer.jwks.endpoint.url",
                "ssl.engine.factory.class",
                "security.providers",
                "interceptor.classes",
                "metric.reporters",
                "config.providers",
                "key.deserializer",
                "partitioner.class",
                "isolation.level",
                "enable.auto.commit")) {
            String errors = refused("E0602", """
                    CREATE TABLE k (a INT) WITH (connector = 'kafka', topic = 't', 'properties.bootstrap.servers' = 'localhost:1',
                      format = 'json', 'properties.%s' = 'http://localhost:1/harm');
                    SELECT a FROM k;
                    """.formatted(option));
            assertTrue(errors.contains("'properties." + option + "'"), errors);
        }
    }

    /** What is no driver is not even loaded: whatever a class does then would be done. */
    @Test
    void jdbcUrlTricks() {
        String database = """
                CREATE TABLE d (a INT) WITH (connector = 'jdbc', url = '%s', 'table-name' = 't', driver = '%s');
                SELECT a FROM d;
                """;
        String init =
                refused("E0602", database.formatted("jdbc:h2:mem:x;INIT=RUNSCRIPT FROM ''x.sql''", "org.h2.Driver"));
        assertTrue(init.contains("the setting 'INIT' in option 'url' is refused"), init);
        Outcome loaded = shell.run(database.formatted("jdbc:h2:mem:x", Harm.class.getName()));
        assertEquals(78, loaded.exitCode(), loaded.errors());
        assertTrue(loaded.errors().contains("is no driver of a database"), loaded.errors());
        assertFalse(Boolean.getBoolean(Harm.DONE));
    }

    /** A class that does something when it is loaded. */
    static final class Harm {
        static final String DONE = "leat.test.harm";

        static {
            System.setProperty(DONE, "true");
        }

        private Harm() {}
    }

    /** A name that leads elsewhere is not followed out of the directory of a table. */
    @Test
    void pathTraversalAndLinks() throws Exception {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Path out = Files.createDirectories(directory.resolve("out"));
        Files.createSymbolicLink(out.resolve("_staging"), elsewhere);
        Outcome outcome = shell.run(table + "CREATE TABLE o (c0 INT) WITH (connector = 'filesystem', path = '" + out
                + "', format = 'json'); INSERT INTO o SELECT c0 FROM t;");
        assertEquals(78, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().contains("leads out of its directory"), outcome.errors());
        assertEquals(0, Files.list(elsewhere).count());
    }
}
