package io.leat.runtime.connector.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.platform.Platform;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that stands still in the middle of a transaction, of a real PostgreSQL, does not hold up the one that has taken over. */
class StoppedSessionTest {
    private Optional<PostgresServer> server = Optional.empty();

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = PostgresServer.start();
        Assumptions.assumeTrue(server.isPresent(), "there is no PostgreSQL that can be started here");
    }

    @AfterEach
    void stop() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    private Database writing() {
        return Database.writing(
                "t",
                JdbcOptions.of(ConnectorRun.options(
                        new JdbcConnector().writable().orElseThrow().options(),
                        "url",
                        server.orElseThrow().url(),
                        "table-name",
                        "t",
                        "connection.max-retry-timeout",
                        "1 s")),
                Platform.system());
    }

    private static int add(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("UPDATE epochs SET epoch = epoch + 1");
        }
    }

    @Test
    void whatItHasLockedIsFree() throws InterruptedException, ExecutionException {
        try (Database stopped = writing();
                Database next = writing()) {
            next.run(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE epochs AS SELECT 0 AS epoch");
                }
            });
            CountDownLatch locked = new CountDownLatch(1);
            CompletableFuture<Void> awake = new CompletableFuture<>();
            AtomicInteger tries = new AtomicInteger();
            Future<Integer> asleep = CompletableFuture.supplyAsync(() -> stopped.transact(connection -> {
                tries.incrementAndGet();
                int rows = add(connection);
                locked.countDown();
                awake.join();
                return rows;
            }));
            locked.await();

            assertEquals(1, next.transact(StoppedSessionTest::add));
            awake.complete(null);

            assertEquals(1, asleep.get());
            assertEquals(2, tries.get(), "it wakes up, finds its session gone and looks anew");
            int epoch = next.ask(connection -> {
                try (Statement statement = connection.createStatement();
                        var found = statement.executeQuery("SELECT epoch FROM epochs")) {
                    found.next();
                    return found.getInt(1);
                }
            });
            assertEquals(2, epoch);
        }
    }
}
