package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -D} gives values, never query text. */
class ParameterTest {
    private static final String TABLE =
            "CREATE TABLE t (name STRING) WITH (connector = 'filesystem', path = '${file}', format = 'json');\n";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE t; --",
                "x' OR '1' = '1",
                "\"; SELECT 1",
                "a\\",
                "line\nbreak",
                "${file}",
                ":who",
                "/* comment",
                "*/ unicode é 🚀 \u0000"
            })
    void aValueIsALiteralWhateverItHolds(String value) {
        Outcome outcome = new Shell(directory).run("SELECT :who AS who, length(:who) AS n", "-D", "who=" + value);

        assertEquals(0, outcome.exitCode(), outcome.errors());
        String length = String.valueOf(value.codePointCount(0, value.length()));
        assertTrue(outcome.output().endsWith(",\"n\":" + length + "}\n"), outcome.output());
    }

    @Test
    void aValueThatLooksLikeANumberIsOneUnlessItIsQuoted() {
        Shell shell = new Shell(directory);

        assertEquals(
                "{\"a\":43}\n", shell.run("SELECT :n + 1 AS a", "-D", "n=42").output());
        assertEquals(
                "{\"a\":\"421\"}\n",
                shell.run("SELECT :n || '1' AS a", "-D", "n='42'").output());
        assertEquals(
                "{\"a\":false}\n",
                shell.run("SELECT NOT :b AS a", "-D", "b=true").output());
    }

    @Test
    void optionsTakeValuesOnceAndAsTheyAre() {
        Shell shell = new Shell(directory);
        shell.file("a'b ${other}.json", "{\"name\":\"Ada\"}\n");

        Outcome outcome = shell.run(
                TABLE + "SELECT name FROM t", "-D", "file=" + shell.path("a'b ${other}.json"), "-D", "other=wrong");

        assertEquals("{\"name\":\"Ada\"}\n", outcome.output(), outcome.errors());
    }

    @Test
    void aMissingValueIsAnErrorOfTheQuery() {
        Outcome outcome = new Shell(directory).run("SELECT :who AS who");

        assertEquals(65, outcome.exitCode());
        assertTrue(outcome.errors().contains("the parameter :who has no value\n"), outcome.errors());
        assertTrue(outcome.errors().contains("help: give it one with -D who=value\n"), outcome.errors());
    }

    @Test
    void aMisspeltNameIsNoticed() {
        Outcome outcome = new Shell(directory).run("SELECT :who AS who", "-D", "who=Ada", "-D", "woh=Bob");

        assertEquals("{\"who\":\"Ada\"}\n", outcome.output());
        assertTrue(
                outcome.errors()
                        .startsWith("warning: nothing in stdin uses the parameter woh\nhelp: did you mean who?\n"),
                outcome.errors());
    }

    @Test
    void aCompiledJobTakesThoseOfItsTablesWhenItRunsAndNoOther() {
        Shell shell = new Shell(directory);
        String data = shell.file("t.json", "{\"name\":\"Ada\"}\n{\"name\":\"Bob\"}\n");
        String jar = shell.path("job.jar");
        String query = shell.file("q.sql", TABLE + "SELECT name FROM t WHERE name = :who");
        assertEquals(0, shell.call("compile", query, "-o", jar, "-D", "who=Bob").exitCode());

        assertEquals(
                "{\"name\":\"Bob\"}\n",
                shell.call("run", jar, "-D", "file=" + data).output());

        Outcome other = shell.call("run", jar, "-D", "file=" + data, "-D", "who=Ada");
        assertEquals(2, other.exitCode());
        assertEquals("", other.output());
        assertEquals("""
                error: the job job.jar takes no parameter who
                help: it takes file; other values were fixed by 'leat compile'
                """, other.errors());
    }
}
