package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.cli.Shell.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code leat compile} and {@code leat run job.jar}: the same bytes everywhere, and a plain word for every jar that is none. */
class JobJarTest {
    private static final String QUERY = """
            CREATE TABLE t (i INT, name STRING);
            INSERT INTO t VALUES (1, 'Ada'), (2, NULL);
            SELECT i, upper(name) AS name FROM t WHERE i < 10;
            SELECT name, count(*) AS n FROM t GROUP BY name ORDER BY n, name;
            """;
    private static final String ROWS = "i,name\n1,ADA\n2,\n\n";

    @TempDir
    Path directory;

    private Shell shell;
    private String query;

    @BeforeEach
    void writeQuery() {
        shell = new Shell(directory);
        query = shell.file("names.sql", QUERY);
    }

    private byte[] compiled(String name) throws IOException {
        Outcome outcome = shell.call("compile", query, "-o", shell.path(name));
        assertEquals(0, outcome.exitCode(), outcome.errors());
        assertEquals("wrote " + name + "; run it with: leat run " + name + "\n", outcome.errors());
        return Files.readAllBytes(directory.resolve(name));
    }

    @Test
    void aJobJarGivesTheResultsOfItsQuery() throws IOException {
        compiled("names.jar");

        Outcome ofJar = shell.call("run", shell.path("names.jar"), "--output", "csv");

        assertTrue(ofJar.output().startsWith(ROWS), ofJar.output());
        assertEquals(shell.call("run", query, "--output", "csv").output(), ofJar.output());
    }

    @Test
    void theBytesAreTheSameEachTimeAndInEveryZoneAndLanguage() throws IOException, InterruptedException {
        byte[] here = compiled("here.jar");
        assertArrayEquals(here, compiled("again.jar"));

        Path there = directory.resolve("there.jar");
        List<String> elsewhere = List.of(
                "-Duser.timezone=Asia/Kathmandu",
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Dfile.encoding=ISO-8859-1");
        Process process = Processes.java(
                        elsewhere, Processes.classPath(), Leat.class, "compile", query, "-o", there.toString())
                .redirectErrorStream(true)
                .start();
        String said = Processes.text(process.getInputStream());

        assertEquals(0, process.waitFor(), said);
        assertArrayEquals(here, Files.readAllBytes(there));
    }

    @Test
    void theManifestRefusesAnotherRuntime() throws IOException {
        compiled("names.jar");
        String other = changed((name, text) -> text.replaceFirst("Leat-Runtime: [\\d.]+", "Leat-Runtime: 9.1.0"));

        assertRefused(
                other,
                "'changed.jar' was compiled by Leat 9.1.0, and this is Leat 0.1.0, which does not run it:"
                        + " compile the query again");
    }

    @Test
    void aDamagedJarIsCalledDamaged() throws IOException {
        byte[] bytes = compiled("names.jar");
        String damaged = "'changed.jar' is damaged: compile the query again";

        assertRefused(changed((name, text) -> name.equals("leat/job.json") ? null : text), damaged);
        assertRefused(changed((name, text) -> name.equals("leat/job.json") ? "{\"nosuch\": 1}" : text), damaged);
        assertRefused(changed((name, text) -> name.endsWith(".class") ? null : text), damaged);
        assertRefused(changed((name, text) -> name.endsWith(".class") ? "\u00ca\u00fe\u00ba\u00be" : text), damaged);
        assertRefused(changed((name, text) -> text.replaceFirst("Leat-Runtime: [\\d.]+\r\n", "")), damaged);
        for (int kept : new int[] {bytes.length / 4, bytes.length / 2}) {
            Path cut = Files.write(directory.resolve("changed.jar"), Arrays.copyOf(bytes, kept));
            assertRefused(cut.toString(), damaged);
        }
    }

    @Test
    void everyChangedByteIsNoticedOrHarmless() throws IOException {
        byte[] bytes = compiled("names.jar");
        for (int at = 40; at < bytes.length; at += 211) {
            byte[] changed = bytes.clone();
            changed[at] ^= 0x55;
            Path jar = Files.write(directory.resolve("changed.jar"), changed);

            Outcome outcome = shell.call("run", jar.toString(), "--output", "csv");

            boolean harmless = outcome.exitCode() == 0 && outcome.output().startsWith(ROWS);
            boolean refused = outcome.exitCode() == 65 && outcome.output().isEmpty();
            assertTrue(harmless || refused, "byte " + at + ": " + outcome);
        }
    }

    @Test
    void whatIsNoJobJarIsSaid() throws IOException {
        String none = "is no job jar: write one with 'leat compile query.sql -o job.jar'";
        assertRefused(shell.file("empty.jar", ""), "'empty.jar' " + none);
        assertRefused(shell.file("text.jar", "SELECT 1 AS a"), "'text.jar' " + none);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("readme.txt"));
        }
        assertRefused(
                Files.write(directory.resolve("other.jar"), bytes.toByteArray()).toString(), "'other.jar' " + none);

        Outcome missing = shell.call("run", shell.path("missing.jar"));
        assertEquals(66, missing.exitCode());
        assertEquals("error: there is no file 'missing.jar'\n", missing.errors());
    }

    @Test
    void aJarThatCannotBeWrittenIsSaidAndLeavesNothing() throws IOException {
        Files.createDirectory(directory.resolve("folder"));
        Outcome folder = shell.call("compile", query, "-o", shell.path("folder"));
        assertEquals(74, folder.exitCode());
        assertEquals("error: cannot write 'folder': it is a directory\n", folder.errors());

        Outcome nowhere = shell.call("compile", query, "-o", shell.path("no/job.jar"));
        assertEquals(74, nowhere.exitCode());
        assertTrue(nowhere.errors().startsWith("error: cannot write 'no/job.jar': there is no directory "));

        compiled("names.jar");
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    List.of("folder", "names.jar", "names.sql"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aQueryIsNeverOverwrittenByItsJar() throws IOException {
        Outcome outcome = shell.call("compile", query, "-o", query);

        assertEquals(2, outcome.exitCode());
        assertEquals("""
                error: 'names.sql' is there already, is no jar, and is not overwritten
                help: name the jar behind -o, such as job.jar
                """, outcome.errors());
        assertEquals(QUERY, Files.readString(Path.of(query)));
    }

    @Test
    void aJobKeepsTheParallelismItWasCompiledWith() throws IOException {
        compiled("names.jar");

        Outcome outcome = shell.call("run", shell.path("names.jar"), "--parallelism", "2");

        assertEquals(2, outcome.exitCode());
        assertTrue(outcome.errors().contains("help: give --parallelism to 'leat compile'"), outcome.errors());
    }

    private void assertRefused(String jar, String message) {
        Outcome outcome = shell.call("run", jar);
        assertEquals("error: " + message + "\n", outcome.errors());
        assertEquals(65, outcome.exitCode());
        assertFalse(outcome.errors().contains("Exception"));
    }

    /** The jar with its entries changed, as text in which each character is a byte; null leaves an entry out. */
    private String changed(BinaryOperator<String> change) throws IOException {
        Path jar = directory.resolve("changed.jar");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(directory.resolve("names.jar")));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                String changed = change.apply(entry.getName(), text);
                if (changed != null) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(changed.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        }
        return jar.toString();
    }
}
