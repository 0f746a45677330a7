package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries on the command line, over files as they are. */
class QueryCommandTest {
    @TempDir
    Path directory;

    private Shell shell;
    private String file;

    @BeforeEach
    void writeAFile() {
        shell = new Shell(directory);
        file = shell.file(
                "events.json", "{\"who\":\"ann\",\"n\":1}\n{\"who\":\"bob\",\"n\":2}\n{\"who\":\"ann\",\"n\":4}\n");
    }

    @Test
    void filesAreTables() {
        Outcome outcome = shell.call(
                "query", "SELECT who, sum(n) AS n FROM '" + file + "' GROUP BY who ORDER BY who", "--output", "csv");

        assertEquals(
                List.of("who,n", "ann,5", "bob,2"),
                outcome.output().lines().limit(3).toList());
        assertEquals(0, outcome.exitCode());
        assertTrue(outcome.errors().contains("events.json: 3 rows read = 3 taken\n"), outcome.errors());
    }

    @Test
    void parametersAndSeveralStatementsWorkAsInAFile() {
        Outcome outcome = shell.call(
                "query",
                "SELECT who FROM '${file}' WHERE n > :least; SELECT 1 AS one",
                "-D",
                "file=" + file,
                "-D",
                "least=3",
                "--quiet");

        assertEquals(
                List.of("{\"who\":\"ann\"}", "{\"one\":1}"),
                outcome.output().lines().toList());
        assertEquals("", outcome.errors());
    }

    @Test
    void errorsShowThePlaceInTheText() {
        Outcome outcome = shell.call("query", "SELECT whom FROM '" + file + "'");

        assertEquals(65, outcome.exitCode());
        assertTrue(
                outcome.errors().startsWith("error[E0203]: no column 'whom' in events\n  --> query:1:8\n"),
                outcome.errors());
        assertEquals(2, shell.call("query").exitCode());
        assertEquals(2, shell.call("query", "SELECT 1 AS a", "--state", "s").exitCode());
    }
}
