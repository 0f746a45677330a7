package io.leat.grammar.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The pages of explanation do not lie: what fails there fails with that code, and what works there works. */
class ExplanationTest {
    @TestFactory
    Stream<DynamicTest> pages() {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.code().startsWith("E01"))
                .map(code -> DynamicTest.dynamicTest(code.code(), () -> assertPage(code)));
    }

    private static void assertPage(ErrorCode code) {
        String[] examples = code.explanation().split("\nfails:\n", -1)[1].split("\nworks:\n", -1);
        assertFalse(parsed(examples[1].split("\nrelated:\n", -1)[0]).isEmpty());
        // An ellipsis stands for more than fits on a page.
        if (!examples[0].contains("…")) {
            QueryException failure = assertThrows(QueryException.class, () -> parsed(examples[0]));
            assertEquals(code, failure.diagnostics().get(0).code());
        }
    }

    private static List<?> parsed(String text) {
        return Parser.parse(new SourceText("page.sql", text)).statements();
    }
}
