package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.platform.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A topic that is read. Where its partitions begin and perhaps end is settled at the start; those that it gains later are read from their
 * first record on, wherever the others began.
 *
 * <p>Readers that one thread polls share a consumer, which they join at their first poll; no other thread uses it. A consumer
 * belongs to one thread at a time, and threads that waited for each other's consumer would not be independent.
 */
final class KafkaSource implements Source {
    private final String topic;
    private final Options options;
    private final Clock clock;
    private final Map<Integer, Long> starts;
    /** Where partitions end for good; empty if they do not. */
    private final Map<Integer, Long> ends;

    private final TopicFacts facts;
    private final TopicWatch topicWatch;
    private final EndWatch watch;
    private final Queue<SharedConsumer> consumers = new ConcurrentLinkedQueue<>();
    /** Not static, so that every source has its own and takes it along when it goes. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<SharedConsumer> consumerOfThread = new ThreadLocal<>();

    private KafkaSource(
            SourceContext context,
            TopicFacts.Shape shape,
            Map<Integer, Long> starts,
            Map<Integer, Long> ends,
            TopicFacts facts) {
        this.options = context.options();
        this.topic = TopicOptions.topic(options);
        this.clock = context.platform().clock();
        this.starts = starts;
        this.ends = ends;
        this.facts = facts;
        // Where reading ends was settled at the start, nothing is looked for.
        Duration discovery = ends.isEmpty() ? TopicOptions.discovery(options) : Duration.ZERO;
        this.topicWatch = new TopicWatch(topic, shape, facts, discovery, clock);
        this.watch = new EndWatch(topic, topicWatch::partitions, facts, clock);
    }

    static KafkaSource open(SourceContext context) {
        Options options = context.options();
        TopicFacts facts = TopicFacts.open(options);
        try {
            TopicFacts.Shape shape = facts.shape();
            List<Integer> numbers = shape.partitions();
            boolean ending = context.untilNow() || TopicOptions.isBounded(options);
            Map<Integer, Long> ends = ending ? facts.latest(numbers) : Map.of();
            Map<Integer, Long> starts = starts(options, numbers, facts);
            return new KafkaSource(context, shape, starts, ends, facts);
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
                ? specific(options, specific.offsets(), earliest, facts.latest(numbers))
                : earliest;
    }

    private static Map<Integer, Long> specific(
            Options options, Map<Integer, Long> wanted, Map<Integer, Long> earliest, Map<Integer, Long> latest) {
        String topic = TopicOptions.topic(options);
        boolean goesOn = TopicOptions.goesOnBehindExpired(options);
        Map<Integer, Long> starts = new TreeMap<>(earliest);
        wanted.forEach((partition, offset) -> {
            if (!earliest.containsKey(partition)) {
                throw new ConnectorException(Kind.CONFIGURATION, "topic '" + topic + "' has no partition " + partition);
            }
            if (offset < earliest.get(partition) && !goesOn || offset > latest.get(partition)) {
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

    /** Records that had been there are not, or were read and are not there any more. */
    static ConnectorException lost(String topic, int partition, long offset, long first, long end) {
        String there = first == end ? "it is empty and goes on at " + end : "it holds " + first + " to " + (end - 1);
        String what = offset < first
                ? "records " + offset + " to " + (first - 1)
                        + " were deleted before they were read (DATA_EXPIRED; '" + TopicOptions.DATA_EXPIRED
                        + "' = 'continue' goes on without them)"
                : "it was read up to " + offset + ", and records of that are gone: it was cut off, or made anew";
        return new ConnectorException(
                Kind.IO, "topic '" + topic + "', partition " + partition + ": " + what + "; " + there);
    }

    @Override
    public List<Partition> partitions() {
        return partitions(0);
    }

    @Override
    public List<Partition> appeared(int known) {
        topicWatch.look();
        return partitions(known);
    }

    private List<Partition> partitions(int from) {
        List<Integer> numbers = topicWatch.partitions();
        List<Partition> partitions = new ArrayList<>();
        for (int i = from; i < numbers.size(); i++) {
            partitions.add(new Partition(i, Integer.toString(numbers.get(i))));
        }
        return partitions;
    }

    @Override
    public SourceReader reader(Partition partition) {
        int number = topicWatch.partitions().get(partition.index());
        return new KafkaReader(
                topic,
                number,
                starts.getOrDefault(number, KafkaReader.FIRST),
                ends.getOrDefault(number, Long.MAX_VALUE),
                this::consumerOfThread,
                watch,
                topicWatch,
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
