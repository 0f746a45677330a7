package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job jar runs in a JVM that has the runtime and its dependencies, and nothing that compiles. */
@Tag("every-jdk")
class HostProgramTest {
    private static final String QUERY = """
            CREATE TABLE trades (symbol STRING, price DECIMAL(8, 2), ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
              WITH (connector = 'filesystem', path = '${in}', format = 'json');
            CREATE TABLE turnover (window_end TIMESTAMP(3), symbol STRING, total DECIMAL(38, 2), n BIGINT)
              WITH (connector = 'filesystem', path = '${out}', format = 'csv');
            INSERT INTO turnover FROM trades |> WHERE price > 0 |> CALL TUMBLE(ts, INTERVAL '10' SECOND)
              |> AGGREGATE sum(price) AS total, count(*) AS n GROUP BY window_end, symbol
              |> SELECT window_end, symbol, total, n;
            """;

    private static final String TRADES = """
            {"symbol": "A", "price": 1.25, "ts": "2026-01-31T12:00:01"}
            {"symbol": "A", "price": 2.50, "ts": "2026-01-31T12:00:09.999"}
            {"symbol": "A", "price": -1, "ts": "2026-01-31T12:00:10"}
            {"symbol": "B", "price": 4, "ts": "2026-01-31T12:00:10"}
            """;

    private static final String TURNOVER = """
            2026-01-31T12:00:10,A,3.75,2
            2026-01-31T12:00:20,B,4.00,1
            """;

    /** Says that none of the classes named is there, and runs the host program. */
    public static final class WithoutCompiler {
        /** One of each place that must not be needed: ANTLR, Janino (two jars), picocli, grammar, compiler, command. */
        private static final List<String> UNWANTED = List.of(
                "org.antlr.v4.runtime.Parser",
                "org.codehaus.janino.SimpleCompiler",
                "org.codehaus.commons.compiler.CompileException",
                "picocli.CommandLine",
                "io.leat.grammar.parse.Parser",
                "io.leat.compiler.QueryCompiler",
                "io.leat.cli.Leat");

        private WithoutCompiler() {}

        public static void main(String[] arguments) {
            for (String name : UNWANTED) {
                try {
                    Class.forName(name, false, WithoutCompiler.class.getClassLoader());
                    throw new AssertionError(name + " is on the class path");
                } catch (ClassNotFoundException e) {
                    // As it should be.
                }
            }
            HostProgram.main(arguments);
        }
    }

    @TempDir
    Path directory;

    @Test
    void twentyLinesRunAJobWithTheRuntimeAlone() throws IOException, InterruptedException, ClassNotFoundException {
        Shell shell = new Shell(directory);
        String jar = shell.path("turnover.jar");
        String in = shell.file("trades.json", TRADES);
        assertEquals(
                0,
                shell.call("compile", shell.file("turnover.sql", QUERY), "-o", jar)
                        .exitCode());

        List<Class<?>> unwanted = new ArrayList<>();
        for (String name : WithoutCompiler.UNWANTED) {
            unwanted.add(Class.forName(name));
        }
        String classPath = Processes.classPathWithout(unwanted.toArray(Class<?>[]::new));
        Process host = Processes.java(List.of(), classPath, WithoutCompiler.class, jar, in, shell.path("by-host.csv"))
                .redirectErrorStream(true)
                .start();
        String said = Processes.text(host.getInputStream());

        assertEquals(0, host.waitFor(), said);
        assertEquals("trades 4\n", said);
        assertEquals(TURNOVER, Files.readString(directory.resolve("by-host.csv")));

        Shell.Outcome run = shell.call("run", jar, "-D", "in=" + in, "-D", "out=" + shell.path("by-command.csv"));
        assertEquals(0, run.exitCode(), run.errors());
        assertEquals(TURNOVER, Files.readString(directory.resolve("by-command.csv")));
        assertTrue(run.errors().contains("trades: 4 rows read = 3 taken + 1 filtered\n"), run.errors());
    }

    @Test
    void theProgramHasNoMoreThanTwentyLines() throws IOException {
        Path source = Path.of("src/test/java/io/leat/cli/HostProgram.java");
        long code = Files.readAllLines(source).stream()
                .dropWhile(line -> !line.contains("class HostProgram"))
                .filter(line -> !line.isBlank())
                .count();

        assertTrue(code <= 20, code + " lines");
    }
}
