package io.leat.compiler.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.QueryCompiler;
import io.leat.compiler.bytecode.MethodBudget;
import io.leat.compiler.codegen.GeneratedClass;
import io.leat.compiler.explain.Compilation;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is generated for the corpus is deterministic, ASCII, and within its budgets; and javac has no complaint about the golden
 * sources, or with {@code -Djavac=all} about any.
 */
class GeneratedSourceTest {
    @TempDir
    static Path folder;

    private static final boolean ALL = "all".equals(System.getProperty("javac"));
    private static final QueryCompiler COMPILER = new QueryCompiler();
    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
    private static final StandardJavaFileManager FILES = JAVAC.getStandardFileManager(null, null, null);

    /** A source in memory. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(GeneratedClass generated) {
            super(URI.create("string:///io/leat/generated/" + generated.name() + ".java"), Kind.SOURCE);
            this.text = generated.source();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    @TestFactory
    Stream<DynamicTest> sources() {
        return CaseFile.all().stream()
                .filter(each -> each.error().isEmpty())
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each)));
    }

    private static void check(Case each) {
        Compilation plain = compile(COMPILER, each, Variation.PLAIN);
        Compilation parallel = compile(COMPILER, each, Variation.PLAIN.withParallelism(3));
        checkSources(plain);
        checkSources(parallel);
        if (ALL || each.goldens().keySet().stream().anyMatch(golden -> golden.startsWith("source"))) {
            assertEquals(List.of(), complaints(plain));
            assertEquals(List.of(), complaints(parallel));
        }
        Compilation again = compile(new QueryCompiler(), each, Variation.PLAIN);
        assertEquals(texts(plain), texts(again), "the same text gives the same source");
    }

    private static Compilation compile(QueryCompiler compiler, Case each, Variation variation) {
        return compiler.compile(new CaseText(each, variation).source(), variation.options(each));
    }

    private static List<String> texts(Compilation compilation) {
        return compilation.generated().stream().map(GeneratedClass::source).toList();
    }

    private static void checkSources(Compilation compilation) {
        for (GeneratedClass generated : compilation.generated()) {
            assertTrue(generated.source().chars().allMatch(c -> c == '\n' || c >= ' ' && c <= '~'), generated.name());
        }
        compilation
                .job()
                .classes()
                .forEach((name, bytes) -> assertEquals(List.of(), MethodBudget.overruns(bytes), name));
    }

    private static List<String> complaints(Compilation compilation) {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<Source> sources = new ArrayList<>();
        compilation.generated().forEach(generated -> sources.add(new Source(generated)));
        List<String> options = List.of("-d", folder.toString(), "-proc:none", "-Xlint:all");
        JAVAC.getTask(null, FILES, found, options, null, sources).call();
        return found.getDiagnostics().stream()
                .filter(each -> each.getKind() != Diagnostic.Kind.NOTE)
                .map(each -> each.getSource() + ":" + each.getLineNumber() + " " + each.getMessage(Locale.ROOT))
                .collect(Collectors.toList());
    }
}
