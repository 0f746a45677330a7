package io.leat.compiler.bytecode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.codegen.GeneratedClass;
import io.leat.compiler.codegen.JobGenerator.Finisher.Size;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassCompilerTest {
    private final ClassCache cache = new ClassCache(2);
    private final ClassCompiler compiler = new ClassCompiler(cache);

    private static GeneratedClass generated(String name, String body) {
        String source = "package io.leat.generated;\npublic final class " + name + " {\n" + body + "\n}\n";
        return new GeneratedClass(name, source, List.of(), List.of(), List.of());
    }

    private static String method(String statements) {
        return "static void run() {" + statements + "}";
    }

    private Size compile(GeneratedClass generated) {
        Size size = compiler.measure(generated, true);
        compiler.take(generated);
        return size;
    }

    @Test
    void compilesWhatGeneratedCodeMayTouch() {
        assertEquals(Size.WITHIN_BUDGET, compile(generated("A", "static long one() { return Math.max(0L, 1L); }")));
        assertEquals(Size.WITHIN_BUDGET, compile(generated("B", "static long two() { return A.one() + 1L; }")));
        assertEquals(2, compiler.classes().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.exit(1);",
                "Runtime.getRuntime();",
                "new Thread();",
                "new java.io.File(\"x\");",
                "Class.forName(\"x\");",
                "new java.util.ArrayList();",
                "Object o = new java.net.URL[0];",
            })
    void refusesEverythingElse(String statement) {
        GeneratedClass forbidden = generated("A", "static void run() throws Exception {" + statement + "}");
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> compiler.measure(forbidden, true));
        assertTrue(refusal.getMessage().startsWith("a generated class must not"), refusal.getMessage());
        assertNull(cache.find(forbidden.source()));
    }

    @Test
    void sourceThatDoesNotCompileIsOurBug() {
        GeneratedClass wrong = generated("A", method("int x = \"\";"));
        CompilerBug bug = assertThrows(CompilerBug.class, () -> compiler.measure(wrong, true));
        assertTrue(bug.numberedSource().contains("    3  static void run() {int x = \"\";}"), bug.numberedSource());
    }

    @Test
    void tellsHowLargeAClassIs() {
        assertEquals(Size.OVER_BUDGET, compiler.measure(adding(60), false));
        assertEquals(Size.METHOD_TOO_LARGE, compiler.measure(adding(1_000), false));
        assertEquals(Size.METHOD_TOO_LARGE, compiler.measure(adding(10_000), true));
    }

    private static GeneratedClass adding(int times) {
        return generated("A", method("long x = 0L;" + "x += Math.max(x, 7L);".repeat(times)));
    }

    @Test
    void theCacheForgetsWhatWasNotUsedForLongest() {
        GeneratedClass first = generated("A", "");
        compile(first);
        compile(generated("B", ""));
        new ClassCompiler(cache).measure(first, true);
        compile(generated("C", ""));
        assertEquals(2, cache.size());
        assertNotNull(cache.find(first.source()));
    }
}
