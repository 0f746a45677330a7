package io.leat.runtime.connector.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The settings of a broker that is alone in its cluster. */
final class BrokerSettings {
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required;";

    private BrokerSettings() {}

    /**
     * @param ports of the plain listener, of the one with logins, and of the controller
     */
    static Properties of(Path directory, List<Integer> ports) {
        Properties settings = new Properties();
        settings.putAll(listeners(ports));
        settings.putAll(logins());
        settings.putAll(aloneInTheCluster());
        settings.put("log.dirs", directory.resolve("data").toString());
        settings.put("log.retention.ms", "-1");
        settings.put("auto.create.topics.enable", "false");
        return settings;
    }

    private static Map<String, String> listeners(List<Integer> ports) {
        String plain = "PLAINTEXT://127.0.0.1:" + ports.get(0);
        String secured = "SECURED://127.0.0.1:" + ports.get(1);
        String controller = "127.0.0.1:" + ports.get(2);
        return Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@" + controller,
                "controller.listener.names", "CONTROLLER",
                "inter.broker.listener.name", "PLAINTEXT",
                "listeners", plain + "," + secured + ",CONTROLLER://" + controller,
                "advertised.listeners", plain + "," + secured,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURED:SASL_PLAINTEXT");
    }

    private static Map<String, String> logins() {
        String plain = ClientProperties.loginLine(true, "broker", "unused").replace(";", "");
        return Map.of(
                "sasl.enabled.mechanisms",
                "PLAIN,SCRAM-SHA-512",
                "listener.name.secured.plain.sasl.jaas.config",
                plain + " user_alice=\"plain \\\"secret\\\"\";",
                "listener.name.secured.scram-sha-512.sasl.jaas.config",
                SCRAM);
    }

    private static Map<String, String> aloneInTheCluster() {
        return Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0");
    }
}
