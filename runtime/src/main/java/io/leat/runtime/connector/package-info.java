/**
 * Where rows come from and go to: the contracts, and one folder per connector.
 *
 * <p>A connector is found by {@code ServiceLoader}, names its options, and opens sources and sinks. May import {@code type},
 * {@code memory}, {@code batch}, {@code kernel}, {@code decode} and {@code platform}; Kafka's classes stay in {@code
 * connector.kafka}. Start reading at {@link io.leat.runtime.connector.Connector}.
 */
package io.leat.runtime.connector;
