package io.leat.runtime.connector.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.Connector.Writable;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.connector.DecidedEpoch;
import io.leat.runtime.connector.EpochApplier;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.connector.StagedSink;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of a decided epoch in a database: each once, whatever is lost on the way and whoever tries; another past is refused. */
class JdbcApplierTest {
    @TempDir
    Path spool;

    private final FailingDriver driver = new FailingDriver();
    private final BufferAllocator allocator = new RootAllocator();
    private final Writable writable = new JdbcConnector().writable().orElseThrow();
    /** Epochs that are decided, with their hashes. */
    private final Set<String> chain = new TreeSet<>();

    private String url;

    @BeforeEach
    void create() throws SQLException {
        DriverManager.registerDriver(driver);
        url = "h2:mem:" + spool.getFileName() + ";DB_CLOSE_DELAY=-1";
        execute("CREATE TABLE \"t\" (\"id\" BIGINT, \"name\" VARCHAR)");
    }

    @AfterEach
    void close() throws SQLException {
        DriverManager.deregisterDriver(driver);
        execute("SHUTDOWN");
        allocator.close();
    }

    private void execute(String text) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:" + url);
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private String one(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:" + url);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            found.next();
            return found.getString(1);
        }
    }

    private String rows() throws SQLException {
        return one("SELECT listagg(\"id\", ' ') WITHIN GROUP (ORDER BY \"id\") FROM \"t\"");
    }

    private SinkContext context(Schema schema, String... more) {
        List<String> pairs = new ArrayList<>(
                List.of("url", "jdbc:failing:" + url, "table-name", "t", "sink.buffer-flush.max-rows", "2"));
        pairs.addAll(List.of(more));
        return new SinkContext(
                "t",
                ConnectorRun.options(writable.options(), pairs.toArray(String[]::new)),
                schema,
                false,
                List.of(),
                false,
                ZoneOffset.UTC,
                Platform.system(),
                allocator);
    }

    private StagedSink.Run run(long generation, long decided) {
        return new StagedSink.Run("j", generation, decided, "t", 3, spool);
    }

    private List<StagedPart> stage(long generation, long epoch, long... ids) {
        try (StagedSink sink = writable.openStaged(context(ConnectorRun.ID_AND_NAME), run(generation, epoch - 1))
                        .orElseThrow();
                Batch batch = new Batch(ConnectorRun.ID_AND_NAME, 64, allocator)) {
            for (long id : ids) {
                batch.column(0).putLong(batch.rows(), id);
                batch.column(1).putNull(batch.rows());
                batch.rows(batch.rows() + 1);
            }
            sink.write(batch);
            return sink.seal(epoch);
        }
    }

    /** As the start that decided it, or a later one, says it. */
    private DecidedEpoch epoch(long epoch, String hash, boolean again, boolean shown) {
        return new DecidedEpoch("j", epoch, 1, hash, "", again, shown, (number, of) -> chain.contains(number + of));
    }

    private void apply(DecidedEpoch epoch, List<StagedPart> parts) {
        chain.add(epoch.epoch() + epoch.hash());
        try (EpochApplier applier =
                writable.openApplier(context(ConnectorRun.ID_AND_NAME), "t").orElseThrow()) {
            applier.apply(epoch, parts);
        }
    }

    private String refused(DecidedEpoch epoch, List<StagedPart> parts) {
        return assertThrows(ConnectorException.class, () -> apply(epoch, parts)).getMessage();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "0, 1", "1, 1", "2, 2"})
    void writesAnEpochOnceWhateverIsLost(int lostRequests, int lostAnswers) throws SQLException {
        apply(epoch(1, "a", false, false), stage(1, 1, 1, 2, 3));
        driver.lostRequests.set(lostRequests);
        driver.lostAnswers.set(lostAnswers);
        List<StagedPart> parts = stage(1, 2, 4, 5, 6);
        if (lostRequests + lostAnswers < 4) {
            apply(epoch(2, "b", false, false), parts);
        } else {
            // It gives up: the next start does not know what happened, and finds it out.
            assertTrue(refused(epoch(2, "b", false, false), parts).contains("does not answer, tried 4 times"));
            assertTrue(Files.exists(parts.get(0).staged()));
            apply(epoch(2, "b", true, false), parts);
        }
        assertEquals("1 2 3 4 5 6", rows());
        assertEquals("2", one("SELECT \"epoch\" FROM \"leat_epochs\""));
        assertFalse(Files.exists(parts.get(0).staged()));
    }

    @Test
    void whatIsThereIsNotWrittenAgain() throws SQLException, IOException {
        List<StagedPart> parts = stage(1, 1, 1, 2, 3);
        Path copy = Files.copy(parts.get(0).staged(), spool.resolve("copy"));
        apply(epoch(1, "a", false, false), parts);
        apply(epoch(1, "a", true, true), parts);
        apply(epoch(1, "a", true, false), parts);
        apply(epoch(2, "b", false, false), stage(1, 2, 4));
        // A start that was left behind comes to its epoch.
        Files.move(copy, parts.get(0).staged());
        apply(epoch(1, "a", false, false), parts);
        apply(epoch(3, "c", true, false), List.of());
        assertEquals("1 2 3 4", rows());
    }

    @Test
    void anotherPastIsRefused() throws SQLException {
        apply(epoch(1, "a", false, false), stage(1, 1, 1));
        apply(epoch(2, "b", false, false), stage(1, 2, 2));
        List<StagedPart> parts = stage(1, 3, 3);
        String same = refused(epoch(2, "x", true, false), parts);
        assertTrue(same.contains("the database has epoch 2 with the hash b of job j, and the state"), same);
        assertTrue(same.contains("epoch 2, which has the hash x. Put back"), same);
        chain.remove("2b");
        String older = refused(epoch(1, "a", true, false), List.of());
        assertTrue(
                older.contains("has epoch 2 with the hash b of job j, and the state directory has epoch 1, which"),
                older);
        assertTrue(refused(epoch(3, "c", false, false), parts).contains("which has another past"));
        chain.add("2b");
        apply(epoch(3, "c", false, false), parts);
        assertEquals("1 2 3", rows());
        // The database was put back to what it was before.
        execute("UPDATE \"leat_epochs\" SET \"epoch\" = 2, \"hash\" = 'b'");
        String copy = refused(epoch(3, "c", true, true), parts);
        assertTrue(copy.contains("it is an older copy of the database"), copy);
    }

    @Test
    void rowsThatAreLostOrDamagedAreNotWrittenInPart() throws SQLException, IOException {
        List<StagedPart> parts = stage(1, 1, 1, 2, 3, 4, 5);
        Path file = parts.get(0).staged();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        Files.write(file, bytes);
        String damaged = refused(epoch(1, "a", true, false), parts);
        assertTrue(damaged.contains("is damaged: bytes 0 to " + bytes.length + " have the CRC32C "), damaged);
        Files.delete(file);
        String gone = refused(epoch(1, "a", true, false), parts);
        assertTrue(
                gone.contains("with 5 rows of epoch 1, which is decided and not in the database yet, is gone"), gone);
        assertEquals("0", one("SELECT count(*) FROM \"t\""));
    }

    @Test
    void rowsOfOtherColumnsAreRefused() {
        List<StagedPart> parts = stage(1, 1, 1);
        Schema fewer = new Schema(ConnectorRun.ID_AND_NAME.fields().subList(0, 1));
        chain.add("1a");
        try (EpochApplier applier = writable.openApplier(context(fewer), "t").orElseThrow()) {
            String message = assertThrows(
                            ConnectorException.class, () -> applier.apply(epoch(1, "a", true, false), parts))
                    .getMessage();
            assertTrue(
                    message.contains("has rows of (id BIGINT, name VARCHAR by []), and table t is (id BIGINT"),
                    message);
        }
    }

    @Test
    void leavingsOfOlderStartsGo() throws IOException {
        Path left = stage(1, 1, 1).get(0).staged();
        Path young = stage(2, 1, 1).get(0).staged();
        assertFalse(Files.exists(left));
        stage(2, 1);
        assertTrue(Files.exists(young));
    }

    /** A database that says nothing does not keep the job waiting for longer than it may. */
    @Test
    void connectingHasATimeout() {
        driver.silence = new CountDownLatch(1);
        SinkContext silent =
                context(ConnectorRun.ID_AND_NAME, "connection.max-retry-timeout", "1 s", "sink.max-retries", "0");
        try {
            ConnectorException failure = assertThrows(ConnectorException.class, () -> writable.open(silent));
            assertEquals(Kind.UNREACHABLE, failure.kind());
            assertEquals("table t: the database does not answer: no connection within 1 s", failure.getMessage());
        } finally {
            driver.silence.countDown();
        }
    }

    @Test
    void seesWhichColumnsTellRowsApart() throws SQLException {
        execute(
                "CREATE TABLE \"u\" (\"id\" BIGINT, \"name\" VARCHAR, PRIMARY KEY (\"name\", \"id\"), UNIQUE (\"name\"))");
        try (Connection connection = DriverManager.getConnection("jdbc:" + url)) {
            for (String target : List.of("u", "PUBLIC.u")) {
                assertTrue(table(target, 0, 1).isUnique(connection));
                assertTrue(table(target, 1).isUnique(connection));
                assertFalse(table(target, 0).isUnique(connection));
            }
            assertFalse(table("t", 0).isUnique(connection));
        }
    }

    private static SinkTable table(String target, Integer... key) {
        return new SinkTable("t", target, ConnectorRun.ID_AND_NAME, List.of(key), false);
    }

    @Test
    void eachDatabaseHasItsOwnWayToReplaceARow() {
        List<String> columns = List.of("`k`", "`v`", "`w`");
        assertEquals(
                "INSERT ON DUPLICATE KEY UPDATE `v` = VALUES(`v`), `w` = VALUES(`w`)",
                Dialect.MYSQL.upsert("t", "INSERT", columns, List.of("`k`")));
        assertEquals(
                "INSERT ON DUPLICATE KEY UPDATE `k` = VALUES(`k`)",
                Dialect.MARIADB.upsert("t", "INSERT", columns, columns));
        assertEquals(
                "INSERT ON CONFLICT (`k`, `v`) DO UPDATE SET `w` = EXCLUDED.`w`",
                Dialect.SQLITE.upsert("t", "INSERT", columns, List.of("`k`", "`v`")));
        assertEquals(
                "INSERT ON CONFLICT (`k`, `v`, `w`) DO NOTHING",
                Dialect.POSTGRESQL.upsert("t", "INSERT", columns, columns));
        assertEquals(
                "MERGE INTO t (`k`, `v`, `w`) KEY (`k`) VALUES (?, ?, ?)",
                Dialect.H2.upsert("t", "INSERT", columns, List.of("`k`")));
    }
}
