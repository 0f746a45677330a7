package io.leat.runtime.connector.kafka;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Sends records to a topic, and remembers the first one that did not get there. One thread sends, any may ask; in a transaction, whoever
 * begins it knows that nobody sends then.
 */
final class Sending {
    private static final String DOING = "writing to it";

    private final Producer<byte[], byte[]> producer;
    private final KafkaErrors errors;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean sent;

    Sending(Producer<byte[], byte[]> producer, KafkaErrors errors) {
        this.producer = producer;
        this.errors = errors;
    }

    /** A transaction begins. */
    void begin() {
        sent = false;
    }

    /** Whether there was a record since the transaction began. */
    boolean hasSent() {
        return sent;
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        if (!sent) { // a write that others see costs more than a look
            sent = true;
        }
        try {
            Future<RecordMetadata> unused = producer.send(record, (metadata, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, error);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            // The library takes nothing more for a transaction that has failed: the first failure says why.
            throw errors.translate(DOING, failure.get() == null ? e : failure.get());
        }
    }

    void throwFailure() {
        if (failure.get() != null) {
            throw errors.translate(DOING, failure.get());
        }
    }

    /** Waits until everything the producer was given is with the brokers. */
    void flush() {
        try {
            producer.flush();
        } catch (KafkaException e) {
            throw errors.translate(DOING, e);
        }
        throwFailure();
    }
}
