package io.leat.compiler.simulation;

import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.DecidedEpoch;
import io.leat.runtime.connector.EpochApplier;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.SinkTraits;
import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.connector.StagedSink;
import io.leat.runtime.connector.file.FileConnector;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files whose rows are shown as often as that is asked for: a mistake. */
final class ForgetfulConnector implements Connector {
    private static final int FIRST_AGAIN = 100;

    private final FileConnector files = new FileConnector();

    @Override
    public String name() {
        return files.name();
    }

    @Override
    public Optional<Readable> readable() {
        return files.readable();
    }

    @Override
    public Optional<Writable> writable() {
        return Optional.of(new Writing(files.writable().orElseThrow()));
    }

    private record Writing(Writable files) implements Writable {
        @Override
        public OptionSet options() {
            return files.options();
        }

        @Override
        public SinkTraits traits(Options options) {
            return files.traits(options);
        }

        @Override
        public Sink open(SinkContext context) {
            return files.open(context);
        }

        @Override
        public Optional<StagedSink> openStaged(SinkContext context, StagedSink.Run run) {
            return files.openStaged(context, run);
        }

        @Override
        public Optional<EpochApplier> openApplier(SinkContext context, String sink) {
            return files.openApplier(context, sink)
                    .map(each -> new Forgetful(each, context.platform().disk()));
        }
    }

    private record Forgetful(EpochApplier files, Disk disk) implements EpochApplier {
        @Override
        public void apply(DecidedEpoch epoch, List<StagedPart> parts) {
            files.apply(epoch, parts);
            if (epoch.again()) {
                parts.forEach(part -> copy(part.target().orElseThrow()));
            }
        }

        private void copy(Path shown) {
            String name = shown.getFileName().toString();
            int number = FIRST_AGAIN;
            Path again;
            do {
                again = shown.resolveSibling(name.replaceFirst("-\\d+\\.json", "-" + number++ + ".json"));
            } while (disk.exists(again));
            try (InputStream in = disk.read(shown);
                    OutputStream out = disk.create(again)) {
                in.transferTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            files.close();
        }
    }
}
