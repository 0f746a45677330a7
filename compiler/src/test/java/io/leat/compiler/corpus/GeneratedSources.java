package io.leat.compiler.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.compiler.Compilation;
import io.leat.compiler.codegen.GeneratedClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What javac says of generated sources, with every warning on: they are Java for readers, too. */
final class GeneratedSources {
    /** Warnings that speak of the class path or of options rather than of the source. */
    private static final String WARNINGS = "-Xlint:all,-path,-classfile,-options,-processing";

    private GeneratedSources() {}

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

    /** Compiles all classes of a job; classes go into a folder of their own, which is removed. */
    static void check(Compilation compilation) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<Source> sources = compilation.generated().stream().map(Source::new).toList();
        try {
            Path output = Files.createTempDirectory("generated");
            try (StandardJavaFileManager files = javac.getStandardFileManager(found, null, null)) {
                List<String> options = List.of(WARNINGS, "-proc:none", "-d", output.toString(), "-cp", classPath);
                javac.getTask(null, files, found, options, null, sources).call();
            } finally {
                FileTree.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> complaints = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> each : found.getDiagnostics()) {
            complaints.add(
                    each.getSource() == null
                            ? each.toString()
                            : each.getSource().getName() + ":" + each.getLineNumber() + ": " + each.getMessage(null));
        }
        assertEquals(List.of(), complaints);
    }
}
