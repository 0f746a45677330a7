package io.leat.runtime.connector.jdbc;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server on the loopback address, with a database of its own that goes with it. It needs its programs on this machine,
 * and somebody else to run as if we are root.
 */
public final class PostgresServer implements AutoCloseable {
    private static final List<String> PLACES = List.of("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt");
    private static final List<String> OTHERS = List.of("postgres", "nobody");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Path folder;
    private final int port;
    private final Process process;

    private PostgresServer(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Starts a server; empty where that is not possible. */
    public static Optional<PostgresServer> start() throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        Optional<List<String>> prefix = prefix();
        if (programs.isEmpty() || prefix.isEmpty()) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory(
                "leat-postgres", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Path data = Files.createDirectory(folder.resolve("data"));
        if (!prefix.get().isEmpty()) {
            run(List.of("chown", owner(prefix.get()), data.toString()));
        }
        List<String> init = new ArrayList<>(prefix.get());
        init.addAll(List.of(programs.get().resolve("initdb").toString(), "-D", data.toString(), "-U", "leat"));
        init.addAll(List.of("--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"));
        run(init);
        int port = freePort();
        List<String> serve = new ArrayList<>(prefix.get());
        serve.addAll(List.of(programs.get().resolve("postgres").toString(), "-D", data.toString(), "-p", "" + port));
        serve.addAll(List.of("-h", "127.0.0.1", "-k", data.toString(), "-F"));
        Process process = new ProcessBuilder(serve)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        PostgresServer server = new PostgresServer(folder, port, process);
        try {
            server.awaitStart();
            return Optional.of(server);
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static Optional<Path> programs() throws IOException {
        for (String place : PLACES) {
            if (Files.isDirectory(Path.of(place))) {
                try (Stream<Path> versions = Files.list(Path.of(place))) {
                    Optional<Path> found = versions.map(version -> version.resolve("bin"))
                            .filter(bin -> Files.isExecutable(bin.resolve("postgres"))
                                    && Files.isExecutable(bin.resolve("initdb")))
                            .max(Comparator.naturalOrder());
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** What makes a command run as somebody who is not root; empty if there is no way. */
    private static Optional<List<String>> prefix() throws IOException, InterruptedException {
        if (!System.getProperty("user.name").equals("root")) {
            return Optional.of(List.of());
        }
        for (String other : OTHERS) {
            List<String> prefix = List.of("setpriv", "--reuid=" + other, "--regid=" + other, "--clear-groups");
            List<String> probe = new ArrayList<>(prefix);
            probe.add("true");
            try {
                if (new ProcessBuilder(probe).start().waitFor() == 0) {
                    return Optional.of(prefix);
                }
            } catch (IOException e) {
                return Optional.empty(); // no such program
            }
        }
        return Optional.empty();
    }

    private static String owner(List<String> prefix) {
        return prefix.get(1).substring("--reuid=".length());
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(new File("/"))
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + said);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitStart() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            try (Connection connection = DriverManager.getConnection(url())) {
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
                    throw new IllegalStateException(Files.readString(folder.resolve("log")), e);
                }
                Thread.sleep(50);
            }
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=leat";
    }

    @Override
    public void close() throws IOException {
        try {
            // Fast: connections are cut.
            new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
