package io.leat.runtime.connector.kafka;

import io.leat.runtime.platform.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
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
    private final Supplier<List<Integer>> partitions;
    private final TopicFacts facts;
    private final Clock clock;
    private final Map<Integer, Seen> ends = new ConcurrentHashMap<>();
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long askedNanos;

    /** An end, and when it was asked for. */
    private record Seen(long offset, long nanos) {}

    /**
     * @param partitions the numbers of those that there are now
     */
    EndWatch(String topic, Supplier<List<Integer>> partitions, TopicFacts facts, Clock clock) {
        this.topic = topic;
        this.partitions = partitions;
        this.facts = facts;
        this.clock = clock;
        this.askedNanos = clock.nanos() - ASK_AGAIN_NANOS;
    }

    /**
     * Whether a broker has said lately that the partition ends where its reader stands.
     *
     * @param number of the partition
     * @param position of the reader
     * @param sinceNanos when the reader last read something: what was said before is of no use
     */
    boolean isAtEnd(int number, long position, long sinceNanos) {
        ask();
        Seen seen = ends.get(number);
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
        List<Integer> numbers = partitions.get();
        ListOffsetsResult answers = facts.askForEnds(numbers, PATIENCE);
        List<KafkaFuture<?>> all = new ArrayList<>();
        for (int number : numbers) {
            KafkaFuture<ListOffsetsResult.ListOffsetsResultInfo> answer =
                    answers.partitionResult(new TopicPartition(topic, number));
            all.add(answer.whenComplete((found, error) -> {
                if (error == null) {
                    ends.put(number, new Seen(found.offset(), now));
                }
            }));
        }
        KafkaFuture<Void> unused =
                KafkaFuture.allOf(all.toArray(new KafkaFuture<?>[0])).whenComplete((done, error) -> asking.set(false));
    }
}
