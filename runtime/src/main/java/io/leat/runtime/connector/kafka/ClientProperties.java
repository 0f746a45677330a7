package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.Spelling;
import io.leat.runtime.platform.Roots;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * Settings of Kafka's client library, from the options of a table. Only known ones pass: others would let the text of a query
 * load classes, read files or call hosts. May hold secrets and is never printed.
 */
final class ClientProperties {
    static final String PREFIX = "properties.";

    /** For whoever reads: only what is committed, from where it says, and no topic is made by asking for it. */
    static final Map<String, Object> READING = Map.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false);

    private static final Set<String> ALLOWED = Set.of(
            "security.protocol",
            "sasl.mechanism",
            "ssl.truststore.location",
            "ssl.truststore.password",
            "ssl.truststore.type",
            "ssl.truststore.certificates",
            "ssl.keystore.location",
            "ssl.keystore.password",
            "ssl.keystore.type",
            "ssl.keystore.key",
            "ssl.keystore.certificate.chain",
            "ssl.key.password",
            "ssl.protocol",
            "ssl.enabled.protocols",
            "ssl.cipher.suites",
            "ssl.endpoint.identification.algorithm",
            "client.id",
            "client.rack",
            "client.dns.lookup",
            "group.id",
            "fetch.min.bytes",
            "fetch.max.bytes",
            "fetch.max.wait.ms",
            "max.partition.fetch.bytes",
            "max.poll.records",
            "check.crcs",
            "request.timeout.ms",
            "session.timeout.ms",
            "heartbeat.interval.ms",
            "default.api.timeout.ms",
            "delivery.timeout.ms",
            "transaction.timeout.ms",
            "max.block.ms",
            "connections.max.idle.ms",
            "socket.connection.setup.timeout.ms",
            "socket.connection.setup.timeout.max.ms",
            "reconnect.backoff.ms",
            "reconnect.backoff.max.ms",
            "retry.backoff.ms",
            "retry.backoff.max.ms",
            "metadata.max.age.ms",
            "receive.buffer.bytes",
            "send.buffer.bytes",
            "batch.size",
            "buffer.memory",
            "linger.ms",
            "max.request.size",
            "compression.type",
            "compression.gzip.level",
            "compression.lz4.level",
            "compression.zstd.level");

    private static final String PLAIN = "PLAIN";
    private static final List<String> MECHANISMS = List.of(PLAIN, "SCRAM-SHA-256", "SCRAM-SHA-512");

    private final Map<String, Object> properties;

    private ClientProperties(Map<String, Object> properties) {
        this.properties = properties;
    }

    /**
     * Refuses files outside of the directories that queries may use.
     *
     * @throws OptionException if there are some
     */
    static void confine(Options options, Roots roots) {
        options.family(PREFIX).forEach((name, value) -> {
            if (name.endsWith(".location") && !roots.contain(Path.of(value))) {
                throw new OptionException(
                        PREFIX + name,
                        "'" + value + "' is outside of the directories that queries may use",
                        "files may be in " + roots);
            }
        });
    }

    /**
     * @throws OptionException for a setting that is not allowed
     */
    static ClientProperties of(Options options) {
        Map<String, Object> properties = new HashMap<>();
        options.family(PREFIX).forEach((name, value) -> {
            if (!(PREFIX + name).equals(TopicOptions.SERVERS)) {
                check(name);
                properties.put(name, value);
            }
        });
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, options.required(TopicOptions.SERVERS));
        // Nothing here publishes metrics, to brokers or inside the process.
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        logIn(options, properties);
        return new ClientProperties(properties);
    }

    private static void check(String name) {
        if (ALLOWED.contains(name)) {
            return;
        }
        String option = PREFIX + name;
        if (name.equals("sasl.jaas.config")) {
            throw new OptionException(
                    option,
                    "option '" + option + "' is refused, since it names code to be run",
                    "give 'username' and 'password'; the login line is made from them");
        }
        boolean namesCode = name.endsWith(".class")
                || name.endsWith(".classes")
                || name.endsWith(".reporters")
                || name.endsWith("serializer")
                || name.startsWith("config.providers");
        if (namesCode) {
            throw new OptionException(
                    option, "option '" + option + "' is refused, since it names code to be run", "leave it out");
        }
        Optional<String> meant = Spelling.nearest(name, new TreeSet<>(ALLOWED));
        throw new OptionException(
                option,
                "option '" + option + "' is not one that a table may set",
                meant.map(near -> "did you mean '" + PREFIX + near + "'? ").orElse("") + "known options: " + PREFIX
                        + "*: " + String.join(", ", new TreeSet<>(ALLOWED)));
    }

    private static void logIn(Options options, Map<String, Object> properties) {
        Optional<String> username = options.text(TopicOptions.USERNAME);
        Optional<String> password = options.text(TopicOptions.PASSWORD);
        Object mechanism = properties.get(SaslConfigs.SASL_MECHANISM);
        if (mechanism != null && !MECHANISMS.contains(mechanism)) {
            throw new OptionException(
                    PREFIX + SaslConfigs.SASL_MECHANISM,
                    "there is no login by '" + mechanism + "'",
                    "one of " + String.join(", ", MECHANISMS));
        }
        if (username.isEmpty() && password.isEmpty()) {
            return;
        }
        if (username.isEmpty() || password.isEmpty()) {
            String missing = username.isEmpty() ? TopicOptions.USERNAME : TopicOptions.PASSWORD;
            throw new OptionException(missing, "option '" + missing + "' is missing", "a login needs both");
        }
        if (mechanism == null) {
            throw new OptionException(
                    PREFIX + SaslConfigs.SASL_MECHANISM,
                    "a login needs '" + PREFIX + SaslConfigs.SASL_MECHANISM + "'",
                    "one of " + String.join(", ", MECHANISMS));
        }
        // Without a word about it the password is not sent in the clear.
        properties.putIfAbsent(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_SSL");
        properties.put(
                SaslConfigs.SASL_JAAS_CONFIG, loginLine(mechanism.equals(PLAIN), username.get(), password.get()));
    }

    /** The line of the login configuration that names the module for this mechanism. */
    static String loginLine(boolean plain, String username, String password) {
        String module = plain
                ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                : "org.apache.kafka.common.security.scram.ScramLoginModule";
        return module + " required username=" + quoted(username) + " password=" + quoted(password) + ";";
    }

    /** A text as the login configuration reads it: in quotes, with the escapes of C. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** The settings that one kind of client knows, and more of its own that no table may change. */
    Map<String, Object> forClient(Set<String> known, Map<String, Object> defaults, Map<String, Object> fixed) {
        Map<String, Object> all = new HashMap<>(defaults);
        properties.forEach((name, value) -> {
            if (known.contains(name)) {
                all.put(name, value);
            }
        });
        all.putAll(fixed);
        return all;
    }

    /**
     * The settings of several tables for one client that writes to all of them.
     *
     * @param tables by name
     * @throws ConnectorException if two of them say different things of it
     */
    static ClientProperties together(Map<String, ClientProperties> tables) {
        Map<String, Object> all = new HashMap<>();
        Map<String, String> saidBy = new HashMap<>();
        tables.forEach((table, each) -> each.properties.forEach((name, value) -> {
            Object other = all.putIfAbsent(name, value);
            if (other != null
                    && !other.equals(value)
                    && ProducerConfig.configNames().contains(name)) {
                throw differ(name, saidBy.get(name), String.valueOf(other), table, String.valueOf(value));
            }
            saidBy.putIfAbsent(name, table);
        }));
        return new ClientProperties(all);
    }

    /** Values other than the addresses of brokers may be secrets. */
    private static ConnectorException differ(String name, String one, String ofOne, String other, String ofOther) {
        boolean clusters = name.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        String what = clusters
                ? "are at " + ofOne + " and at " + ofOther + ", and one transaction cannot be in two clusters"
                : "have different values of '" + PREFIX + name + "' and are written by one client";
        return new ConnectorException(
                Kind.CONFIGURATION,
                one + " and " + other + " " + what + ": a job that keeps its state writes to all its topics in one"
                        + " transaction. Write the same in both, or let one be '" + TopicOptions.DELIVERY_GUARANTEE
                        + "' = 'at-least-once'");
    }

    /** A setting that a table has given. */
    Optional<String> given(String name) {
        return Optional.ofNullable(properties.get(name)).map(Object::toString);
    }

    String servers() {
        return (String) properties.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
    }

    @Override
    public String toString() {
        return "settings of a client of " + servers();
    }
}
