package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which store a job gets, in JVMs started with and without the options that Chronicle Map needs. */
@Tag("every-jdk")
class StoreChoiceTest {
    private static final int GROUPS = 500;
    private static final String ARROW = "--add-opens=java.base/java.nio=ALL-UNNAMED";
    private static final List<String> CHRONICLE = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED");

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeRows() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < GROUPS; i++) {
            rows.add("{\"k\":" + i + ",\"ts\":\"2026-05-01T00:00:05\"}");
        }
        Files.write(folder.resolve("rows.json"), rows);
    }

    private static List<String> probe(List<String> options, String store, int hotGroups)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        String surefire = System.getProperty("surefire.test.class.path");
        String classPath = surefire == null ? System.getProperty("java.class.path") : surefire;
        command.addAll(List.of("-cp", classPath, StoreProbe.class.getName(), store, "" + hotGroups, folder.toString()));
        Path output = Files.createTempFile(folder, "probe", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        return Files.readAllLines(output);
    }

    private static List<String> with(String... options) {
        List<String> all = new ArrayList<>(List.of(ARROW));
        all.addAll(Arrays.asList(options));
        return all;
    }

    private static List<String> withAll() {
        return with(CHRONICLE.toArray(String[]::new));
    }

    @Test
    void autoTakesTheHeapAndSaysWhyInOneSentenceWithTheExactOptions() throws IOException, InterruptedException {
        String options = String.join(" ", CHRONICLE);
        assertEquals(
                List.of(
                        "rows: " + GROUPS,
                        "note: state is kept on the heap: Chronicle Map needs the java options " + options),
                probe(with(), "AUTO", 16));
        assertEquals(
                List.of(
                        "rows: " + GROUPS,
                        "note: state is kept on the heap: Chronicle Map needs the java options " + CHRONICLE.get(2)),
                probe(with(CHRONICLE.get(0), CHRONICLE.get(1)), "AUTO", 16));
    }

    @Test
    void chronicleIsAnErrorThere() throws IOException, InterruptedException {
        assertEquals(
                List.of("error: state.store is chronicle, but Chronicle Map needs the java options "
                        + String.join(" ", CHRONICLE)),
                probe(with(), "CHRONICLE", 16));
    }

    @Test
    void theHeapNeedsNoOptionsAndNoWords() throws IOException, InterruptedException {
        assertEquals(List.of("rows: " + GROUPS), probe(with(), "HEAP", 16));
    }

    @Test
    void theOptionsThatAreNamedAreEnough() throws IOException, InterruptedException {
        List<String> output = probe(withAll(), "CHRONICLE", 16);
        assertTrue(output.contains("rows: " + GROUPS), output.toString());
        assertFalse(output.stream().anyMatch(line -> line.startsWith("note:")), output.toString());
    }

    @Test
    void aSmallJobNeverCreatesTheStore() throws IOException, InterruptedException {
        List<String> options = withAll();
        options.add("-Xlog:class+load");
        List<String> small = probe(options, "AUTO", 1_024);
        assertTrue(small.contains("rows: " + GROUPS), "the job ran");
        assertFalse(small.stream().anyMatch(line -> line.contains("net.openhft.")), "Chronicle was not touched");
        // The test would not notice anything if the log did not show it.
        List<String> large = probe(options, "AUTO", 16);
        assertTrue(large.stream().anyMatch(line -> line.contains("net.openhft.chronicle.map.")), "nor for this one");
    }

    @Test
    void withoutArrowsOptionTheErrorNamesIt() throws IOException, InterruptedException {
        assertEquals(
                List.of("error: this JVM does not let Arrow reach off-heap memory: start java with " + ARROW),
                probe(List.of(), "AUTO", 16));
    }
}
