package io.leat.runtime.connector.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Opens the clients that sinks write with. */
final class Producers {
    private static final Map<String, Object> DEFAULTS =
            Map.of(ProducerConfig.LINGER_MS_CONFIG, 10, ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    /**
     * One request at a time to each broker: if the first of two was refused by a leader that was not ready yet and the second one
     * taken, the first could never be sent again, since its sequence numbers would be out of order.
     */
    private static final Map<String, Object> FIXED = Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1);

    private Producers() {}

    /**
     * A client of the brokers that the properties name.
     *
     * @param moreDefaults that a table may change
     * @param moreFixed that no table may change
     */
    static Producer<byte[], byte[]> open(
            ClientProperties properties, Map<String, Object> moreDefaults, Map<String, Object> moreFixed) {
        Map<String, Object> defaults = new HashMap<>(DEFAULTS);
        defaults.putAll(moreDefaults);
        Map<String, Object> fixed = new HashMap<>(FIXED);
        fixed.putAll(moreFixed);
        return new KafkaProducer<>(
                properties.forClient(ProducerConfig.configNames(), defaults, fixed),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
