package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.platform.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Watches a topic while it is read: which partitions it gains, and whether it still is the topic that it was, since offsets of one mean
 * other records in another of the same name. Asks now and then, and never waits for the answer. Safe from any thread.
 */
final class TopicWatch {
    private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** A broker that has just started may not know of a topic yet. */
    private static final int UNKNOWN_OFTEN = 3;

    private final String topic;
    private final TopicFacts facts;
    private final String id;
    private final Clock clock;
    private final long discoveryNanos;
    private final long askAgainNanos;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long askedNanos;
    private volatile long discoveredNanos;
    private volatile List<Integer> partitions;
    private volatile ConnectorException gone;
    private final AtomicInteger unknown = new AtomicInteger();

    /**
     * @param discovery how often new partitions are looked for; zero for never
     */
    TopicWatch(String topic, TopicFacts.Shape start, TopicFacts facts, Duration discovery, Clock clock) {
        this.topic = topic;
        this.facts = facts;
        this.id = start.id();
        this.partitions = start.partitions();
        this.clock = clock;
        this.discoveryNanos = discovery.toNanos();
        this.askAgainNanos = discovery.isZero() ? ASK_AGAIN_NANOS : Math.min(ASK_AGAIN_NANOS, discoveryNanos);
        this.askedNanos = clock.nanos();
        this.discoveredNanos = askedNanos;
    }

    String id() {
        return id;
    }

    /** The numbers of the partitions, those that were found later behind the others. */
    List<Integer> partitions() {
        return partitions;
    }

    /**
     * Looks after the topic, if it was not done lately.
     *
     * @throws ConnectorException if it is gone, or another one stands in its place
     */
    void look() {
        if (gone != null) {
            throw gone;
        }
        long now = clock.nanos();
        if (now - askedNanos < askAgainNanos || !asking.compareAndSet(false, true)) {
            return;
        }
        askedNanos = now;
        KafkaFuture<TopicFacts.Shape> unused = facts.askForShape().whenComplete((shape, error) -> {
            if (error == null) {
                unknown.set(0);
                see(shape, now);
            } else if (isUnknown(error)) {
                missing();
            }
            asking.set(false);
        });
    }

    private static boolean isUnknown(Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        return cause instanceof UnknownTopicOrPartitionException;
    }

    private void see(TopicFacts.Shape shape, long now) {
        if (!id.isEmpty() && !shape.id().equals(id)) {
            gone = new ConnectorException(
                    Kind.IO,
                    "topic '" + topic
                            + "' was deleted and made anew while it was read: offsets mean other records there,"
                            + " so the new one is to be read from its own start");
        } else if (discoveryNanos > 0
                && now - discoveredNanos >= discoveryNanos
                && shape.partitions().size() > partitions.size()) {
            discoveredNanos = now;
            partitions = shape.partitions();
        }
    }

    private void missing() {
        if (unknown.incrementAndGet() >= UNKNOWN_OFTEN) {
            gone = new ConnectorException(Kind.INPUT_MISSING, "topic '" + topic + "' was deleted while it was read");
        }
    }
}
