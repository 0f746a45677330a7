package io.leat.compiler.simulation;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.EpochMark;
import io.leat.runtime.connector.EpochTransactions;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.format.JsonRows;
import io.leat.runtime.connector.format.RecordEncoder;
import io.leat.runtime.connector.format.RowFormat;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Transactions of a job with the simulated broker, as one start of it has them. */
final class SimulatedTransactions implements EpochTransactions {
    private final World world;
    private final SimulatedProcess process;
    private final String job;
    private int number;

    SimulatedTransactions(World world, SimulatedProcess process, String job) {
        this.world = world;
        this.process = process;
        this.job = job;
    }

    @Override
    public String name() {
        return "the simulated broker";
    }

    @Override
    public void fence() {
        process.pointOfBroker();
        number = world.broker().fence();
        process.pointOfBroker();
    }

    @Override
    public Optional<EpochMark> resolve() {
        process.pointOfBroker();
        return world.broker().decided(job);
    }

    @Override
    public void refuseOthers() {
        if (world.broker().knowsOther(job)) {
            throw new ConnectorException(Kind.CONFIGURATION, "the topics hold rows of a job whose state is lost");
        }
    }

    @Override
    public void begin() {
        process.pointOfBroker();
        world.broker().begin(number);
    }

    @Override
    public Sink open(SinkContext context) {
        return new TopicSink(context);
    }

    @Override
    public void flush() {
        process.pointOfBroker();
    }

    @Override
    public boolean decide(EpochMark mark) {
        process.pointOfBroker();
        process.decides(mark.epoch());
        boolean decided = world.broker().commit(number, job, mark);
        process.pointOfBroker();
        return decided;
    }

    @Override
    public void close() {
        // Whoever comes next ends what is open.
    }

    /** A row is a line of JSON, with what happens to it where the table takes changes. */
    private final class TopicSink implements Sink {
        private final String topic;
        private final RecordEncoder encoder;

        TopicSink(SinkContext context) {
            this.topic = SimulatedConnector.topic(context.options());
            this.encoder = RecordEncoder.of(
                    new JsonRows(),
                    context.schema(),
                    RowFormat.allColumns(context.schema()),
                    context.zone(),
                    context.allocator());
        }

        @Override
        public void write(Batch batch) {
            process.pointOfBroker();
            for (int row = 0; row < batch.rows(); row++) {
                world.broker().send(number, topic, new String(encoder.encode(batch, row), StandardCharsets.UTF_8));
            }
        }

        @Override
        public void endEpoch(long epoch) {
            // The transaction ends when all workers have come to it.
        }

        @Override
        public void finish() {
            // With the last transaction.
        }

        @Override
        public String summary() {
            return "";
        }

        @Override
        public void close() {
            encoder.close();
        }
    }
}
