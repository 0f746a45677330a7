package io.leat.runtime.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.ZstdOutputStream;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.connector.Drained;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.TestDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Writes files and reads them with sources: the base of tests of file sources. */
abstract class ReadFiles {
    static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    final TestDisk disk = new TestDisk();
    final ConnectorRun run = new ConnectorRun(new FileConnector(), disk.platform());

    @AfterEach
    void close() {
        run.close();
        assertEquals(0, disk.open.get(), "files left open");
    }

    Path write(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    Path write(String name, String content) throws IOException {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    static byte[] gzip(String content) throws IOException {
        return gzip(content.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] zstd(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    static byte[] joined(byte[]... parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.write(part);
        }
        return bytes.toByteArray();
    }

    List<String> records(String path, String... options) {
        String[] all = Arrays.copyOf(options, options.length + 2);
        all[options.length] = "path";
        all[options.length + 1] = path;
        List<String> records = new ArrayList<>();
        try (Source source = run.source(all)) {
            for (Source.Partition partition : source.partitions()) {
                try (SourceReader reader = source.reader(partition)) {
                    records.addAll(Drained.toEnd(reader, run.allocator()).records());
                }
            }
        }
        return records;
    }

    ConnectorException failure(Path file) {
        return assertThrows(ConnectorException.class, () -> records(file.toString(), "format", "json"));
    }
}
