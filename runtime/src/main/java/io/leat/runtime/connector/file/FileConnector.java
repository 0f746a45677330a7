package io.leat.runtime.connector.file;

import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.EpochApplier;
import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.FoundColumns;
import io.leat.runtime.connector.Guarantee;
import io.leat.runtime.connector.MetadataColumn;
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
import io.leat.runtime.connector.format.FormatOptions;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Roots;
import io.leat.runtime.type.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code 'connector' = 'filesystem'}. */
public final class FileConnector implements Connector {
    private static final List<MetadataColumn> METADATA = List.of(
            new MetadataColumn("file.path", Type.VARCHAR, false),
            new MetadataColumn("file.name", Type.VARCHAR, false),
            new MetadataColumn("file.size", Type.BIGINT, true),
            new MetadataColumn("file.modification-time", new Type.TimestampType(3, true), true),
            new MetadataColumn("offset", Type.BIGINT, false));

    @Override
    public String name() {
        return "filesystem";
    }

    @Override
    public Optional<Readable> readable() {
        return Optional.of(new Reading());
    }

    @Override
    public Optional<Writable> writable() {
        return Optional.of(new Writing());
    }

    @Override
    public void confine(Options options, Roots roots) {
        FileOptions.path(options).confine("path", roots);
    }

    private static final class Reading implements Readable {
        @Override
        public OptionSet options() {
            return FileOptions.ALL;
        }

        @Override
        public SourceTraits traits(Options options) {
            TablePath path = FileOptions.path(options);
            boolean columnar = FileOptions.columnar(options).isPresent();
            Optional<FormatSpec> format = columnar ? Optional.empty() : Optional.of(FileOptions.reading(options));
            boolean stream = FileOptions.isStream(options);
            SourceTraits.End more = FileOptions.hasLog(options) ? SourceTraits.End.UNBOUNDED : SourceTraits.End.ENDING;
            SourceTraits.End end = stream ? more : SourceTraits.End.BOUNDED;
            List<MetadataColumn> metadata = columnar ? List.of() : METADATA;
            return new SourceTraits(end, stream, format, Optional.empty(), metadata, path.isStandard());
        }

        @Override
        public Optional<FoundColumns> findColumns(Options options, Disk disk) {
            return Optional.of(FileColumns.find(options, disk));
        }

        @Override
        public OptionalLong bytes(Options options, Disk disk) {
            boolean shows = !FileOptions.isStream(options) && !FileOptions.hasLog(options);
            TablePath path = FileOptions.path(options);
            return shows && !path.isStandard()
                    ? DataFiles.bytes(disk, path, FileOptions.columnar(options).isPresent())
                    : OptionalLong.empty();
        }

        @Override
        public Source open(SourceContext context) {
            return FileOptions.hasLog(context.options()) ? LogSource.open(context) : FileSource.open(context);
        }
    }

    private static final class Writing implements Writable {
        @Override
        public OptionSet options() {
            return FileOptions.ALL;
        }

        @Override
        public SinkTraits traits(Options options) {
            FileOptions.path(options).refusePattern();
            FileOptions.writing(options);
            FileOptions.hasLog(options);
            boolean debezium = FileOptions.columnar(options).isEmpty() && FormatOptions.VALUE.isDebezium(options);
            return new SinkTraits(debezium ? SinkTraits.Changes.RETRACT : SinkTraits.Changes.APPEND, debezium);
        }

        @Override
        public Sink open(SinkContext context) {
            TablePath path = FileOptions.path(context.options());
            if (path.isStandard()) {
                return new StandardOutputSink(context, FileOptions.writing(context.options()));
            }
            if (FileOptions.hasLog(context.options())) {
                return LogSink.open(context, path);
            }
            return path.isOneFile(context.platform().disk())
                    ? SingleFileSink.open(context, path)
                    : DirectorySink.open(context, path);
        }

        @Override
        public Promise promise(Options options) {
            TablePath path = FileOptions.path(options);
            if (path.isStandard()) {
                return Promise.AT_LEAST_ONCE;
            }
            if (FileOptions.hasLog(options)) {
                return new Promise(
                        Guarantee.EXACTLY_ONCE,
                        "an epoch is an entry of the table's log, whose files count together",
                        "what it has added to the log stays there, in whole entries");
            }
            return path.isNameOfFile()
                    ? new Promise(Guarantee.REFUSED, "one file cannot grow epoch by epoch: name a directory", "")
                    : new Promise(
                            Guarantee.EXACTLY_ONCE, "an epoch has files of its own, which show when it is decided", "");
        }

        @Override
        public Optional<StagedSink> openStaged(SinkContext context, StagedSink.Run run) {
            TablePath path = FileOptions.path(context.options());
            return path.isStandard() ? Optional.empty() : Optional.of(StagedDirectorySink.open(context, path, run));
        }

        @Override
        public Optional<EpochApplier> openApplier(SinkContext context, String sink) {
            TablePath path = FileOptions.path(context.options());
            if (path.isStandard()) {
                return Optional.empty();
            }
            return Optional.of(
                    FileOptions.hasLog(context.options())
                            ? new LogApplier(context, path, sink)
                            : new MovingApplier(context.platform().disk()));
        }
    }
}
