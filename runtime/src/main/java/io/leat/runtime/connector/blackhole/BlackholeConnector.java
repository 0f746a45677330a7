package io.leat.runtime.connector.blackhole;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.RowCount;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.SinkTraits;
import java.util.Optional;

/** {@code 'connector' = 'blackhole'}: takes every kind of change and keeps a count. */
public final class BlackholeConnector implements Connector {

    @Override
    public String name() {
        return "blackhole";
    }

    @Override
    public Optional<Readable> readable() {
        return Optional.empty();
    }

    @Override
    public Optional<Writable> writable() {
        return Optional.of(new Writing());
    }

    private static final class Writing implements Writable {
        @Override
        public OptionSet options() {
            return OptionSet.of();
        }

        @Override
        public SinkTraits traits(Options options) {
            return new SinkTraits(SinkTraits.Changes.RETRACT, false);
        }

        @Override
        public Sink open(SinkContext context) {
            return new BlackholeSink();
        }
    }

    private static final class BlackholeSink implements Sink {
        private long rows;

        @Override
        public void write(Batch batch) {
            rows += batch.rows();
        }

        @Override
        public void endEpoch(long epoch) {
            // Nothing ever shows.
        }

        @Override
        public void finish() {
            // As above.
        }

        @Override
        public String summary() {
            return RowCount.text(rows) + " swallowed";
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
