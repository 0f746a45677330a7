package io.leat.runtime.connector.file;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.file.log.LoggedFile;
import io.leat.runtime.connector.file.log.TableLog;
import io.leat.runtime.connector.format.ColumnarFormat;
import io.leat.runtime.platform.Disk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table that is read through its log. Bounded, each file that counts at the start is a partition; as a stream, all files are one, in the
 * order of the log, and more come while it is read.
 */
final class LogSource implements Source {
    private final SourceContext context;
    private final Optional<ColumnarFormat> columnar;
    private final Path root;
    private final TableLog log;
    private final boolean stream;
    private final OpenFiles openFiles = new OpenFiles();

    private LogSource(SourceContext context, Path root, TableLog log) {
        this.context = context;
        this.columnar = FileOptions.columnar(context.options());
        this.root = root;
        this.log = log;
        this.stream = FileOptions.isStream(context.options());
    }

    static LogSource open(SourceContext context) {
        Disk disk = context.platform().disk();
        TablePath path = FileOptions.path(context.options());
        if (!disk.exists(path.path())) {
            throw DataFiles.missing(path);
        }
        TableLog log = TableLog.open(disk, path.path())
                .orElseThrow(() -> new ConnectorException(
                        Kind.CONFIGURATION,
                        "'" + path.text() + "' has no log: read it without 'log' = 'true', or once a job has begun to"
                                + " write it with that"));
        LogSource source = new LogSource(context, path.path(), log);
        if (!source.stream) {
            log.files().forEach(file -> source.data(file).inspect()); // what is gone is told before the first row
        }
        return source;
    }

    private LoggedData data(LoggedFile file) {
        return new LoggedData(context.platform().disk(), log, file, openFiles);
    }

    @Override
    public List<Partition> partitions() {
        if (stream) {
            return List.of(new Partition(0, root.toString()));
        }
        List<Partition> partitions = new ArrayList<>();
        for (LoggedFile file : log.files()) {
            partitions.add(new Partition(partitions.size(), log.place(file).toString()));
        }
        return partitions;
    }

    @Override
    public SourceReader reader(Partition partition) {
        if (columnar.isEmpty()) {
            return stream
                    ? new LogReader(LogFiles.ofBytes(log, context.untilNow(), this::records))
                    : records(log.files().get(partition.index()), 0);
        }
        return stream
                ? new LogRowReader(LogFiles.ofRows(log, context.untilNow(), this::rows))
                : rows(log.files().get(partition.index()), 0);
    }

    private PlainFileReader records(LoggedFile file, long base) {
        LoggedData data = data(file);
        RecordBounds bounds = RecordBounds.of(FileOptions.reading(context.options()));
        return new PlainFileReader(data.inspect(), base, bounds, data, FileSource.CHUNK_BYTES);
    }

    private ColumnarReader rows(LoggedFile file, long base) {
        LoggedData data = data(file);
        return new ColumnarReader(data.inspect(), data, columnar.orElseThrow(), context.schema(), base);
    }

    @Override
    public void close() {
        // Readers close their files themselves.
    }
}
