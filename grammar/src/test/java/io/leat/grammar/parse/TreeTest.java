package io.leat.grammar.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import io.leat.grammar.tree.Script;
import io.leat.grammar.tree.TreePrinter;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every construct of the language: what it is read as, shown as canonical text. */
class TreeTest {
    @TestFactory
    Stream<DynamicTest> canonicalForms() {
        return CaseFile.tests("trees", TreeTest::canonical);
    }

    private static String canonical(String input) {
        try {
            Script script = Parser.parse(new SourceText("case.sql", input));
            String printed =
                    script.statements().stream().map(TreePrinter::print).collect(Collectors.joining(";\n"));
            assertEquals(script, Parser.parse(new SourceText("printed.sql", printed)), printed);
            return printed;
        } catch (QueryException failure) {
            return failure.getMessage();
        }
    }
}
