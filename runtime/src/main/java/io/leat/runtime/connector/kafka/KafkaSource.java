package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.platform.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A topic that is read. Its partitions, and where each begins and perhaps ends, are settled at the start.
 *
 * <p>Readers that one thread polls share a consumer, which they join at their first poll; no other thread uses it. A consumer
 * belongs to one thread at a time, and threads that waited for each other's consumer would not be independent.
 */
final class KafkaSource implements Source {
    private final String topic;
    private final Options options;
    private final Clock clock;
    private final List<Integer> numbers;
    private final Map<Integer, Long> starts;
    /** Where partitions end for good; empty if they do not. */
    private final Map<Integer, Long> ends;

    private final TopicFacts facts;
    private final EndWatch watch;
    private final Queue<SharedConsumer> consumers = new ConcurrentLinkedQueue<>();
    /** Not static, so that every source has its own and takes it along when it goes. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<SharedConsumer> consumerOfThread = new ThreadLocal<>();

    private KafkaSource(
            SourceContext context,
            List<Integer> numbers,
            Map<Integer, Long> starts,
            Map<Integer, Long> ends,
            TopicFacts facts) {
        this.options = context.options();
        this.topic = TopicOptions.topic(options);
        this.clock = context.platform().clock();
        this.numbers = numbers;
        this.starts = starts;
        this.ends = ends;
        this.facts = facts;
        this.watch = new EndWatch(topic, numbers, facts, clock);
    }

    static KafkaSource open(SourceContext context) {
        Options options = context.options();
        TopicFacts facts = TopicFacts.open(options);
        try {
            List<Integer> numbers = facts.partitions();
            boolean ending = context.untilNow() || TopicOptions.isBounded(options);
            Map<Integer, Long> ends = ending ? facts.latest(numbers) : Map.of();
            Map<Integer, Long> starts = starts(options, numbers, facts);
            return new KafkaSource(context, numbers, starts, ends, facts);
        } catch (RuntimeException e) {
            facts.close();
            throw e;
        }
    }

    private static Map<Integer, Long> starts(Options options, List<Integer> numbers, TopicFacts facts) {
        StartOffsets start = StartOffsets.of(options);
        if (start instanceof StartOffsets.Latest) {
            return facts.latest(numbers);
        }
        if (start instanceof StartOffsets.Timestamp timestamp) {
            return facts.at(numbers, timestamp.millis());
        }
        Map<Integer, Long> earliest = facts.earliest(numbers);
        return start instanceof StartOffsets.Specific specific
                ? specific(TopicOptions.topic(options), specific.offsets(), earliest, facts.latest(numbers))
                : earliest;
    }

    private static Map<Integer, Long> specific(
            String topic, Map<Integer, Long> wanted, Map<Integer, Long> earliest, Map<Integer, Long> latest) {
        Map<Integer, Long> starts = new TreeMap<>(earliest);
        wanted.forEach((partition, offset) -> {
            if (!earliest.containsKey(partition)) {
                throw new ConnectorException(Kind.CONFIGURATION, "topic '" + topic + "' has no partition " + partition);
            }
            if (offset < earliest.get(partition) || offset > latest.get(partition)) {
                throw outOfRange(topic, partition, offset, earliest.get(partition), latest.get(partition));
            }
            starts.put(partition, offset);
        });
        return starts;
    }

    static ConnectorException outOfRange(String topic, int partition, long offset, long first, long end) {
        String holds = first == end ? "it is empty and goes on at " + end : "it holds " + first + " to " + (end - 1);
        return new ConnectorException(
                Kind.IO,
                "topic '" + topic + "', partition " + partition + ": there is no offset " + offset + "; " + holds);
    }

    @Override
    public List<Partition> partitions() {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            partitions.add(new Partition(i, Integer.toString(numbers.get(i))));
        }
        return partitions;
    }

    @Override
    public SourceReader reader(Partition partition) {
        int number = numbers.get(partition.index());
        return new KafkaReader(
                topic,
                partition.index(),
                number,
                starts.get(number),
                ends.getOrDefault(number, Long.MAX_VALUE),
                this::consumerOfThread,
                watch,
                clock);
    }

    private SharedConsumer consumerOfThread() {
        SharedConsumer consumer = consumerOfThread.get();
        if (consumer == null || consumer.isClosed()) {
            consumer = SharedConsumer.open(options, facts, clock);
            consumerOfThread.set(consumer);
            consumers.add(consumer);
        }
        return consumer;
    }

    @Override
    public void close() {
        consumers.forEach(SharedConsumer::close);
        consumerOfThread.remove();
        facts.close();
    }
}
