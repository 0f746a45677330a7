package io.leat.compiler.corpus;

import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.connector.file.FileConnector;
import io.leat.runtime.decode.RecordChunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files of which some lines say how far the clock must have come before the next ones are read: {@code @ microseconds}. In place of
 * files for cases in which time passes; tables that the clock does not know are read as files are.
 */
final class StagedConnector implements Connector {
    /** What a line with a moment begins with. */
    static final String MOMENT = "@ ";

    private final FileConnector files = new FileConnector();

    @Override
    public String name() {
        return files.name();
    }

    @Override
    public Optional<Readable> readable() {
        return Optional.of(new Reading(files.readable().orElseThrow()));
    }

    @Override
    public Optional<Writable> writable() {
        return files.writable();
    }

    private record Reading(Readable files) implements Readable {
        @Override
        public OptionSet options() {
            return files.options();
        }

        @Override
        public SourceTraits traits(Options options) {
            return files.traits(options);
        }

        @Override
        public Source open(SourceContext context) {
            CaseClock clock = (CaseClock) context.platform().clock();
            Path folder = Path.of(context.options().required("path"));
            boolean staged =
                    Files.isDirectory(folder) && partitions(folder).stream().anyMatch(clock::knows);
            return staged ? new StagedSource(folder, clock) : files.open(context);
        }
    }

    /** The partitions of a folder, as the clock names them. */
    static List<String> partitions(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record StagedSource(Path folder, CaseClock clock) implements Source {
        @Override
        public List<Partition> partitions() {
            List<Partition> partitions = new ArrayList<>();
            for (String file : StagedConnector.partitions(folder)) {
                partitions.add(new Partition(partitions.size(), file));
            }
            return partitions;
        }

        @Override
        public SourceReader reader(Partition partition) {
            return new StagedReader(partition.name(), clock);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    /** Positions are bytes of the file. */
    private static final class StagedReader implements SourceReader.Records {
        private final String partition;
        private final CaseClock clock;
        private final byte[] text;
        private int next;

        StagedReader(String partition, CaseClock clock) {
            this.partition = partition;
            this.clock = clock;
            try {
                this.text = Files.readAllBytes(Path.of(partition));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Status poll(RecordChunk chunk) {
            while (next < text.length && isMoment(next)) {
                String line = new String(text, next, lineEnd(next) - 1 - next, StandardCharsets.UTF_8);
                if (!clock.reaches(partition, Long.parseLong(line.substring(MOMENT.length())))) {
                    return Status.CAUGHT_UP;
                }
                next = lineEnd(next);
            }
            if (next >= text.length) {
                clock.ended(partition);
                return Status.END;
            }
            chunk.beginLines(next);
            while (next < text.length && !isMoment(next)) {
                int end = lineEnd(next);
                chunk.append(text, next, end - next);
                next = end;
            }
            chunk.size(chunk.size());
            return Status.DATA;
        }

        private boolean isMoment(int at) {
            return text[at] == MOMENT.charAt(0);
        }

        /** Behind the line that begins here. */
        private int lineEnd(int at) {
            int end = at;
            while (text[end] != '\n') {
                end++;
            }
            return end + 1;
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
            // Holds nothing.
        }
    }
}
