package io.leat.compiler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each kind of state that was ever kept goes on with the program of today ({@link FrozenState}). When a form of files is new, this fails until
 * {@code -Dfrozen=write} has written states of that form as well; those of before stay, and must go on for ever.
 */
class FrozenStateTest {
    private static final boolean WRITES = "write".equals(System.getProperty("frozen"));
    private static final long MOST_BYTES = 300 << 10;
    /** Their results depend on the time at which they go on. */
    private static final Set<String> BY_CLOCK = Set.of("clock");

    private static final String DATABASE = "jdbc:h2:mem:frozen";

    @TempDir
    Path folder;

    private FrozenState state(String name, String run) throws IOException {
        return new FrozenState(name, Files.createDirectories(folder.resolve(name + run)));
    }

    @TestFactory
    Stream<DynamicTest> goesOn() throws IOException {
        return FrozenState.names().stream()
                .flatMap(name -> forms(name).stream()
                        .map(form -> DynamicTest.dynamicTest(name + " " + form, () -> {
                            FrozenState state = state(name, form);
                            assertEquals(state.expected(), rowsOf(state, () -> state.goOn(form)));
                        })));
    }

    private List<String> forms(String name) {
        try {
            return state(name, "").forms();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> isThereInTheFormOfToday() throws IOException {
        return FrozenState.names().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    FrozenState begun = state(name, "-begun");
                    begin(begun);
                    String form = begun.formWritten();
                    if (WRITES && !begun.forms().contains(form)) {
                        begun.keep(form, whole(name, form, begun));
                    }
                    assertTrue(
                            begun.forms().contains(form),
                            "there is none of form " + form + ": write it with -Dfrozen=write");
                    assertFalse(begun.expected().isEmpty());
                }));
    }

    @Test
    void thoseOfAFormAreSmall() throws IOException {
        Map<String, Long> bytes = new TreeMap<>();
        for (String name : FrozenState.names()) {
            forms(name).forEach(form -> bytes.merge(form, new FrozenState(name, folder).bytes(form), Long::sum));
        }
        assertFalse(bytes.isEmpty());
        bytes.forEach((form, sum) -> assertTrue(sum < MOST_BYTES, form + ": " + sum + " bytes"));
    }

    /** What the tables show if nobody disturbs the run, or, where the clock counts, if it goes on later. */
    private List<String> whole(String name, String form, FrozenState begun) throws IOException, SQLException {
        FrozenState whole = state(name, "-whole");
        if (BY_CLOCK.contains(name)) {
            begun.keep(form, List.of());
            Files.delete(FrozenState.KEPT.resolve(name + ".rows"));
            List<String> rows = rowsOf(whole, () -> whole.goOn(form));
            Files.delete(FrozenState.KEPT.resolve(name + "-" + form + ".zip"));
            return rows;
        }
        return rowsOf(whole, whole::runWhole);
    }

    /** Stops in good order, or, where that is what the state is for, when an epoch is decided and cannot be shown. */
    private static void begin(FrozenState state) throws IOException, SQLException {
        switch (state.name()) {
            case "sinks" -> notShown(() -> state.runSome(showingLittle(state.disk())));
            case "database" -> {
                try (Connection connection = DriverManager.getConnection(DATABASE)) {
                    create(connection, "CHECK (\"id\" < 0)");
                    notShown(() -> state.runSome(state.disk()));
                }
            }
            default -> state.runSome(state.disk());
        }
    }

    private static void notShown(Run run) throws IOException, SQLException {
        try {
            run.run();
        } catch (ConnectorException e) {
            return;
        }
        throw new AssertionError("the epoch was shown");
    }

    private interface Run {
        void run() throws IOException, SQLException;
    }

    /** The rows behind a run, those of the database among them. */
    private static List<String> rowsOf(FrozenState state, Run run) throws IOException, SQLException {
        if (!state.name().equals("database")) {
            run.run();
            return state.rows();
        }
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(DATABASE)) {
            create(connection, "");
            run.run();
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("SELECT * FROM \"stored\" ORDER BY \"id\"")) {
                while (found.next()) {
                    rows.add("stored " + found.getInt(1) + "|" + found.getString(2) + "|" + found.getString(3));
                }
            }
        }
        return rows;
    }

    private static void create(Connection connection, String check) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP ALL OBJECTS");
            statement.execute(
                    "CREATE TABLE \"stored\" (\"id\" INT " + check + ", \"symbol\" VARCHAR, \"ts\" TIMESTAMP(3))");
        }
    }

    /** A disk on which, from the fourth on, files cannot be moved to where they show. */
    private static Disk showingLittle(Disk disk) {
        AtomicInteger shown = new AtomicInteger();
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
                    boolean shows = method.getName().equals("move")
                            && arguments[0].toString().contains("/_staging/");
                    if (shows && shown.incrementAndGet() > 3) {
                        throw new IOException("it cannot be moved");
                    }
                    try {
                        return method.invoke(disk, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
