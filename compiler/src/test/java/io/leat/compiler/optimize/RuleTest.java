package io.leat.compiler.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.explain.Explanation;
import io.leat.compiler.optimize.rule.Rule;
import io.leat.grammar.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each rule alone: a file per rule with queries, and the plan of each before and after. A heading that begins with {@code not} is of a
 * query that the rule leaves as it is; one that ends in {@code [with R]} lets rule R bring about what the rule looks for. {@code
 * -Dgolden=update} rewrites the plans.
 */
class RuleTest {
    private static final Path FOLDER = Path.of("src/test/resources/rules");
    private static final String TABLES = """
            CREATE TABLE t (a INT, b INT, s STRING, d DOUBLE, n INT NOT NULL, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
            WITH (connector = 'filesystem', path = 't', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE u (a INT, name STRING) WITH (connector = 'filesystem', path = 'u', format = 'json');
            """;

    private final QueryCompiler compiler = new QueryCompiler();

    /** One query of a file. */
    private record Example(String title, String query, String plans) {
        boolean fires() {
            return !title.startsWith("not ");
        }

        boolean isHelpedBy(String other) {
            return title.endsWith("[with " + other + "]");
        }

        String text() {
            return "# " + title + "\n" + query + "\n" + plans;
        }
    }

    @TestFactory
    Stream<DynamicTest> rules() {
        return names().map(rule -> DynamicTest.dynamicTest(rule, () -> check(rule)));
    }

    private static Stream<String> names() {
        return Stream.concat(Optimizer.RULES.stream().map(Rule::name), Stream.of(Optimizer.ORDER_JOINS));
    }

    private void check(String rule) throws IOException {
        Path file = FOLDER.resolve(rule + ".txt");
        List<Example> examples = parse(Files.readString(file));
        assertTrue(examples.stream().anyMatch(Example::fires), "no example in which it fires");
        assertTrue(examples.stream().anyMatch(example -> !example.fires()), "no example in which it must not fire");
        List<Example> actual = examples.stream()
                .map(example -> new Example(example.title(), example.query(), plans(rule, example)))
                .toList();
        String text = actual.stream().map(Example::text).collect(Collectors.joining("\n"));
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(file, text);
        }
        assertEquals(Files.readString(file), text);
        for (Example example : actual) {
            assertEquals(example.fires(), example.plans().contains("after " + rule), example.title());
        }
    }

    private String plans(String rule, Example example) {
        Set<String> others = names().filter(name -> !name.equals(rule) && !example.isHelpedBy(name))
                .collect(Collectors.toSet());
        CompileOptions options = CompileOptions.defaults().withDisabledRules(others);
        SourceText source = new SourceText("rule.sql", TABLES + example.query());
        String all = Explanation.rules(compiler.compile(source, options));
        String fromPlan = all.substring(all.indexOf("  as written"), all.indexOf("  after PruneColumns"));
        return fromPlan.lines().map(line -> line.substring(2) + "\n").collect(Collectors.joining());
    }

    private static List<Example> parse(String text) {
        List<Example> examples = new ArrayList<>();
        for (String block : text.split("(?m)^# ")) {
            if (!block.isBlank()) {
                String[] lines = block.strip().split("\n", 3);
                examples.add(new Example(lines[0], lines[1], ""));
            }
        }
        return examples;
    }
}
