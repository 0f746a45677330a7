package io.leat.runtime.connector.kafka;

import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.platform.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads one partition. */
final class KafkaReader implements SourceReader.Records {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int CHUNK_RECORDS = 4_096;
    /** What a record takes beside its bytes, so that many empty ones are seen as many. */
    private static final int RECORD_BYTES = 128;

    private static final long MICROS_PER_MILLI = 1_000;
    /** In place of an offset: wherever the partition begins. */
    static final long FIRST = -1;

    private static final String FIRST_TEXT = "first";

    private final TopicPartition partition;
    private final long end;
    private final Supplier<SharedConsumer> consumers;
    private final EndWatch watch;
    private final TopicWatch topicWatch;
    private final Clock clock;
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private long start;
    /** Null until the first poll. */
    private SharedConsumer consumer;

    /** Records that are gone, behind some that wait; null if there are none. */
    private Gap missing;
    /** Records that are gone, in front of all that wait, and to be told of; null if there are none. */
    private Gap told;

    private long waitingBytes;
    private boolean paused;
    private boolean stopped;
    private long position;
    private long lastTakenNanos;

    /**
     * @param start the first offset to be read, or {@link #FIRST}
     * @param end the offset at which to stop for good
     * @param consumers the consumer of the thread that asks
     */
    KafkaReader(
            String topic,
            int number,
            long start,
            long end,
            Supplier<SharedConsumer> consumers,
            EndWatch watch,
            TopicWatch topicWatch,
            Clock clock) {
        this.partition = new TopicPartition(topic, number);
        this.start = start;
        this.end = end;
        this.consumers = consumers;
        this.watch = watch;
        this.topicWatch = topicWatch;
        this.clock = clock;
        this.position = start;
        this.lastTakenNanos = clock.nanos();
    }

    TopicPartition partition() {
        return partition;
    }

    long start() {
        return start;
    }

    /** Takes records that the consumer fetched. */
    void take(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            waiting.add(record);
            waitingBytes += bytes(record);
        }
        lastTakenNanos = clock.nanos();
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        return RECORD_BYTES
                + (long) Math.max(0, record.serializedKeySize())
                + Math.max(0, record.serializedValueSize());
    }

    /** Records from one offset to before another one are gone, behind all that was taken. */
    void expired(long from, long first) {
        if (from < end) {
            missing = new Gap(from, Math.min(first, end) - 1);
        }
    }

    @Override
    public Optional<Gap> gap() {
        if (told == null) {
            return Optional.empty();
        }
        Gap gap = told;
        told = null;
        return Optional.of(gap);
    }

    boolean hasEnough() {
        paused = waitingBytes >= consumer.enoughBytes();
        return paused;
    }

    @Override
    public Status poll(RecordChunk chunk) {
        if (position >= end) {
            return stop();
        }
        topicWatch.look();
        if (consumer == null) {
            consumer = consumers.get();
            consumer.add(this);
        }
        if (waitingBytes < consumer.enoughBytes() / 4) {
            if (paused) {
                consumer.resume(partition);
                paused = false;
            }
            consumer.fetch(waiting.isEmpty());
        }
        if (missing != null && (waiting.isEmpty() || waiting.peek().offset() > missing.from())) {
            told = missing;
            position = Math.max(position, told.to() + 1);
            missing = null;
        }
        if (waiting.isEmpty()) {
            position = Math.max(position, consumer.position(partition, position));
        } else if (waiting.peek().offset() < end) {
            fill(chunk);
            return Status.DATA;
        } else {
            position = end;
        }
        if (position >= end) {
            return stop();
        }
        return watch.isAtEnd(partition.partition(), position, lastTakenNanos) ? Status.CAUGHT_UP : Status.PENDING;
    }

    private void fill(RecordChunk chunk) {
        chunk.beginRecords();
        long stop = missing == null ? end : Math.min(end, missing.from());
        while (!waiting.isEmpty()
                && waiting.peek().offset() < stop
                && chunk.size() < CHUNK_BYTES
                && chunk.records() < CHUNK_RECORDS) {
            ConsumerRecord<byte[], byte[]> record = waiting.poll();
            waitingBytes -= bytes(record);
            chunk.addRecord(
                    record.value(),
                    record.key(),
                    record.offset(),
                    record.timestamp() * MICROS_PER_MILLI,
                    record.timestampType().name,
                    record.leaderEpoch().orElse(-1));
            position = record.offset() + 1;
        }
        chunk.endRecords();
    }

    /** Nothing behind the end is fetched any more. */
    private Status stop() {
        if (!stopped) {
            stopped = true;
            waiting.clear();
            if (consumer != null) {
                consumer.pause(partition);
            }
        }
        return Status.UP_TO_NOW;
    }

    @Override
    public Map<String, Object> constants() {
        return Map.of("topic", partition.topic(), "partition", partition.partition());
    }

    @Override
    public void seek(String from) {
        begin(from.equals(FIRST_TEXT) ? FIRST : Long.parseLong(from));
    }

    @Override
    public void seekToFirst() {
        begin(FIRST);
    }

    private void begin(long offset) {
        start = offset;
        position = offset;
    }

    @Override
    public String identity() {
        return topicWatch.id();
    }

    @Override
    public String position() {
        return position == FIRST ? FIRST_TEXT : Long.toString(position);
    }

    @Override
    public long remaining() {
        return end == Long.MAX_VALUE ? -1 : Math.max(0, end - Math.max(0, position));
    }

    @Override
    public void close() {
        waiting.clear();
        if (consumer != null) {
            consumer.remove(partition);
            consumer = null;
        }
    }
}
