package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that make no sense are answered with what is wrong and with one way out, and end with 2. */
class UsageTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            rnu q.sql                      | there is no command 'rnu'                                | did you mean 'run'?
            help                           | there is no command 'help'                               | did you mean --help?
            frobnicate                     | there is no command 'frobnicate'                         | leat --help lists them
            q.sql                          | 'q.sql' is no command                                    | to run it: leat run q.sql
            --quiet run q.sql              | there is no option --quiet                               | it stands behind the command: leat run --quiet
            run                            | FILE is missing                                          | leat run --help says more
            run q.sql other.sql            | 'other.sql' is one argument too many                     | leat run --help says more
            run q.sql --otput csv          | there is no option --otput                               | did you mean --output?
            run q.sql --output             | --output needs a value: FORMAT                           | leat run --help says more
            run q.sql --output xml         | --output: 'xml' is none of box, ndjson, csv, tsv, markdown | leat run --help says more
            run q.sql --output csv --output tsv | --output is given twice                             | leat run --help says more
            run q.sql --until later        | --until: 'later' is not now                              | leat run --help says more
            run q.sql --parallelism many   | --parallelism: 'many' is no whole number, or far too large | leat run --help says more
            run q.sql --epoch soon         | --epoch must be a time from 1ms to less than 24h, and 'soon' is not | write it like 250ms or 1s
            run q.sql -D name              | -D name gives no value                                   | write -D name=value
            run q.sql -D 1x=1              | '1x' cannot be the name of a parameter                   | names are letters, digits, _, . and -, and begin with a letter or _
            check                          | FILE is missing                                          | leat check --help says more
            explain q.sql --code --state   | these options do not go together: give one of them       | leat explain --help says more
            explain E9999                  | there is no error code E9999                             | errors name their code in brackets
            explain E0203 --code           | an error code takes no options                           | these options explain a query
            compile q.sql                  | --output is missing                                      | leat compile --help says more
            """)
    void isToldWithAWayOut(String call, String error, String help) {
        Shell shell = new Shell(directory);
        String file = shell.file("q.sql", "SELECT 1 AS a");

        String[] arguments = call.split(" ");
        for (int i = 1; i < arguments.length; i++) {
            arguments[i] = arguments[i].equals("q.sql") ? file : arguments[i];
        }
        Outcome outcome = shell.call(arguments);

        assertEquals("error: " + error + "\nhelp: " + help + "\n", outcome.errors());
        assertEquals(2, outcome.exitCode());
        assertEquals("", outcome.output());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--parallelism 0", "--parallelism 257", "--batch-rows 0", "--batch-rows 65537", "-D a=1 -D a=2"})
    void valuesOutOfRangeAreRefused(String options) {
        Outcome outcome = new Shell(directory).run("SELECT 1 AS a", options.split(" "));

        assertEquals(2, outcome.exitCode());
        assertTrue(outcome.errors().startsWith("error: -"), outcome.errors());
    }

    @Test
    void withoutAnythingTheHelpIsShownAsAnError() {
        Outcome outcome = new Shell(directory).call();

        assertEquals(2, outcome.exitCode());
        assertEquals("", outcome.output());
        assertTrue(outcome.errors().startsWith("Usage: leat "), outcome.errors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "query", "check", "explain", "compile", "demo"})
    void helpGoesToStandardOutputAndFitsTheScreen(String command) {
        Shell shell = new Shell(directory);
        Outcome outcome = command.isEmpty() ? shell.call("--help") : shell.call(command, "--help");

        assertEquals(0, outcome.exitCode());
        assertEquals("", outcome.errors());
        assertTrue(outcome.output().startsWith("Usage: leat "), outcome.output());
        assertTrue(outcome.output().lines().allMatch(line -> line.length() <= 80), outcome.output());
        // What was written as one line stays one line.
        assertTrue(outcome.output().lines().noneMatch(line -> line.matches("[a-z]+")), outcome.output());
    }

    @Test
    void optionsAreShownAsTheyAreWritten() {
        String help = new Shell(directory).call("run", "--help").output();

        assertTrue(help.contains("--output FORMAT "), help);
        assertTrue(help.contains("-D, --define NAME=VALUE  "), help);
    }
}
