package io.leat.runtime.connector.kafka;

import io.leat.runtime.platform.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Watches where partitions end, for readers that have nothing to read: only an end that a broker told of, and not long ago, shows
 * that a partition is idle and not merely out of reach. Asks while somebody wants to know, and never waits for the answer. Safe
 * from any thread.
 */
final class EndWatch {
    private static final long ASK_AGAIN_NANOS = 500_000_000;
    private static final long BELIEVED_NANOS = 5_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String topic;
    private final List<Integer> partitions;
    private final TopicFacts facts;
    private final Clock clock;
    private final AtomicReferenceArray<Seen> ends;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long askedNanos;

    /** An end, and when it was asked for. */
    private record Seen(long offset, long nanos) {}

    EndWatch(String topic, List<Integer> partitions, TopicFacts facts, Clock clock) {
        this.topic = topic;
        this.partitions = List.copyOf(partitions);
        this.facts = facts;
        this.clock = clock;
        this.ends = new AtomicReferenceArray<>(partitions.size());
        this.askedNanos = clock.nanos() - ASK_AGAIN_NANOS;
    }

    /**
     * Whether a broker has said lately that the partition ends where its reader stands.
     *
     * @param index of the partition
     * @param position of the reader
     * @param sinceNanos when the reader last read something: what was said before is of no use
     */
    boolean isAtEnd(int index, long position, long sinceNanos) {
        ask();
        Seen seen = ends.get(index);
        return seen != null
                && position >= seen.offset()
                && seen.nanos() - sinceNanos >= 0
                && clock.nanos() - seen.nanos() < BELIEVED_NANOS;
    }

    private void ask() {
        if (clock.nanos() - askedNanos < ASK_AGAIN_NANOS || !asking.compareAndSet(false, true)) {
            return;
        }
        long now = clock.nanos();
        askedNanos = now;
        ListOffsetsResult answers = facts.askForEnds(partitions, PATIENCE);
        List<KafkaFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
            int index = i;
            KafkaFuture<ListOffsetsResult.ListOffsetsResultInfo> answer =
                    answers.partitionResult(new TopicPartition(topic, partitions.get(i)));
            all.add(answer.whenComplete((found, error) -> {
                if (error == null) {
                    ends.set(index, new Seen(found.offset(), now));
                }
            }));
        }
        KafkaFuture<Void> unused =
                KafkaFuture.allOf(all.toArray(new KafkaFuture<?>[0])).whenComplete((done, error) -> asking.set(false));
    }
}
