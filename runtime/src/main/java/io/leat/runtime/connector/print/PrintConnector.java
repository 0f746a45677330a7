package io.leat.runtime.connector.print;

import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.SinkTraits;
import io.leat.runtime.connector.SinkTraits.Changes;
import java.util.Optional;

/**
 * Tables that are shown to whoever runs the job, as the results of queries are. Their rows go to the job's receiver of results, in the
 * order of statements, so nothing is ever opened.
 */
public final class PrintConnector implements Connector {
    public static final String NAME = "print";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Readable> readable() {
        return Optional.empty();
    }

    @Override
    public Optional<Writable> writable() {
        return Optional.of(new Writable() {
            @Override
            public OptionSet options() {
                return OptionSet.of();
            }

            @Override
            public SinkTraits traits(Options options) {
                return new SinkTraits(Changes.RETRACT, false);
            }

            @Override
            public Sink open(SinkContext context) {
                throw new IllegalStateException("printed rows go to the receiver of results");
            }
        });
    }
}
