package io.leat.runtime.connector.jdbc;

import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.EpochApplier;
import io.leat.runtime.connector.Guarantee;
import io.leat.runtime.connector.LookupContext;
import io.leat.runtime.connector.LookupSource;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.Promise;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.SinkTraits;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.connector.StagedSink;
import io.leat.runtime.platform.Roots;
import java.util.List;
import java.util.Optional;

/** {@code 'connector' = 'jdbc'}: a table of a database, which ends when it is read, can be asked for keys, and is written row by row or by key. */
public final class JdbcConnector implements Connector {

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public Optional<Readable> readable() {
        return Optional.of(new Reading());
    }

    @Override
    public Optional<Writable> writable() {
        return Optional.of(new Writing());
    }

    /** A database without a server has files, and its driver opens what it likes. */
    @Override
    public void confine(Options options, Roots roots) {
        JdbcOptions.url(options).confine(roots);
    }

    private static final class Reading implements Readable {
        @Override
        public OptionSet options() {
            return JdbcOptions.ALL;
        }

        @Override
        public SourceTraits traits(Options options) {
            return new SourceTraits(
                    SourceTraits.End.BOUNDED,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    false,
                    Optional.of(JdbcOptions.of(options).cache()));
        }

        @Override
        public Source open(SourceContext context) {
            return new JdbcSource(context);
        }

        @Override
        public LookupSource openLookup(LookupContext context) {
            return new JdbcLookup(context);
        }
    }

    private static final class Writing implements Writable {
        @Override
        public OptionSet options() {
            return JdbcOptions.ALL;
        }

        @Override
        public SinkTraits traits(Options options) {
            JdbcOptions.of(options);
            return new SinkTraits(SinkTraits.Changes.UPSERT, true);
        }

        @Override
        public Sink open(SinkContext context) {
            return JdbcSink.open(context);
        }

        @Override
        public Promise promise(Options options) {
            return new Promise(
                    Guarantee.EXACTLY_ONCE,
                    "rows of an epoch are written in one transaction, together with its hash in '"
                            + JdbcOptions.of(options).epochs() + "'",
                    "rows are written at least once: with a primary key they replace those that are there");
        }

        @Override
        public Optional<StagedSink> openStaged(SinkContext context, StagedSink.Run run) {
            return Optional.of(SpoolSink.open(context, run));
        }

        @Override
        public Optional<EpochApplier> openApplier(SinkContext context, String sink) {
            return Optional.of(new JdbcApplier(context, sink));
        }
    }
}
