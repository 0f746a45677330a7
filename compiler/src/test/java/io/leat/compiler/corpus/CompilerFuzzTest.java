package io.leat.compiler.corpus;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.explain.Compilation;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Queries of the corpus with a few tokens changed: each compiles, to classes that the JVM accepts and that refer to nothing else
 * than they may, or is refused in words. {@code -Dfuzz.seed=} repeats a run, {@code -Dfuzz.queries=} makes it longer.
 */
class CompilerFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int QUERIES = Integer.getInteger("fuzz.queries", 2_000);
    private static final int MAX_MESSAGE_BYTES = 64 * 1024;

    private final QueryCompiler compiler = new QueryCompiler();
    private int compiled;

    @Test
    void mutatedQueries() {
        System.out.println("CompilerFuzzTest: -Dfuzz.seed=" + SEED);
        // What is right before it is changed is wrong in more ways afterwards, and sometimes still right.
        List<String> texts = CaseFile.all().stream()
                .filter(each -> each.error().isEmpty())
                .map(each -> new CaseText(each, Variation.PLAIN).source().text())
                .toList();
        Map<String, String> parameters = CaseFile.all().stream()
                .flatMap(each -> each.parameters().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));
        CompileOptions options = CompileOptions.defaults().withParameters(parameters);
        QueryMutations mutations = new QueryMutations(texts, SEED);
        for (int i = 0; i < QUERIES; i++) {
            String text = mutations.next();
            try {
                check(text, options.withParallelism(1 + i % 2));
            } catch (RuntimeException | Error failure) {
                throw new AssertionError("seed " + SEED + ", query " + i + ":\n" + text, failure);
            }
        }
        assertTrue(compiled * 20 > QUERIES, "only " + compiled + " of the queries compile");
    }

    private void check(String text, CompileOptions options) {
        SourceText source = new SourceText("fuzz.sql", text);
        Compilation compilation;
        try {
            compilation = compiler.compile(source, options);
        } catch (QueryException refused) {
            checkMessages(refused);
            return;
        }
        compiled++;
        load(compilation.job());
    }

    private static void checkMessages(QueryException refused) {
        assertTrue(refused.getMessage().getBytes(StandardCharsets.UTF_8).length < MAX_MESSAGE_BYTES);
        for (Diagnostic diagnostic : refused.diagnostics()) {
            assertTrue(diagnostic.at().end() <= refused.source().text().length(), diagnostic::toString);
            String said = diagnostic.message() + diagnostic.help().orElse("");
            assertFalse(said.contains("java.") || said.contains("io.leat") || said.contains("null]"), said);
        }
    }

    /** The loader checks what classes refer to; initialization has the JVM verify them. */
    private static void load(CompiledJob job) {
        JobClassLoader loader = new JobClassLoader(job);
        for (String name : job.classes().keySet()) {
            try {
                Class.forName(name, true, loader);
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }
    }
}
