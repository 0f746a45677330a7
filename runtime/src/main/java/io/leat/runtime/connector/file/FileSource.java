package io.leat.runtime.connector.file;

import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceContext;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.format.ColumnarFormat;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files that are read, each one partition. The list of files and their sizes are those at the start. */
final class FileSource implements Source {
    static final int CHUNK_BYTES = 1 << 20;

    private final SourceContext context;
    private final Platform platform;
    private final Optional<ColumnarFormat> columnar;
    private final List<InputFile> files;
    private final OpenFiles openFiles = new OpenFiles();

    private FileSource(SourceContext context, List<InputFile> files) {
        this.context = context;
        this.platform = context.platform();
        this.columnar = FileOptions.columnar(context.options());
        this.files = files;
    }

    static FileSource open(SourceContext context) {
        Disk disk = context.platform().disk();
        TablePath path = FileOptions.path(context.options());
        List<InputFile> files = new ArrayList<>();
        if (path.isStandard()) {
            files.add(InputFile.standard());
        } else {
            DataFiles.find(disk, path).forEach(file -> files.add(InputFile.inspect(disk, file)));
        }
        return new FileSource(context, files);
    }

    @Override
    public List<Partition> partitions() {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            partitions.add(new Partition(i, files.get(i).name()));
        }
        return partitions;
    }

    @Override
    public SourceReader reader(Partition partition) {
        InputFile file = files.get(partition.index());
        if (columnar.isPresent()) {
            DataFile data = new DataFile(platform.disk(), file.path(), openFiles);
            return new ColumnarReader(file, data, columnar.get(), context.schema());
        }
        RecordBounds bounds = RecordBounds.of(FileOptions.reading(context.options()));
        if (!file.isRegular()) {
            return new StreamReader(
                    file, bounds, new BackgroundInput(file.name(), () -> stream(file), platform), CHUNK_BYTES);
        }
        DataFile data = new DataFile(platform.disk(), file.path(), openFiles);
        return Compression.of(file.path()) == Compression.NONE
                ? new PlainFileReader(file, bounds, data, CHUNK_BYTES)
                : new StreamReader(file, bounds, new CompressedInput(file, data), CHUNK_BYTES);
    }

    @Override
    public Optional<String> onlyOnce() {
        return files.stream()
                .filter(file -> !file.isRegular())
                .map(InputFile::name)
                .findFirst();
    }

    private InputStream stream(InputFile file) throws IOException {
        return file.isStandard()
                ? platform.disk().standardInput()
                : platform.disk().read(file.path());
    }

    @Override
    public void close() {
        // Readers close their files themselves.
    }
}
