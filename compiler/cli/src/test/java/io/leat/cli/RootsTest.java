package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries that may use files in some directories only: whatever they name elsewhere is refused, with its place where it is known. */
class RootsTest {
    private static final String SECRET = "c4nary-behind-the-fence";

    @TempDir
    Path directory;

    private Shell shell;
    private Path in;
    private Path out;
    private Path elsewhere;

    @BeforeEach
    void write() throws IOException {
        shell = new Shell(directory);
        in = Files.createDirectories(directory.resolve("in"));
        out = Files.createDirectories(directory.resolve("out"));
        elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Files.writeString(in.resolve("a.json"), "{\"s\":\"a\"}\n");
        Files.writeString(elsewhere.resolve("b.json"), "{\"s\":\"" + SECRET + "\"}\n");
    }

    private static String table(String name, String path) {
        return "CREATE TABLE " + name + " (s STRING) WITH (connector = 'filesystem', path = '" + path
                + "', format = 'json');\n";
    }

    private Outcome run(String query, String... more) {
        String[] arguments = new String[more.length + 4];
        System.arraycopy(more, 0, arguments, 4, more.length);
        arguments[0] = "--root";
        arguments[1] = in.toString();
        arguments[2] = "--root";
        arguments[3] = out.toString();
        Outcome outcome = shell.run(query, arguments);
        assertFalse((outcome.output() + outcome.errors()).contains(SECRET), outcome.toString());
        return outcome;
    }

    private void refused(int exitCode, String message, Outcome outcome) {
        assertEquals(exitCode, outcome.exitCode(), outcome.toString());
        assertTrue(outcome.errors().contains(message), outcome.errors());
        assertTrue(outcome.errors().contains("outside of the directories that queries may use"), outcome.errors());
    }

    @Test
    void filesInRootsAreReadAndWritten() throws IOException {
        String query = table("t", in + "/*.json") + table("o", out + "/new/rows") + table("one", out + "/one.json")
                + "INSERT INTO o SELECT s FROM t; INSERT INTO one SELECT s FROM t;";
        Outcome written = run(query);
        assertEquals(0, written.exitCode(), written.errors());
        assertEquals("{\"s\":\"a\"}\n", Files.readString(out.resolve("one.json")));
        // What the job keeps is not the query's.
        String kept = query.replace("/one.json", "/one");
        Path state = directory.resolve("kept/state");
        Outcome outcome = run(kept, "--state", state.toString());
        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertEquals(List.of("{\"s\":\"a\"}"), StateWatch.rows(out.resolve("one")));
    }

    /** Known when the query is compiled, so that its place is told; the directories that may be used stand in the help. */
    @Test
    void pathsElsewhereAreRefusedWithTheirPlace() throws IOException {
        Files.createSymbolicLink(in.resolve("link"), elsewhere);
        Files.createSymbolicLink(in.resolve("link.json"), elsewhere.resolve("b.json"));
        for (String path : List.of(
                elsewhere + "/b.json",
                elsewhere + "/*.json",
                in + "/../elsewhere/b.json",
                in + "/not-there/../../elsewhere/b.json",
                in + "/link/b.json",
                in + "/link/../elsewhere/b.json",
                in + "/link.json",
                in + "/link/*.json",
                "file://" + elsewhere + "/b.json",
                in + "-beside/b.json",
                "/",
                "b.json")) {
            Outcome outcome = run(table("t", path) + "SELECT s FROM t;");
            refused(65, "error[E0602]", outcome);
            assertTrue(outcome.errors().contains("--> stdin:1:"), outcome.errors());
            assertTrue(outcome.errors().contains("help: files may be in "), outcome.errors());
            Outcome written = run(table("t", path.replace("*.json", "x")) + "INSERT INTO t SELECT 'x';");
            assertEquals(65, written.exitCode(), written.errors());
        }
        assertEquals("{\"s\":\"" + SECRET + "\"}\n", Files.readString(elsewhere.resolve("b.json")));
    }

    /** Known only when the job runs: names that a pattern finds, parameters of a job jar, links inside of a table. */
    @Test
    void pathsElsewhereAreRefusedWhenTheJobRuns() throws IOException {
        Files.createSymbolicLink(in.resolve("link.json"), elsewhere.resolve("b.json"));
        Files.createSymbolicLink(in.resolve("more"), elsewhere);
        refused(78, "link.json'", run(table("t", in + "/*.json") + "SELECT s FROM t;"));
        refused(78, "'", run(table("t", in + "/*/../../elsewhere/*.json") + "SELECT s FROM t;"));
        refused(78, "'", run(table("t", in + "/m*/b.json") + "SELECT s FROM t;"));
        refused(78, "'", run(table("t", in.toString()) + "SELECT s FROM t;"));

        Files.createSymbolicLink(out.resolve("_staging"), elsewhere);
        refused(78, "_staging", run(table("o", out.toString()) + "INSERT INTO o SELECT 'x';"));
        try (Stream<Path> left = Files.list(elsewhere)) {
            assertEquals(1, left.count());
        }

        String query = shell.file("q.sql", table("t", "${dir}/b.json") + "SELECT s FROM t;");
        String jar = shell.path("q.jar");
        Outcome compiled = shell.call("compile", query, "-o", jar);
        assertEquals(0, compiled.exitCode(), compiled.errors());
        refused(78, "elsewhere/b.json'", shell.call("run", jar, "-Ddir=" + elsewhere, "--root", in.toString()));
    }

    /** A database of files opens what it likes; the library of Kafka reads keys from where it is told. */
    @Test
    void filesThatOthersOpenAreRefused() {
        for (String url :
                List.of("jdbc:duckdb:" + elsewhere + "/x", "jdbc:h2:mem:x", "jdbc:sqlite://tmp/x", "jdbc:duckdb:")) {
            Outcome outcome = run("CREATE TABLE d (a INT) WITH (connector = 'jdbc', url = '" + url
                    + "', 'table-name' = 't');\nSELECT a FROM d;");
            assertEquals(65, outcome.exitCode(), outcome.errors());
            assertTrue(outcome.errors().contains("a database without a server"), outcome.errors());
        }
        refused(
                65,
                "'properties.ssl.truststore.location'",
                run(
                        "CREATE TABLE k (a INT) WITH (connector = 'kafka', topic = 't', 'properties.bootstrap.servers' = 'localhost:1',"
                                + " format = 'json', 'properties.ssl.truststore.location' = '" + elsewhere
                                + "/b.json');\nSELECT a FROM k;"));
    }

    @Test
    void aRootMustBeThere() {
        Outcome outcome =
                shell.run("SELECT 1 AS a;", "--root", directory.resolve("none").toString());
        assertEquals(2, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().contains("--root needs a directory that is there"), outcome.errors());
        Outcome file =
                shell.run("SELECT 1 AS a;", "--root", in.resolve("a.json").toString());
        assertEquals(2, file.exitCode(), file.errors());
    }

    /** Unless roots are set, files may be anywhere. */
    @Test
    void withoutRootsNothingIsRefused() {
        Outcome outcome = shell.run(table("t", in + "/../in/a.json") + "SELECT s FROM t;");
        assertEquals("{\"s\":\"a\"}\n", outcome.output(), outcome.errors());
    }
}
