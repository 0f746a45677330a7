package io.leat.runtime.connector.jdbc;

import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.LookupContext;
import io.leat.runtime.connector.LookupSource;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceTraits;
import java.util.List;
import java.util.Optional;

/** {@code 'connector' = 'jdbc'}: a table of a database, which ends when it is read, and can be asked for keys. */
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
        return Optional.empty();
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
}
