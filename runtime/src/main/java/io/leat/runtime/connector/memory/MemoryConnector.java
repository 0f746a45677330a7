package io.leat.runtime.connector.memory;

import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.SinkTraits;
import io.leat.runtime.connector.SinkTraits.Changes;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.connector.SourceTraits.End;
import java.util.List;
import java.util.Optional;

/**
 * Tables in the memory of the job, which is also where a table without connector is. The job keeps their rows itself, so nothing is ever
 * opened.
 */
public final class MemoryConnector implements Connector {
    public static final String NAME = "memory";

    /** What reading a table in memory is like. */
    public static final SourceTraits TRAITS =
            new SourceTraits(End.BOUNDED, false, Optional.empty(), Optional.empty(), List.of(), false);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Readable> readable() {
        return Optional.of(new Readable() {
            @Override
            public OptionSet options() {
                return OptionSet.of();
            }

            @Override
            public SourceTraits traits(Options options) {
                return TRAITS;
            }

            @Override
            public Source open(SourceContext context) {
                throw new IllegalStateException("tables in memory belong to the job");
            }
        });
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
                return new SinkTraits(Changes.APPEND, false);
            }

            @Override
            public Sink open(SinkContext context) {
                throw new IllegalStateException("tables in memory belong to the job");
            }
        });
    }
}
