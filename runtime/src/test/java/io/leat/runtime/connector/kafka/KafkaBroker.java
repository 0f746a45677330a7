package io.leat.runtime.connector.kafka;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A real Kafka broker for tests: one node, in a JVM of its own, from the jars on the class path of the test. Listens on loopback
 * only, keeps its data in a temporary directory, and goes with the test's JVM at the latest.
 *
 * <p>Needs {@code org.apache.kafka:kafka_2.13} on the class path. With {@code slf4j-simple} there as well, the message of a
 * failed start shows the end of the broker's log.
 */
public final class KafkaBroker implements AutoCloseable {
    /** Who may log in at {@link #securedServers}. */
    public static final String USER = "alice \"of\" tests";
    /** All that a login line could get wrong. */
    public static final String PASSWORD = "pa\"ss\\wo'rd; = {x} #é";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(180);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 3;
    private static final int LOG_LINES = 60;

    private final Path directory;
    private final Process process;
    private final int port;
    private final int securedPort;
    private final Thread hook = new Thread(this::kill, "stop broker");

    private KafkaBroker(Path directory, Process process, int port, int securedPort) {
        this.directory = directory;
        this.process = process;
        this.port = port;
        this.securedPort = securedPort;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts a broker and waits until it works. */
    public static KafkaBroker start() {
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce();
            } catch (PortTaken e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the broker cannot be started", e);
            }
        }
    }

    /** Somebody else took one of the ports between looking and listening. */
    private static final class PortTaken extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        PortTaken(String message) {
            super(message);
        }
    }

    private static KafkaBroker startOnce() throws IOException {
        Path directory = Files.createTempDirectory("leat-broker");
        List<Integer> ports = freePorts(3);
        Path settings = directory.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(settings)) {
            BrokerSettings.of(directory, ports).store(out, null);
        }
        Process format = java(
                directory,
                "kafka.tools.StorageTool",
                "format",
                "-t",
                Uuid.randomUuid().toString(),
                "-c",
                settings.toString());
        await(format, directory);
        Process process = java(directory, "kafka.Kafka", settings.toString());
        KafkaBroker broker = new KafkaBroker(directory, process, ports.get(0), ports.get(1));
        try {
            broker.awaitReady();
            return broker;
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
        return ports;
    }

    private static Process java(Path directory, String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-Dorg.slf4j.simpleLogger.logFile=System.out",
                "-cp",
                classPath()));
        all.addAll(List.of(command));
        return new ProcessBuilder(all)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(directory).toFile()))
                .start();
    }

    private static Path log(Path directory) {
        return directory.resolve("broker.log");
    }

    private static String classPath() {
        String tests = System.getProperty("surefire.test.class.path");
        String all = tests == null ? System.getProperty("java.class.path") : tests;
        boolean complete = Stream.of(all.split(File.pathSeparator)).anyMatch(entry -> entry.contains("kafka_2.13"));
        if (!complete) {
            throw new IllegalStateException("a broker needs org.apache.kafka:kafka_2.13 on the class path of the test");
        }
        return all;
    }

    private static void await(Process format, Path directory) {
        try {
            if (!format.waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS) || format.exitValue() != 0) {
                format.destroyForcibly();
                throw failed("the broker's storage could not be formatted", directory);
            }
        } catch (InterruptedException e) {
            format.destroyForcibly();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void awaitReady() {
        long start = System.nanoTime();
        try (Admin admin = admin()) {
            while (true) {
                if (!process.isAlive()) {
                    throw failed("the broker ended", directory);
                }
                try {
                    if (!admin.describeCluster()
                            .nodes()
                            .get(2, TimeUnit.SECONDS)
                            .isEmpty()) {
                        return;
                    }
                } catch (ExecutionException | TimeoutException e) {
                    // An open port is not an answer.
                }
                if (System.nanoTime() - start > START_TIMEOUT.toNanos()) {
                    throw failed("the broker did not answer within " + START_TIMEOUT.toSeconds() + " s", directory);
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static IllegalStateException failed(String what, Path directory) {
        try {
            List<String> lines = Files.readAllLines(log(directory), StandardCharsets.UTF_8);
            String tail = String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
            return tail.contains("Address already in use")
                    ? new PortTaken("a port of the broker was taken")
                    : new IllegalStateException(what + "; its log ends with:\n" + tail);
        } catch (IOException e) {
            return new IllegalStateException(what + "; there is no log", e);
        }
    }

    /** Where clients connect, as {@code host:port}. */
    public String servers() {
        return "127.0.0.1:" + port;
    }

    /** Where clients connect that log in (SASL_PLAINTEXT: PLAIN as alice, or SCRAM-SHA-512 after {@link #addUser}). */
    public String securedServers() {
        return "127.0.0.1:" + securedPort;
    }

    /** A producer of bytes; whoever asks for it closes it. */
    public Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", servers()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A client for administration; the caller closes it. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", servers()));
    }

    /** Creates a topic and waits until its leaders answer. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    public void createTopic(String name, int partitions, Map<String, String> settings) {
        try (Admin admin = admin()) {
            NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
            admin.createTopics(List.of(topic.configs(settings))).all().get();
            // A producer that is faster than the leaders may see its first batch refused and its second one taken.
            while (!hasLeaders(admin, name, partitions)) {
                Thread.onSpinWait();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("topic " + name + " could not be created", e);
        }
    }

    private static boolean hasLeaders(Admin admin, String name, int partitions)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(number -> new TopicPartition(name, number), number -> OffsetSpec.latest()));
        try {
            admin.listOffsets(ends).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw e;
        }
    }

    /** Lets {@link #USER} log in with {@link #PASSWORD} by SCRAM-SHA-512. */
    public void addUser() {
        try (Admin admin = admin()) {
            ScramCredentialInfo credential = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4_096);
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(USER, credential, PASSWORD)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the user could not be added", e);
        }
    }

    /** Ends the broker at once, as a loss of power would. */
    public void kill() {
        process.destroyForcibly();
    }

    /** The broker stops in the middle of whatever it does, as if the network were gone. */
    public void suspend() {
        signal("STOP");
    }

    /** The broker goes on. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("the broker could not be sent " + name);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the broker could not be sent " + name, e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                kill();
                process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            }
            Runtime.getRuntime().removeShutdownHook(hook);
            delete(directory);
        } catch (InterruptedException e) {
            kill();
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's directory could not be removed", e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
