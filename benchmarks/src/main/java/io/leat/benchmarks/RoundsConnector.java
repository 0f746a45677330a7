package io.leat.benchmarks;

import static io.leat.runtime.connector.OptionSpec.choice;
import static io.leat.runtime.connector.OptionSpec.required;

import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.OptionSpec;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.connector.SourceTraits.End;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code 'connector' = 'rounds'}: JSON lines in the memory of this JVM, see {@link Rounds}. */
public final class RoundsConnector implements Connector {
    @Override
    public String name() {
        return "rounds";
    }

    @Override
    public Optional<Readable> readable() {
        return Optional.of(new Readable() {
            @Override
            public OptionSet options() {
                return OptionSet.of(
                        required("rounds", OptionSpec.Kind.TEXT, "the name of the lines"),
                        choice("scan.mode", "stream", List.of("bounded", "stream"), "whether rows can be late"));
            }

            @Override
            public SourceTraits traits(Options options) {
                boolean stream = options.required("scan.mode").equals("stream");
                FormatSpec json = new FormatSpec("json", Map.of("lines", "true"), true, List.of());
                return new SourceTraits(
                        stream ? End.ENDING : End.BOUNDED,
                        stream,
                        Optional.of(json),
                        Optional.empty(),
                        List.of(),
                        false);
            }

            @Override
            public Source open(SourceContext context) {
                return Rounds.open(context.options().required("rounds"));
            }
        });
    }

    @Override
    public Optional<Writable> writable() {
        return Optional.empty();
    }
}
