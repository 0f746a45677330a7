package io.leat.compiler.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.bind.Binder;
import io.leat.compiler.corpus.FunctionRows.FunctionRow;
import io.leat.compiler.function.Aggregates;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.Connectors;
import io.leat.runtime.connector.OptionSpec;
import io.leat.runtime.connector.SourceSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The language reference says what is so: its examples run as cases of the corpus do, and what it lists is what there is. {@code
 * -Dcase=types} tries the pages whose name contains that.
 */
class LanguageReferenceTest {
    private static final String ONLY = System.getProperty("case", "");

    @TempDir
    static Path folder;

    private static CaseTests tests;

    @BeforeAll
    static void open() {
        tests = new CaseTests(folder);
    }

    @AfterAll
    static void close() {
        tests.close();
    }

    @TestFactory
    Stream<DynamicNode> examples() {
        return LanguagePage.all().stream()
                .filter(page -> page.name().contains(ONLY))
                .map(page -> DynamicContainer.dynamicContainer(page.name(), examples(page)));
    }

    private static Stream<DynamicTest> examples(LanguagePage page) {
        List<Case> cases = new ArrayList<>(page.cases());
        cases.addAll(FunctionRows.examples(page));
        Stream<DynamicTest> texts = page.blocks().stream()
                .filter(block -> !block.kind().equals("qt"))
                .map(block -> DynamicTest.dynamicTest(
                        page.name() + "-" + block.line(), page.file().toUri(), () -> checkCompiles(block)));
        return Stream.concat(
                cases.stream().flatMap(each -> tests.of(each, page.file().toUri(), Set.of("all"))), texts);
    }

    private static void checkCompiles(LanguagePage.Block block) {
        assertEquals("sql", block.kind(), "what stands between fences is qt, that is run, or sql, that is compiled");
        new QueryCompiler().compile(new SourceText("example.sql", block.text()), CompileOptions.defaults());
    }

    /** Every function of a row is in the tables, once, with all its names and ways to call it. */
    @Test
    void functionsAreThoseThatThereAre() {
        List<String> described = LanguagePage.all().stream()
                .flatMap(page -> FunctionRows.of(page).stream())
                .filter(FunctionRow::isCalledAsAny)
                .map(FunctionRow::calls)
                .toList();
        List<String> registered = FunctionRows.registered();
        assertEquals(List.of(), without(registered, described), "not described");
        assertEquals(List.of(), without(described, registered), "described, but not so");
    }

    private static List<String> without(List<String> all, List<String> taken) {
        List<String> rest = new ArrayList<>(all);
        taken.forEach(rest::remove);
        return rest;
    }

    /** Every aggregate is named in its page. */
    @Test
    void aggregatesAreThoseThatThereAre() {
        String page = String.join(
                "\n",
                LanguagePage.read(LanguagePage.FOLDER.resolve("aggregates.md")).lines());
        List<String> missing = Aggregates.names().stream()
                .filter(name -> !page.contains("`" + name + "("))
                .sorted()
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void errorsAreThoseThatThereAre() {
        List<String> lines = new ArrayList<>(List.of("| code | what is wrong |", "|---|---|"));
        for (ErrorCode code : ErrorCode.values()) {
            lines.add("| `" + code.code() + "` | " + code.title() + " |");
        }
        new GeneratedPart(LanguagePage.FOLDER.resolve("errors.md"), "error codes").check(lines);
    }

    @Test
    void settingsAreThoseThatThereAre() {
        new GeneratedPart(LanguagePage.FOLDER.resolve("settings.md"), "settings").check(options(Binder.settings()));
    }

    @Test
    void optionsAreThoseThatThereAre() {
        Path page = LanguagePage.FOLDER.resolve("connectors.md");
        Connectors installed = Connectors.installed();
        for (String name : installed.names()) {
            Connector connector = installed.find(name).orElseThrow();
            Map<String, OptionSpec> specs = new TreeMap<>();
            connector
                    .readable()
                    .ifPresent(side -> side.options().specs().forEach(spec -> specs.put(spec.name(), spec)));
            connector
                    .writable()
                    .ifPresent(side -> side.options().specs().forEach(spec -> specs.put(spec.name(), spec)));
            if (!specs.isEmpty()) {
                new GeneratedPart(page, "options of " + name).check(options(List.copyOf(specs.values())));
            }
        }
        new GeneratedPart(page, "options of every source").check(options(SourceSettings.OPTIONS.specs()));
    }

    private static List<String> options(List<OptionSpec> specs) {
        List<String> lines =
                new ArrayList<>(List.of("| option | also written | default | what it says |", "|---|---|---|---|"));
        for (OptionSpec spec : specs) {
            String values = spec.choices().isEmpty()
                    ? ""
                    : ": "
                            + spec.choices().stream()
                                    .map(each -> "`" + each + "`")
                                    .collect(Collectors.joining(", "));
            String otherwise =
                    spec.required() ? "required" : spec.fallback() == null ? "" : "`" + spec.fallback() + "`";
            lines.add("| `" + spec.name() + "` | "
                    + spec.aliases().stream().map(each -> "`" + each + "`").collect(Collectors.joining(", ")) + " | "
                    + otherwise + " | " + spec.description() + values + " |");
        }
        return lines;
    }

    /** A page that nothing leads to is not read. */
    @Test
    void theFirstPageLeadsToAll() {
        String first = String.join(
                "\n",
                LanguagePage.read(LanguagePage.FOLDER.resolve("README.md")).lines());
        Set<String> missing = LanguagePage.all().stream()
                .map(page -> page.name() + ".md")
                .filter(page -> !page.equals("README.md") && !first.contains("(" + page + ")"))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), missing);
        assertTrue(LanguagePage.all().stream()
                        .mapToLong(page -> page.cases().size())
                        .sum()
                >= 40);
    }
}
