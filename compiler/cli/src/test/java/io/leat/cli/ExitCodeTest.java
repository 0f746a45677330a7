package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import io.leat.cli.output.Paint;
import io.leat.grammar.source.SourceText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published exit codes; 130 and 143 are in {@link StoppingTest}, wrong usage in {@link UsageTest}. */
class ExitCodeTest {
    private static final String TABLE =
            "CREATE TABLE t (a INT) WITH (connector = 'filesystem', path = '%s', format = 'json');\n";

    @TempDir
    Path directory;

    private Shell shell() {
        return new Shell(directory);
    }

    @Test
    void okIsZero() {
        assertEquals(0, shell().run("SELECT 1 AS a").exitCode());
    }

    @Test
    void aJobThatFailsOverItsDataIsOne() {
        Shell shell = shell();
        String data = shell.file("t.json", "{\"a\": \"no number\"}\n".repeat(1_000));

        Outcome outcome = shell.run(TABLE.formatted(data) + "SELECT a FROM t");

        assertEquals(1, outcome.exitCode());
        assertEquals("", outcome.output());
        assertTrue(
                outcome.errors()
                        .startsWith("error: 1000 of 1000 rows of t were rejected, more than the limit of 5.0 %"),
                outcome.errors());
        assertTrue(outcome.errors().contains("help: a table takes more of them with the option"), outcome.errors());
        assertTrue(outcome.errors().contains("t: 1,000 rows read = 0 taken + 1,000 rejected\n"), outcome.errors());
    }

    @Test
    void aJobThatKeepsMoreThanItMayIsOne() {
        Shell shell = shell();
        Outcome outcome = shell.run("""
                SET state.memory = '24 mb';
                CREATE TABLE t (id BIGINT) WITH (connector = 'datagen', 'number-of-rows' = '3000000', 'fields.id.kind' = 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '3000000');
                SELECT id, COUNT(*) AS n FROM t GROUP BY id""");

        assertEquals(1, outcome.exitCode());
        assertTrue(
                outcome.errors()
                        .matches("(?s)error: the job takes \\d+ bytes of memory for what it keeps, more than the limit"
                                + " 'state.memory' of 25165824; most is in aggregate-1, with \\d+ entries on one of 1 workers\n"
                                + "help: allow more with SET state.memory, or bound what is kept: leat explain --state says what"
                                + " frees it\n.*"),
                outcome.errors());
    }

    @Test
    void aQueryThatDoesNotCompileIsSixtyFive() {
        assertEquals(65, shell().run("SELECT nosuch").exitCode());
    }

    @Test
    void noSuchQueryIsSixtySix() {
        Shell shell = shell();
        shell.file("sales.sql", "SELECT 1 AS a");

        Outcome outcome = shell.call("run", shell.path("sales"));

        assertEquals(66, outcome.exitCode());
        assertEquals("error: there is no file 'sales'\nhelp: did you mean 'sales.sql'?\n", outcome.errors());
    }

    @Test
    void noSuchInputIsSixtySix() {
        Outcome outcome = shell().run(TABLE.formatted(directory.resolve("missing.json")) + "SELECT a FROM t");

        assertEquals(66, outcome.exitCode());
        assertEquals("error: there is no file 'missing.json'\n", outcome.errors());
    }

    @Test
    void noFileToShowColumnsIsSixtySixUnlessMoreIsWrong() {
        assertEquals(66, shell().run("SELECT a FROM 'missing.json'").exitCode());
        Outcome more = shell().run("SELECT a FROM 'missing.json';\nSELECT nosuch FROM (VALUES (1)) AS t (a)");
        assertEquals(65, more.exitCode(), more.errors());
    }

    @Test
    void aQueryInPlaceOfAFileIsToldHowItIsGiven() {
        Outcome outcome = shell().call("run", "SELECT 1 AS a");

        assertEquals(66, outcome.exitCode());
        assertTrue(outcome.errors().contains("from standard input if the file is -"), outcome.errors());
    }

