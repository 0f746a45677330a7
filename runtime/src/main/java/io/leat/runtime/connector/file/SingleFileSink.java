package io.leat.runtime.connector.file;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.RowCount;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.format.RowFormat;
import io.leat.runtime.connector.format.RowWriter;
import io.leat.runtime.platform.Disk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Writes rows to one file, which is replaced or grows by one rename when the sink finishes. Until then the rows stand in a
 * hidden file beside it.
 */
final class SingleFileSink implements Sink {
    private static final String STAGING_SUFFIX = ".staging";
    private static final int BUFFER_BYTES = 64 << 10;

    private final SinkContext context;
    private final Disk disk;
    private final String shown;
    private final Path target;
    private final RowFormat format;
    private final Compression compression;
    private final Path joined;
    private final StagedFile staged;
    /** How much of the staged file is a header, which is left out where rows are added to others. */
    private final long headerBytes;

    private boolean visible;

    private SingleFileSink(SinkContext context, TablePath path, Path target) throws IOException {
        this.context = context;
        this.disk = context.platform().disk();
        this.shown = path.text();
        this.target = target;
        this.format = FileOptions.writing(context.options());
        this.compression = Compression.of(target);
        refuseGrowth();
        String run = RunName.create(context.platform().clock()).text();
        this.joined = hidden(run + "-joined");
        this.staged = StagedFile.create(context, format, compression, hidden(run));
        boolean headerNow = context.replace() || (compression == Compression.NONE && isEmpty());
        this.headerBytes = headerNow ? staged.header() : 0;
    }

    static SingleFileSink open(SinkContext context, TablePath path) {
        Disk disk = context.platform().disk();
        try {
            Path absolute = path.path().toAbsolutePath().normalize();
            disk.createDirectories(absolute.getParent());
            // Through a link, the file that it leads to is written.
            Path target = disk.exists(absolute) ? disk.realPath(absolute) : absolute;
            String prefix = hiddenPrefix(target);
            Leftovers.remove(
                    context.platform(),
                    target.getParent(),
                    Leftovers.ABANDONED_MICROS,
                    name -> name.startsWith(prefix) && name.endsWith(STAGING_SUFFIX));
            return new SingleFileSink(context, path, target);
        } catch (IOException e) {
            throw FileErrors.writing(path.text(), e);
        }
    }

    private static String hiddenPrefix(Path target) {
        return "." + target.getFileName() + ".";
    }

    private Path hidden(String name) {
        return target.resolveSibling(hiddenPrefix(target) + name + STAGING_SUFFIX);
    }

    /** In some formats a file is written at once. */
    private void refuseGrowth() throws IOException {
        if (!context.replace() && !format.canGrow() && !isEmpty()) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "'" + shown + "' holds rows already, and a file that ends in " + format.suffix()
                            + " does not grow: write " + context.table() + " to a directory, which gets a file more");
        }
    }

    private boolean isEmpty() throws IOException {
        return !disk.exists(target) || disk.size(target) == 0;
    }

    @Override
    public void write(Batch batch) {
        try {
            staged.write(batch);
        } catch (IOException e) {
            throw FileErrors.writing(shown, e);
        }
    }

    @Override
    public void endEpoch(long epoch) {
        // A single file shows all rows or none.
    }

    @Override
    public void finish() {
        try {
            refuseGrowth(); // another run may have written it meanwhile
            staged.complete();
            boolean whole = headerBytes > 0 || header().length == 0;
            if (context.replace() || (isEmpty() && whole)) {
                disk.move(staged.path(), target);
            } else if (isEmpty() || staged.rows() > 0) {
                join();
                disk.move(joined, target);
            }
            disk.sync(target.getParent());
            visible = true;
        } catch (IOException e) {
            throw FileErrors.writing(shown, e);
        }
    }

    /** Writes what the file holds already, or its header, and the new rows behind it. */
    private void join() throws IOException {
        try (OutputStream out = disk.create(joined);
                InputStream rows = disk.read(staged.path())) {
            if (isEmpty()) {
                out.write(compressed(header()));
            } else {
                try (InputStream old = disk.read(target)) {
                    old.transferTo(out);
                }
                if (!endsWithLineEnd()) {
                    out.write(compressed(new byte[] {'\n'}));
                }
                rows.skipNBytes(headerBytes);
            }
            rows.transferTo(out);
        }
        disk.sync(joined);
    }

    /** What stands before the first row; nothing in most formats. */
    private byte[] header() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RowWriter writer = format.open(context.schema(), context.zone(), context.allocator(), bytes)) {
            writer.header();
            writer.flush();
        }
        return bytes.toByteArray();
    }

    private byte[] compressed(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compression.compress(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private boolean endsWithLineEnd() throws IOException {
        byte last = '\n';
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream old = compression.decompress(disk.read(target))) {
            for (int read = old.read(buffer); read >= 0; read = old.read(buffer)) {
                last = read > 0 ? buffer[read - 1] : last;
            }
        }
        return last == '\n';
    }

    @Override
    public String summary() {
        return RowCount.text(visible ? staged.rows() : 0) + " in " + shown;
    }

    @Override
    public void close() {
        staged.discard();
        try {
            disk.delete(joined);
        } catch (IOException e) {
            // It stays hidden, and goes with the leftovers.
        }
    }
}
