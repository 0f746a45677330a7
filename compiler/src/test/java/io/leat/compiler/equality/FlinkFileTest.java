package io.leat.compiler.equality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.corpus.Answer;
import io.leat.compiler.corpus.Outcome;
import io.leat.compiler.corpus.TestEngine;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code examples/flink/orders.sql}, a file as it is written for Flink, runs as it stands; only its paths are those of the test. The
 * expected rows were worked out by hand: order 7 is late, order 6 has no rate, users of the orders 4 and 8 are not known.
 */
class FlinkFileTest {
    private static final Path EXAMPLES = Path.of("..", "examples", "flink");

    static final List<List<String>> EXPECTED = List.of(
            List.of(
                    "2026-03-01T11:00  DE  40.000000  2",
                    "2026-03-01T11:00  UK  18.000000  1",
                    "2026-03-01T11:01  DE  99.000000  1"),
            List.of(
                    "2026-03-01T11:00  2  20.00  2",
                    "2026-03-01T11:00  3  30.00  1",
                    "2026-03-01T11:01  5  99.00  1",
                    "2026-03-01T11:01  6  12.00  2",
                    "2026-03-01T11:02  8  1.00  1"),
            List.of(
                    "1  shipped",
                    "2  cancelled",
                    "3  created",
                    "4  created",
                    "5  created",
                    "6  created",
                    "7  created",
                    "8  created"),
            List.of("1  10.00  10.00", "3  30.00  30.00", "5  99.00  99.00", "8  1.00  1.00"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, 4096", "1, 1", "3, 3"})
    void runsAsItStands(int workers, int batchRows) throws IOException {
        String text = Files.readString(EXAMPLES.resolve("orders.sql"))
                .replace("'examples/flink/", "'" + EXAMPLES + "/")
                .replace("'parallelism.default' = '2'", "'parallelism.default' = '" + workers + "'");
        CompiledJob job = new QueryCompiler()
                .compile(new SourceText("orders.sql", text), CompileOptions.defaults())
                .job();
        try (TestEngine engine = new TestEngine()) {
            Outcome outcome = engine.run(job, JobSettings.NONE.withBatchRows(batchRows), folder, Map.of());
            assertEquals(
                    EXPECTED,
                    outcome.answers().stream().map(FlinkFileTest::rows).toList());
        }
    }

    static List<String> rows(Answer answer) {
        return answer.lines().stream().sorted().toList();
    }
}
