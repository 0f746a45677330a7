package io.leat.runtime.connector.file;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.format.RowFormat;
import io.leat.runtime.connector.format.RowWriter;
import io.leat.runtime.platform.Disk;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A file of rows that nobody looks at yet. Calling order: {@link #write} any number of times, then {@link #complete}, after which
 * the file may be moved to its place; or {@link #discard} at any time before.
 */
final class StagedFile {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Disk disk;
    private final Path path;
    private final Counter counter;
    private final OutputStream compressed;
    private final RowWriter writer;
    private long rows;
    private boolean closed;

    /** Counts bytes on their way to the disk, and sums them up. */
    private static final class Counter extends FilterOutputStream {
        private final CRC32C sum = new CRC32C();
        private long bytes;

        Counter(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            sum.update(value);
            bytes++;
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
            sum.update(from, offset, length);
            bytes += length;
        }
    }

    private StagedFile(Disk disk, Path path, Counter counter, OutputStream compressed, RowWriter writer) {
        this.disk = disk;
        this.path = path;
        this.counter = counter;
        this.compressed = compressed;
        this.writer = writer;
    }

    /** Creates a file that must not exist yet. */
    static StagedFile create(SinkContext context, RowFormat format, Compression compression, Path path)
            throws IOException {
        Disk disk = context.platform().disk();
        OutputStream file = new BufferedOutputStream(disk.create(path), BUFFER_BYTES);
        Counter counter = new Counter(file);
        OutputStream compressed = compression.compress(counter);
        RowWriter writer = format.open(context.schema(), context.zone(), context.allocator(), compressed);
        return new StagedFile(disk, path, counter, compressed, writer);
    }

    Path path() {
        return path;
    }

    long rows() {
        return rows;
    }

    /** Bytes in the file, compressed if it is; the last few rows may not be among them yet. */
    long bytes() {
        return counter.bytes;
    }

    /** Bytes in the file, and about as many as are still to come for the rows written so far. */
    long expectedBytes() {
        return counter.bytes + writer.pending();
    }

    /** CRC32C of the bytes in the file, when it is complete. */
    int checksum() {
        return (int) counter.sum.getValue();
    }

    /** Writes what stands before the first row; answers how many bytes that were, without compression. */
    long header() throws IOException {
        writer.header();
        writer.flush();
        return counter.bytes;
    }

    void write(Batch batch) throws IOException {
        writer.write(batch);
        rows += batch.rows();
    }

    /** Everything is written and stays after a loss of power. */
    void complete() throws IOException {
        writer.finish();
        compressed.close();
        closed = true;
        writer.close();
        disk.sync(path);
    }

    /** Removes the file. What cannot be removed stays behind in a place that is not read. */
    void discard() {
        try {
            if (!closed) {
                closed = true;
                writer.close();
                compressed.close();
            }
        } catch (IOException e) {
            // The failure that led here is the one to report.
        }
        try {
            disk.delete(path);
        } catch (IOException e) {
            // As above.
        }
    }
}
