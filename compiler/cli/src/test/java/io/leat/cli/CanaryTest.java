package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.CompileOptions;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.OptionValue;
import io.leat.runtime.local.JobOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret that is given to queries in every way there is is nowhere in what comes out: no text, no file, no message. */
class CanaryTest {
    private static final String CANARY = "c4nary-s1ngs-0n-the-w1re";
    private static final String WRONG = "wr0ng-c4nary-s1ngs-t00-l0ud";
    private static final List<String> SECRETS = List.of(CANARY, WRONG);
    /** Before they come to what is looked for, the names of variables. */
    private static final String PASSWORD = "LEAT_TEST_PASSWORD";

    private static final String URL = "LEAT_TEST_URL";

    private static final String READ = """
            CREATE TABLE r (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
              WITH (connector = 'filesystem', path = '${dir}/in.json', format = 'json', 'scan.mode' = 'stream', 'scan.reject-limit' = 1);
            CREATE TABLE missed (k INT, v INT) WITH (connector = 'filesystem', path = '${dir}/out/missed', format = 'json');
            CREATE TABLE broken (k INT, reason STRING, raw BYTES) WITH (connector = 'filesystem', path = '${dir}/out/broken', format = 'json');
            """;
    private static final String WRITE = """
            INSERT INTO totals FROM r |> CALL TUMBLE(ts, INTERVAL '5' SECOND) |> AGGREGATE count(*) AS n GROUP BY k, window_start
              |> SELECT k, n |> LATE INTO missed;
            INSERT INTO broken SELECT k, reason, raw FROM r$rejected;
            """;
    private static final String DATABASE = READ + """
            CREATE TABLE totals (k INT, n BIGINT)
              WITH (connector = 'jdbc', url = %s, 'table-name' = 'totals', username = 'leat', password = %s, 'sink.max-retries' = 0);
            """ + WRITE;
    private static final String TOPIC = READ + """
            CREATE TABLE totals (k INT, n BIGINT)
              WITH (connector = 'kafka', topic = 'totals', format = 'json', 'properties.bootstrap.servers' = 'localhost:1',
                'connect.timeout' = '300 ms', 'properties.sasl.mechanism' = 'PLAIN',
                'properties.security.protocol' = 'SASL_PLAINTEXT', username = 'leat', password = %s,
                'properties.ssl.truststore.password' = %s%s);
            """ + WRITE;

    @TempDir
    Path directory;

    private Shell shell;

