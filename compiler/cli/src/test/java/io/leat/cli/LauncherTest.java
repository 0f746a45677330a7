package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script {@code ./leat}, with scripts in place of Java and Maven that write down how they are called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final String BUILDING =
            "building Leat: about a minute, longer the first time, when Maven fetches the libraries\n";
    private static final String MVN = """
            #!/bin/sh
            echo "$*" >>"$LOG"
            printf '\\033[0m'
            mkdir -p compiler/cli/target && echo jar >compiler/cli/target/leat.jar
            """;
    /** Prints its arguments, a line each; asked for an archive of classes, it writes one. */
    private static final String JAVA = """
            #!/bin/sh
            for each; do
                case $each in -XX:ArchiveClassesAtExit=*) echo classes >"${each#*=}"; exit 0 ;; esac
            done
            printf '%s\\n' "$@"
            exit "${EXIT_CODE:-0}"
            """;

    @TempDir
    Path directory;

    private Path top;
    private Path tools;
    private Path home;

    private record Outcome(int exitCode, List<String> output, String errors) {}

    @BeforeEach
    void copyTheScript() throws IOException {
        top = Files.createDirectories(directory.resolve("a house"));
        tools = Files.createDirectories(directory.resolve("tools"));
        Files.copy(Path.of("../../leat"), top.resolve("leat"));
        for (String module : List.of("grammar", "runtime", "runtime/lake", "compiler", "compiler/cli")) {
            Files.createDirectories(top.resolve(module).resolve("src/main"));
            Files.writeString(top.resolve(module).resolve("pom.xml"), "");
        }
        Files.writeString(top.resolve("pom.xml"), "");
        script(tools.resolve("mvn"), MVN);
        home = java("17.0.15");
    }

    private static void script(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        assertTrue(path.toFile().setExecutable(true));
    }

    private Path java(String version) throws IOException {
        Path made = directory.resolve("java " + version);
        script(made.resolve("bin/java"), JAVA);
        script(made.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(made.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return made;
    }

    private Outcome start(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(arguments).directory(directory.toFile());
        builder.environment().keySet().removeAll(List.of("LEAT_OPTS", "COLUMNS"));
        builder.environment().put("JAVA_HOME", home.toString());
        builder.environment().put("LOG", directory.resolve("log").toString());
        builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = Processes.text(process.getInputStream());
        String errors = Processes.text(process.getErrorStream());
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "still running");
        return new Outcome(process.exitValue(), output.lines().toList(), errors);
    }

    private Outcome start(String... arguments) throws IOException, InterruptedException {
        String[] command =
                Stream.concat(Stream.of(top + "/leat"), Stream.of(arguments)).toArray(String[]::new);
        return start(Map.of(), command);
    }

    private long builds() throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve("log"))) {
            return lines.count();
        }
    }

    @Test
    void buildsOnFirstUseSaysSoAndStarts() throws IOException, InterruptedException {
        Outcome first = start("--help");
        Outcome second = start("--help");

        assertEquals(BUILDING, first.errors());
        assertEquals("", second.errors());
        assertEquals(first.output(), second.output());
        assertTrue(first.output().containsAll(List.of("-jar", top + "/compiler/cli/target/leat.jar", "--help")));
        assertEquals(1, builds());
    }

    @Test
    void buildsAgainWhenSourcesAreNewer() throws IOException, InterruptedException {
        start("--help");
        Path jar = top.resolve("compiler/cli/target/leat.jar");
        FileTime longAgo = FileTime.fromMillis(0);
        List<String> all = List.of(
                "pom.xml", "grammar/src/main", "compiler/cli/pom.xml", "runtime/src/main", "runtime/lake/src/main");
        for (String changed : all) {
            Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis()));
            try (Stream<Path> files = Files.walk(top)) {
                for (Path file :
                        files.filter(each -> !each.startsWith(jar.getParent())).toList()) {
                    Files.setLastModifiedTime(file, longAgo);
                }
            }
            assertEquals("", start("--help").errors());

            Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));
            Files.setLastModifiedTime(top.resolve(changed), FileTime.fromMillis(2_000));

            assertEquals(BUILDING, start("--help").errors(), changed);
        }
        assertEquals(1 + all.size(), builds());
    }

    @Test
    void severalStartsAtTheSameTimeBuildOnce() throws IOException, InterruptedException {
        String three = "'%1$s/leat' a >a.txt & '%1$s/leat' b >b.txt & '%1$s/leat' c >c.txt; wait".formatted(top);

        Outcome outcome = start(Map.of(), "sh", "-c", three);

        assertEquals(BUILDING, outcome.errors());
        assertEquals(1, builds());
        for (String name : List.of("a", "b", "c")) {
            assertTrue(Files.readString(directory.resolve(name + ".txt")).endsWith("\n" + name + "\n"));
        }
    }

    @Test
    void aBuildThatFailsShowsWhyOnStandardError() throws IOException, InterruptedException {
        script(tools.resolve("mvn"), "#!/bin/sh\necho '[ERROR] no such symbol'\nexit 1\n");

        Outcome outcome = start("--help");

        assertEquals(70, outcome.exitCode());
        assertEquals(List.of(), outcome.output());
        assertEquals(
                BUILDING + "[ERROR] no such symbol\nerror: Leat could not be built; Maven says above why\n",
                outcome.errors());
        script(tools.resolve("mvn"), MVN);
        assertEquals(0, start("--help").exitCode());
    }

    @ParameterizedTest
    @CsvSource({"17.0.15, false", "21.0.2, false", "22, false", "23.0.1, true", "24-ea, true", "25.0.3, true"})
    void flagsFitTheJava(String version, boolean allowsUnsafe) throws IOException, InterruptedException {
        home = java(version);

        List<String> output = start("run", "q.sql").output();

        assertEquals(allowsUnsafe, output.contains("--sun-misc-unsafe-memory-access=allow"), output.toString());
        assertTrue(output.containsAll(List.of("-Xlog:disable", "-XX:+DisplayVMOutputToStderr")), output.toString());
        String archive = "-XX:SharedArchiveFile=.*/compiler/cli/target/classes-\\d+-\\d+\\.jsa";
        assertTrue(output.stream().anyMatch(each -> each.matches(archive)), output.toString());
        assertFalse(output.contains("-XX:TieredStopAtLevel=1"), "a job runs with all the compilers of the JVM");
        assertTrue(start("check", "q.sql").output().contains("-XX:TieredStopAtLevel=1"));
    }

    @Test
    void aJavaThatCannotShareClassesIsNotAskedAgain() throws IOException, InterruptedException {
        script(
                home.resolve("bin/java"),
                JAVA.replace("echo classes >\"${each#*=}\"; exit 0", "echo asked >>\"$LOG\"; exit 1"));

        assertEquals(0, start("--help").exitCode());
        Outcome second = start("--help");

        assertEquals(2, builds(), "one build and one attempt");
        assertEquals("", second.errors());
        assertTrue(second.output().stream().noneMatch(each -> each.contains("SharedArchiveFile")));
    }

    @ParameterizedTest
    @CsvSource({"11.0.2, 11", "1.8.0_392, 8", "16, 16"})
    void anOlderJavaIsRefused(String version, String number) throws IOException, InterruptedException {
        home = java(version);

        Outcome outcome = start("--help");

        assertEquals(78, outcome.exitCode());
        assertEquals(
                "error: Leat runs on Java 17 or later, and '" + home + "/bin/java' is Java " + number
                        + "\nhelp: set JAVA_HOME to the directory of a newer one\n",
                outcome.errors());
    }

    @Test
    void aWrongJavaHomeIsSaid() throws IOException, InterruptedException {
        Outcome outcome = start(Map.of("JAVA_HOME", "/no/such"), top + "/leat", "--help");

        assertEquals(78, outcome.exitCode());
        assertTrue(outcome.errors().startsWith("error: JAVA_HOME is '/no/such', and there is no bin/java in it\n"));
    }

    @Test
    void withoutJavaHomeTheJavaOfThePathIsTakenThroughLinks() throws IOException, InterruptedException {
        home = java("25.0.3");
        Files.createSymbolicLink(tools.resolve("java"), home.resolve("bin/java"));

        Outcome outcome = start(Map.of("JAVA_HOME", ""), top + "/leat", "--version");

        assertTrue(outcome.output().contains("--sun-misc-unsafe-memory-access=allow"), outcome.toString());
    }

    @Test
    void worksThroughLinksAndKnowsItsName() throws IOException, InterruptedException {
        Path links = Files.createDirectories(directory.resolve("links"));
        Files.createSymbolicLink(links.resolve("first"), Path.of("../a house/leat"));
        Files.createSymbolicLink(links.resolve("leat"), Path.of("first"));

        Outcome byPath = start(Map.of(), "links/leat", "--version");
        Outcome byName =
                start(Map.of("PATH", links + ":" + tools + ":" + System.getenv("PATH")), "sh", "-c", "leat --version");

        assertTrue(byPath.output().contains("-Dleat.command=links/leat"), byPath.toString());
        assertTrue(byName.output().contains("-Dleat.command=leat"), byName.toString());
        assertTrue(byName.output().contains(top.toRealPath() + "/compiler/cli/target/leat.jar"), byName.toString());
    }

    @Test
    void argumentsAndTheExitCodePassThrough() throws IOException, InterruptedException {
        List<String> arguments = List.of("run", "a b", "it's", "", "*", "$HOME", "\\n", "-D", "x=;\"y\"");

        String[] command =
                Stream.concat(Stream.of(top + "/leat"), arguments.stream()).toArray(String[]::new);
        Outcome outcome = start(Map.of("EXIT_CODE", "66", "LEAT_OPTS", "-Xmx8g  -Dany=*"), command);

        List<String> output = outcome.output();
        assertEquals(66, outcome.exitCode());
        assertEquals(arguments, output.subList(output.size() - arguments.size(), output.size()));
        assertTrue(output.containsAll(List.of("-Xmx8g", "-Dany=*")), output.toString());
        assertTrue(output.containsAll(List.of("-Dleat.terminal.output=false", "-Dleat.terminal.errors=false")));
    }
}
