package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors have a code, a place, the line with carets below it, and no word of Java; all of a file come at once. */
class ErrorShapeTest {
    private static final Pattern ERROR = Pattern.compile("error\\[(E\\d{4})]: (.+)\n"
            + "  --> (\\S+):(\\d+):(\\d+)\n"
            + "( *\\d+ \\| )(.*)\n"
            + " *\\| ?( *)(\\^+)\n"
            + "(help: .+\n)?");
    private static final Pattern JAVA =
            Pattern.compile("Exception|\\bat [a-z]+\\.|\\b(java|io\\.leat|org\\.[a-z]+|picocli)\\.[A-Za-z]|\\.java\\b");

    @TempDir
    Path directory;

    /** What an error points at: {@code line:column text}. */
    private static List<String> places(String errors) {
        List<String> places = new ArrayList<>();
        Matcher error = ERROR.matcher(errors);
        while (error.find()) {
            String line = error.group(7);
            int from = error.group(8).length();
            assertEquals(
                    Integer.parseInt(error.group(5)), from + 1, "the caret is not at the column: " + error.group());
            places.add(error.group(3) + ":" + error.group(4) + " "
                    + line.substring(from, from + error.group(9).length()));
        }
        return places;
    }

    @Test
    void threeMistakesAreThreeErrorsAtOnce() {
        Shell shell = new Shell(directory);
        String file = shell.file("three.sql", """
                CREATE TABLE trades (symbol STRING, price DOUBLE)
                  WITH (connector = 'filesystem', path = 'trades.csv', format = 'csv');
                SELECT max(pirce) AS top FROM trades;
                SELECT symbol FROM trade;
                SELECT symbol - 1 AS less FROM trades;
                """);

        Outcome outcome = shell.call("check", file);

        assertEquals(65, outcome.exitCode());
        assertEquals("", outcome.output());
        assertEquals(List.of("three.sql:3 pirce", "three.sql:4 trade", "three.sql:5 -"), places(outcome.errors()));
        assertTrue(outcome.errors().contains("did you mean 'price'?"), outcome.errors());
        assertTrue(outcome.errors().contains("did you mean 'trades'?"), outcome.errors());
        assertFalse(JAVA.matcher(outcome.errors()).find(), outcome.errors());
    }

    /** What the statement that cannot be read would have declared is not missed by the one that reads it. */
    @Test
    void aStatementThatCannotBeReadHidesNoOtherMistake() {
        Shell shell = new Shell(directory);
        String file = shell.file("mixed.sql", """
                CREATE TABLE trades (symbol STRING, price DOUBLE)
                  WITH (connector = 'filesystem', path = 'trades.csv', format = 'csv');
                CREATE TABLE devices (id BIGINT site STRING);
                SELECT max(pirce) AS top FROM trades;
                SELECT site FROM devices;
                SELECT symbol - 1 AS less FROM trades;
                """);

        Outcome outcome = shell.call("check", file);

        assertEquals(65, outcome.exitCode());
        assertEquals(List.of("mixed.sql:3 site", "mixed.sql:4 pirce", "mixed.sql:6 -"), places(outcome.errors()));
        List<String> codes = ERROR.matcher(outcome.errors())
                .results()
                .map(error -> error.group(1))
                .toList();
        assertEquals(List.of("E0101", "E0203", "E0301"), codes);
    }

    @Test
    void everyFileIsCheckedAndTheFirstMistakeCounts() {
        Shell shell = new Shell(directory);
        String wrong = shell.file("wrong.sql", "SELECT nosuch;");
        String right = shell.file("right.sql", "SELECT 1 AS a;");

        Outcome outcome = shell.call("check", wrong, shell.path("missing.sql"), right);

        assertEquals(65, outcome.exitCode());
        assertEquals(List.of("wrong.sql:1 nosuch"), places(outcome.errors()));
        assertTrue(outcome.errors().contains("error: there is no file 'missing.sql'\n"), outcome.errors());
        assertTrue(outcome.errors().contains("right.sql: ok, 1 statement\n"), outcome.errors());
    }

    @Test
    void columnsCountCharactersNotBytes() {
        Outcome outcome = new Shell(directory).run("SELECT '日本 🚀' AS a,\r\n\tnosuch AS b");

        assertTrue(outcome.errors().contains("  --> stdin:2:2\n"), outcome.errors());
    }

    @Test
    void controlCharactersNeverReachTheTerminal() {
        Outcome outcome = new Shell(directory).run("SELECT nosuch AS \"\u001b[31mred\u202e\"");

        assertEquals(65, outcome.exitCode());
        assertFalse(outcome.errors().contains("\u001b"), outcome.errors());
        assertFalse(outcome.errors().contains("\u202e"), outcome.errors());
    }

    @Test
    void tenThousandMistakesStayReadable() {
        Outcome outcome = new Shell(directory).run("SELECT nosuch AS a;\n".repeat(10_000));

        assertEquals(65, outcome.exitCode());
        int bytes = outcome.errors().getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes < 64 << 10, bytes + " bytes on standard error");
        assertTrue(places(outcome.errors()).size() >= 10, outcome.errors());
    }

    @Test
    void aRowThatFailsTheJobNamesItsPlaceInTheQuery() {
        Outcome outcome = new Shell(directory).run("SELECT 1 AS a,\n  10 / CAST('0' AS INT) AS b");

        assertEquals(1, outcome.exitCode());
        assertEquals("", outcome.output());
        assertTrue(outcome.errors().contains("\n  --> stdin:2:"), outcome.errors());
        assertTrue(outcome.errors().contains("division by zero"), outcome.errors());
        assertFalse(JAVA.matcher(outcome.errors()).find(), outcome.errors());
    }

    @Test
    void colorsAreForTerminalsUnlessAskedFor() {
        String escape = "\u001b[";
        Terminal terminal = new Terminal(false, true, 80, true);
        Terminal plain = new Terminal(false, true, 80, false);
        Shell shell = new Shell(directory);
        String file = shell.file("wrong.sql", "SELECT nosuch;");

        assertFalse(shell.call("check", file).errors().contains(escape));
        assertTrue(shell.call("check", file, "--color", "always").errors().contains(escape));
        assertTrue(shell.terminal(terminal).call("check", file).errors().contains(escape));
        assertFalse(shell.call("check", file, "--color", "never").errors().contains(escape));
        assertFalse(shell.terminal(plain).call("check", file).errors().contains(escape));
    }
}