    @BeforeEach
    void write() throws IOException, SQLException {
        shell = new Shell(directory);
        Files.createDirectory(directory.resolve("tmp"));
        Files.writeString(directory.resolve("in.json"), """
                {"k":1,"v":2,"note":"x","ts":"2026-01-01T00:00:01"}
                {"k":1,"v":3,"ts":"2026-01-01T00:00:11"}
                {"k":1,"v":4,"ts":"2026-01-01T00:00:02"}
                {"k":1,"v":"no number","ts":
                """);
        try (Connection connection = DriverManager.getConnection(database(), "leat", CANARY);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE \"totals\" (\"k\" INT, \"n\" BIGINT)");
        }
    }

    /** Not where it is looked for secrets: a database knows its own. */
    private String database() {
        return "jdbc:h2:file:" + directory.resolveSibling(directory.getFileName() + "-database/of-test");
    }

    private String urlWith(String password) {
        return database() + ";PASSWORD=" + password;
    }

    @Test
    void secretsOfTheEnvironmentAreNowhere() throws IOException, InterruptedException {
        String right = shell.file("right.sql", DATABASE.formatted("'" + database() + "'", "env('" + PASSWORD + "')"));
        String inUrl = shell.file(
                "in-url.sql", DATABASE.formatted("env('" + URL + "')", "'x'").replace(", password = 'x'", ""));
        String wrong =
                shell.file("wrong.sql", DATABASE.formatted("'" + database() + "'", "env('" + PASSWORD + "_WRONG')"));
        String away = shell.file(
                "away.sql", DATABASE.formatted("'jdbc:postgresql://localhost:1/db'", "env('" + PASSWORD + "')"));
        String number = shell.file(
                "number.sql",
                DATABASE.formatted("'" + database() + "'", "'none'")
                        .replace("'sink.max-retries' = 0", "'sink.max-retries' = env('" + PASSWORD + "')"));
        String topic = shell.file(
                "topic.sql", TOPIC.formatted("env('" + PASSWORD + "')", "env('" + PASSWORD + "_WRONG')", ""));
        // Secrets that lead to files are refused without being told, where files must be in some directories.
        String path = shell.file(
                "path.sql",
                DATABASE.formatted("'" + database() + "'", "'none'")
                        .replace("'${dir}/in.json'", "env('" + PASSWORD + "')")
                        .replace("jdbc:h2:file:", "jdbc:postgresql:"));
        String strict = shell.file(
                "strict.sql",
                DATABASE.formatted("'" + database() + "'", "env('" + PASSWORD + "')")
                        .replace("'scan.mode'", "'json.unknown-fields' = 'fail', 'scan.mode'"));
        String root = directory.toString();
        String said = calls(
                Map.of(PASSWORD, CANARY, PASSWORD + "_WRONG", WRONG, URL, urlWith(WRONG)),
                List.of(
                        run(right, "--state", shell.path("state")),
                        List.of("diff", shell.path("state"), right, "-D", "dir=" + directory),
                        run(inUrl, "--verbose"),
                        run(wrong, "--state", shell.path("other-state"), "--verbose"),
                        run(away, "--verbose"),
                        run(number, "--verbose"),
                        run(topic, "--state", shell.path("topic-state"), "--verbose"),
                        run(topic, "--verbose"),
                        run(inUrl, "--root", root, "--verbose"),
                        run(path, "--root", root, "--verbose"),
                        run(strict, "--verbose")));

        // They were used: the right one opened the database, and others did not.
        assertEquals(List.of(0, 0, 69, 69, 69, 65, 69, 69, 78, 78, 1), exitCodes(said), said);
        assertTrue(said.contains("Wrong user name or password"), said);
        assertTrue(Files.exists(directory.resolve("out/missed")), said);
        assertTrue(said.contains("1 rejected"), said);
        assertTrue(said.contains("fields without a column: 'note' 1"), said);
        assertTrue(said.contains("UNKNOWN_FIELD: no column is called 'note'"), said);
        assertTrue(said.contains("the value of '" + PASSWORD + "' makes no sense for option 'path'"), said);
        assertNowhere(said);
    }

    @Test
    void secretsOfParametersAreNowhere() throws IOException, InterruptedException {
        String secret = "-Dpassword=" + CANARY;
        String right = shell.file("right.sql", DATABASE.formatted("'" + database() + "'", "'${password}'"));
        String inUrl =
                shell.file("in-url.sql", DATABASE.formatted("'${url}'", "'x'").replace(", password = 'x'", ""));
        String topic = shell.file("topic.sql", TOPIC.formatted("'${password}'", "'${password}'", ""));
        String login = shell.file(
                "login.sql",
                TOPIC.formatted("'${password}'", "'${password}'", ", 'properties.sasl.jaas.config' = '${password}'"));
        List<List<String>> calls = new ArrayList<>();
        for (String view : List.of("--rules", "--physical", "--code", "--state", "--changelog", "--delivery")) {
            calls.add(List.of("explain", right, view, secret));
            calls.add(List.of("explain", topic, view, secret));
        }
        calls.add(List.of("check", right, topic, secret));
        calls.add(List.of("compile", right, "-o", shell.path("right.jar"), secret));
        calls.add(List.of("compile", topic, "-o", shell.path("topic.jar"), secret));
        int looking = calls.size();
        calls.add(run(right, secret, "--state", shell.path("state")));
        calls.add(List.of("diff", right, topic, secret));
        calls.add(run(shell.path("right.jar"), "-Dpassword=" + WRONG, "--verbose"));
        calls.add(run(inUrl, "-Durl=" + urlWith(WRONG), "--verbose"));
        calls.add(run(inUrl, "-Durl=" + urlWith(WRONG) + ";INIT=RUNSCRIPT FROM 'x'", "--verbose"));
        calls.add(run(topic, secret, "--verbose"));
        calls.add(run(shell.path("topic.jar"), secret, "--verbose"));
        calls.add(run(login, secret, "--verbose"));
        calls.add(List.of("explain", right, "--no-such-flag", secret));

        String said = calls(Map.of(), calls);

        assertEquals(List.of(0, 3, 69, 69, 65, 69, 69, 65, 2), exitCodes(said).subList(looking, calls.size()), said);
        assertEquals(
                0,
                exitCodes(said).stream()
                        .limit(looking)
                        .mapToInt(Integer::intValue)
                        .sum(),
                said);
        assertNowhere(said);
    }

    /** A password in the text of a query is seen by who sees the text; reports of bugs are sent to others. */
    @Test
    void passwordsInAQueryAreInNoReport() throws IOException {
        String query = DATABASE.formatted("'" + urlWith(WRONG) + "'", "'" + CANARY + "'");
        String text = new BugReport(
                        new IllegalStateException("an inner word"),
                        List.of("run", "q.sql"),
                        Optional.of(new SourceText("q.sql", query)))
                .write()
                .map(file -> {
                    try {
                        String written = Files.readString(file);
                        Files.delete(file);
                        return written;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElseThrow();
        assertTrue(text.contains("password = '…'") && text.contains("INSERT INTO totals"), text);
        assertNowhere(text);
    }

    @Test
    void objectsOfTheInterfaceDoNotTellThem() {
        String query = DATABASE.formatted("'" + urlWith(WRONG) + "'", "'" + CANARY + "'");
        String jar = shell.path("plain.jar");
        assertEquals(
                0,
                shell.call("compile", shell.file("plain.sql", query), "-o", jar, "-D", "dir=" + directory)
                        .exitCode());
        CompiledJob job = CompiledJob.load(Path.of(jar));
        Map<String, String> parameters = Map.of("password", CANARY);
        for (Object told : List.of(
                job,
                job.graph(),
                job.graph().sinks(),
                OptionValue.plain(CANARY),
                JobOptions.defaults().withParameters(parameters),
                CompileOptions.defaults().withParameters(parameters))) {
            assertFalse(hasSecret(told.toString()), told.getClass().getName());
        }
        assertTrue(JobOptions.defaults().withParameters(parameters).toString().contains("[password]"));
    }

    private List<String> run(String file, String... options) {
        List<String> call = new ArrayList<>(List.of("run", file, "-D", "dir=" + directory));
        call.addAll(List.of(options));
        return call;
    }

    /** All that the calls say, and that the process writes besides. */
    private String calls(Map<String, String> environment, List<List<String>> calls)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        for (List<String> call : calls) {
            if (!arguments.isEmpty()) {
                arguments.add(CommandLines.NEXT);
            }
            arguments.addAll(call);
            boolean known = call.stream().anyMatch(each -> each.startsWith("dir="))
                    || call.get(0).equals("compile");
            if (!known) {
                arguments.addAll(List.of("-D", "dir=" + directory));
            }
        }
        ProcessBuilder builder = Processes.java(
                List.of("-Djava.io.tmpdir=" + directory.resolve("tmp")),
                Processes.classPath(),
                CommandLines.class,
                arguments.toArray(String[]::new));
        builder.environment().putAll(environment);
        Path said = directory.resolve("said.txt");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertEquals(0, process.waitFor());
        return Files.readString(said);
    }

    private static List<Integer> exitCodes(String said) {
        Matcher ends = Pattern.compile("(?m)^< (\\d+)$").matcher(said);
        return ends.results().map(end -> Integer.valueOf(end.group(1))).collect(Collectors.toList());
    }

    private void assertNowhere(String said) throws IOException {
        assertFalse(hasSecret(said), said);
        int files = 0;
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                assertFalse(hasSecret(text(bytes)), file.toString());
                assertFalse(hasSecret(file.toString()), file.toString());
                if (file.toString().endsWith(".jar")) {
                    assertNotPacked(file, bytes);
                }
                files++;
            }
        }
        assertTrue(files > 0, "nothing was written");
    }

    private static void assertNotPacked(Path file, byte[] bytes) throws IOException {
        try (ZipInputStream jar = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                assertFalse(hasSecret(text(jar.readAllBytes())), file + " " + entry.getName());
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** As it is, in two bytes a character, or in Base64, wherever in a group of three it begins. */
    private static boolean hasSecret(String text) {
        return SECRETS.stream()
                .anyMatch(secret -> text.contains(secret)
                        || text.contains(text(secret.getBytes(StandardCharsets.UTF_16BE)))
                        || text.contains(text(secret.getBytes(StandardCharsets.UTF_16LE)))
                        || Stream.of("", " ", "  ")
                                .anyMatch(before -> text.contains(inBase64(before + secret, before.length()))));
    }

    private static String inBase64(String text, int before) {
        String whole = Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
        return whole.substring(before == 0 ? 0 : 4, whole.length() - 2);
    }
}
