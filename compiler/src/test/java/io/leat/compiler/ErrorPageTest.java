package io.leat.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.leat.compiler.explain.Compilation;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The pages of {@code leat explain E…} do not lie: what fails there fails with that code only, and what works there compiles. */
class ErrorPageTest {
    /** What the examples read unless they declare it themselves. */
    private static final String TRADES = "CREATE TABLE trades (symbol STRING, price DOUBLE, size INT, ts TIMESTAMP(3), "
            + "WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) "
            + "WITH (connector = 'filesystem', path = 'trades.csv', format = 'csv');\n";

    private static final QueryCompiler COMPILER = new QueryCompiler();

    @TestFactory
    Stream<DynamicTest> whatFails() {
        return pages(code -> {
            String example = section(code, "fails", "works");
            // An ellipsis stands for more than fits on a page; the tests of limits know such queries.
            if (!example.contains("…")) {
                assertEquals(
                        List.of(code),
                        problems(code, example).stream().map(Diagnostic::code).toList());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whatWorks() {
        return pages(code -> assertEquals(
                List.of(), compile(section(code, "works", "related")).warnings()));
    }

    private static Stream<DynamicTest> pages(Consumer<ErrorCode> check) {
        return Arrays.stream(ErrorCode.values())
                .map(code -> DynamicTest.dynamicTest(code.code(), () -> check.accept(code)));
    }

    private static String section(ErrorCode code, String from, String to) {
        return code.explanation().split("\n" + from + ":\n", -1)[1].split("\n" + to + ":\n", -1)[0];
    }

    private static List<Diagnostic> problems(ErrorCode code, String example) {
        return code.severity() == Diagnostic.Severity.WARNING
                ? compile(example).warnings()
                : assertThrows(QueryException.class, () -> compile(example)).diagnostics();
    }

    private static Compilation compile(String example) {
        // The pages speak of files as they are called at the top of the house.
        String text = TRADES + example.replace("'examples/", "'../examples/");
        return COMPILER.compile(new SourceText("page.sql", text), CompileOptions.defaults());
    }
}