    @Test
    void aBrokerThatDoesNotAnswerIsSixtyNine() {
        Outcome outcome = shell().run("""
                CREATE TABLE t (a INT) WITH (connector = 'kafka', topic = 'numbers', format = 'json',
                  'properties.bootstrap.servers' = 'localhost:1', 'properties.default.api.timeout.ms' = '500',
                  'properties.request.timeout.ms' = '400');
                SELECT a FROM t
                """);

        assertEquals(69, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().startsWith("error: topic 'numbers': no broker of localhost:1 answered"));
    }

    @Test
    void ourMistakeIsSeventyWithAReportButNoStackTrace() throws IOException {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        StatusLine line = new StatusLine(new PrintStream(errors, true, StandardCharsets.UTF_8), Terminal.NONE);
        Failures failures = new Failures(
                new Messages(line, Paint.NONE, false),
                List.of("run", "-Dkey=secret", "key=secret", "--define=key=secret"),
                false);
        SourceText query = new SourceText("q.sql", "SELECT 1 AS a");

        ExitCode exitCode = failures.tell(new Bug(query, new IllegalStateException("an inner word")));

        assertEquals(70, exitCode.number());
        List<String> lines = errors.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals("error: this is a mistake in Leat, not in your query", lines.get(0));
        assertEquals(2, lines.size());
        Path report = Path.of(lines.get(1).replaceFirst(".*with the file (\\S+) .*", "$1"));
        String text = Files.readString(report);
        Files.delete(report);
        assertTrue(text.contains("an inner word"), text);
        assertTrue(text.contains("SELECT 1 AS a"), text);
        assertFalse(text.contains("secret"), text);
    }

    @Test
    void anOutputThatCannotBeWrittenIsSeventyFour() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        Shell shell = shell();

        for (List<String> call : List.of(
                List.of("run", shell.file("a.sql", "SELECT 1 AS a")), List.of("explain", shell.path("a.sql")))) {
            Outcome outcome = shell.call(full, call.toArray(String[]::new));

            assertEquals(74, outcome.exitCode(), call.toString());
            assertTrue(
                    outcome.errors().startsWith("error: cannot write to standard output: No space left on device\n"),
                    outcome.errors());
        }
        Outcome help = shell.call(full, "--help");
        assertEquals(74, help.exitCode());
        assertEquals("error: cannot write to standard output\n", help.errors());
    }

    @Test
    void aSettingThatDoesNotWorkHereIsSeventyEight() {
        Shell shell = shell();
        String query = TABLE.formatted("${file}") + "SELECT a FROM t";
        String jar = shell.path("job.jar");
        assertEquals(
                0, shell.call("compile", shell.file("q.sql", query), "-o", jar).exitCode());

        Outcome outcome = shell.call("run", jar);

        assertEquals(78, outcome.exitCode());
        assertEquals(
                "error: option 'path' of t needs the parameter file: give it with -D file=value\n", outcome.errors());
    }

    /** What only a value says that the job gets when it runs is found then, before anything is opened. */
    @Test
    void anOptionThatMakesNoSenseWhenTheJobRunsIsSeventyEight() {
        Shell shell = shell();
        String query = """
                CREATE TABLE t (a INT) WITH (connector = 'jdbc', url = '${url}', 'table-name' = 't');
                SELECT a FROM t
                """;
        String jar = shell.path("job.jar");
        assertEquals(
                0, shell.call("compile", shell.file("q.sql", query), "-o", jar).exitCode());

        Outcome outcome = shell.call("run", jar, "-D", "url=jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'x'");

        assertEquals(78, outcome.exitCode(), outcome.errors());
        assertTrue(
                outcome.errors().startsWith("error: t: the setting 'INIT' in option 'url' is refused"),
                outcome.errors());
    }

    @Test
    void theHelpListsEveryCode() {
        String help = shell().call("--help").output();

        for (ExitCode code : ExitCode.values()) {
            assertTrue(help.contains("\n  " + code.number() + " "), code + " is missing in\n" + help);
        }
    }
}
