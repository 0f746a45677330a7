package io.leat.compiler.simulation;

import io.leat.compiler.simulation.Trace.Event;
import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.EpochTransactions;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.Promise;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.SinkTraits;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.connector.TransactionContext;
import io.leat.runtime.connector.kafka.KafkaConnector;
import io.leat.runtime.decode.RecordChunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Topics of a simulated broker, with the options of topics of Kafka. One for each process. */
record SimulatedConnector(World world, SimulatedProcess process) implements Connector {
    private static final KafkaConnector KAFKA = new KafkaConnector();

    static String topic(Options options) {
        return options.required("topic");
    }

    @Override
    public String name() {
        return KAFKA.name();
    }

    @Override
    public Optional<Readable> readable() {
        return Optional.of(new Reading(world, process, KAFKA.readable().orElseThrow()));
    }

    @Override
    public Optional<Writable> writable() {
        return Optional.of(new Writing(world, process, KAFKA.writable().orElseThrow()));
    }

    private record Reading(World world, SimulatedProcess process, Readable kafka) implements Readable {
        @Override
        public OptionSet options() {
            return kafka.options();
        }

        @Override
        public SourceTraits traits(Options options) {
            return kafka.traits(options);
        }

        @Override
        public Source open(SourceContext context) {
            return new TopicSource(world, process, topic(context.options()));
        }
    }

    private record Writing(World world, SimulatedProcess process, Writable kafka) implements Writable {
        @Override
        public OptionSet options() {
            return kafka.options();
        }

        @Override
        public SinkTraits traits(Options options) {
            return kafka.traits(options);
        }

        @Override
        public Promise promise(Options options) {
            return kafka.promise(options);
        }

        @Override
        public boolean isTransactional(Options options) {
            return kafka.isTransactional(options);
        }

        @Override
        public EpochTransactions openTransactions(TransactionContext context) {
            return new SimulatedTransactions(world, process, context.job());
        }

        @Override
        public Sink open(SinkContext context) {
            throw new IllegalStateException("topics are written in transactions here");
        }
    }

    private record TopicSource(World world, SimulatedProcess process, String topic) implements Source {
        @Override
        public List<Partition> partitions() {
            List<Partition> partitions = new ArrayList<>();
            for (int i = 0; i < world.broker().input(topic).size(); i++) {
                partitions.add(new Partition(i, Integer.toString(i)));
            }
            return partitions;
        }

        @Override
        public SourceReader reader(Partition partition) {
            return new TopicReader(world, process, world.broker().input(topic).get(partition.index()));
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /** Reads what is there by now, and ends behind the last record of all. Positions are numbers of records. */
    private static final class TopicReader implements SourceReader.Records {
        private static final int MOST = 6;

        private final World world;
        private final SimulatedProcess process;
        private final List<SimulatedBroker.Sent> records;
        private int next;

        TopicReader(World world, SimulatedProcess process, List<SimulatedBroker.Sent> records) {
            this.world = world;
            this.process = process;
            this.records = records;
        }

        @Override
        public Status poll(RecordChunk chunk) {
            process.pointOfBroker();
            world.trace().note(Event.POLL, next);
            if (next == records.size()) {
                return Status.END;
            }
            if (!isThere()) {
                return Status.PENDING;
            }
            chunk.beginRecords();
            for (int i = 0; i < MOST && isThere(); i++) {
                byte[] value = records.get(next).text().getBytes(StandardCharsets.UTF_8);
                chunk.addRecord(value, null, next, 0);
                next++;
            }
            chunk.endRecords();
            return Status.DATA;
        }

        private boolean isThere() {
            return next < records.size()
                    && records.get(next).nanos() <= world.clock().nanos();
        }

        @Override
        public String position() {
            return Integer.toString(next);
        }

        @Override
        public void seek(String position) {
            next = Integer.parseInt(position);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
