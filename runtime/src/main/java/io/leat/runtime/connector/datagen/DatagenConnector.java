package io.leat.runtime.connector.datagen;

import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceTraits;
import java.util.List;
import java.util.Optional;

/** {@code 'connector' = 'datagen'}: rows made up from a seed. */
public final class DatagenConnector implements Connector {

    @Override
    public String name() {
        return "datagen";
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
            return DatagenOptions.ALL;
        }

        @Override
        public SourceTraits traits(Options options) {
            DatagenOptions settings = DatagenOptions.of(options);
            if (settings.bounded() && settings.rows().isEmpty()) {
                throw new OptionException(
                        "scan.mode", "a bounded table must say how many rows it has", "add 'number-of-rows'");
            }
            SourceTraits.End end = SourceTraits.End.UNBOUNDED;
            if (settings.rows().isPresent()) {
                end = settings.bounded() ? SourceTraits.End.BOUNDED : SourceTraits.End.ENDING;
            }
            return new SourceTraits(end, !settings.bounded(), Optional.empty(), Optional.empty(), List.of(), false);
        }

        @Override
        public Source open(SourceContext context) {
            return new DatagenSource(context);
        }
    }
}
