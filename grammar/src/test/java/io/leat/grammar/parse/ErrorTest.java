package io.leat.grammar.parse;

import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every kind of syntax error: the exact text that a user reads. */
class ErrorTest {
    @TestFactory
    Stream<DynamicTest> messages() {
        return CaseFile.tests("errors", ErrorTest::message);
    }

    private static String message(String input) {
        try {
            return Parser.parse(new SourceText("case.sql", input)).statements().size() + " statements";
        } catch (QueryException failure) {
            return failure.getMessage();
        }
    }
}
