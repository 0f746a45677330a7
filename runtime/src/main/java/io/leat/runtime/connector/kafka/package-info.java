/**
 * Tables that are Kafka topics. The only user of Kafka's client library.
 *
 * <p>Reading assigns partitions itself and needs no consumer group; only committed records are seen. Writing is at least
 * once, or, in jobs that keep their state, in transactions that decide epochs ({@code KafkaTransactions}). May import {@code connector},
 * {@code connector.format} and what they may. Start reading at {@link io.leat.runtime.connector.kafka.KafkaConnector}.
 */
package io.leat.runtime.connector.kafka;
