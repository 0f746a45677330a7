package io.leat.runtime.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.Drained;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceReader.Status;
import io.leat.runtime.decode.RecordChunk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundInputTest extends ReadFiles {

    @Test
    void standardInputIsOnePartition() {
        disk.standardInput = new ByteArrayInputStream("one\ntwo".getBytes(StandardCharsets.UTF_8));
        try (Source source = run.source("path", "-", "format", "json")) {
            assertEquals(List.of(new Source.Partition(0, "-")), source.partitions());
            try (SourceReader reader = source.reader(source.partitions().get(0))) {
                assertEquals(Map.of("file.path", "-", "file.name", "-"), reader.constants());
                assertEquals(-1, reader.remaining());
                assertEquals(
                        List.of("one", "two"),
                        Drained.toEnd(reader, run.allocator()).records());
                assertEquals("7", reader.position());
            }
        }
    }

    @Test
    void standardInputDoesNotBlock() throws IOException {
        PipedOutputStream writer = new PipedOutputStream();
        disk.standardInput = new PipedInputStream(writer);
        try (Source source = run.source("path", "-", "format", "json");
                SourceReader reader = source.reader(source.partitions().get(0));
                RecordChunk chunk = new RecordChunk(run.allocator())) {
            assertEquals(Status.PENDING, ((SourceReader.Records) reader).poll(chunk));
            writer.write("half a li".getBytes(StandardCharsets.UTF_8));
            writer.flush();
            assertEquals(Status.PENDING, ((SourceReader.Records) reader).poll(chunk));
            writer.write("ne\nand".getBytes(StandardCharsets.UTF_8));
            writer.flush();
            assertEquals(
                    List.of("half a line"),
                    Drained.until(new FirstData(reader), run.allocator(), Status.END)
                            .records());
            writer.close();
            assertEquals(List.of("and"), Drained.toEnd(reader, run.allocator()).records());
        }
    }

    /** Ends after the first data of another reader. */
    private static final class FirstData implements SourceReader.Records {
        private final SourceReader.Records reader;
        private boolean seen;

        FirstData(SourceReader reader) {
            this.reader = (SourceReader.Records) reader;
        }

        @Override
        public Status poll(RecordChunk chunk) {
            if (seen) {
                return Status.END;
            }
            Status status = reader.poll(chunk);
            seen = status == Status.DATA;
            return status;
        }

        @Override
        public void seek(String from) {
            reader.seek(from);
        }

        @Override
        public String position() {
            return reader.position();
        }

        @Override
        public void close() {
            // The other one closes itself.
        }
    }

    @Test
    void standardInputWithALineThatIsTooLarge() throws IOException {
        byte[] large = new byte[20 * MIB];
        Arrays.fill(large, (byte) 'x');
        disk.standardInput = new ByteArrayInputStream(
                joined("a\n".getBytes(StandardCharsets.UTF_8), large, "\nb\nc\n".getBytes(StandardCharsets.UTF_8)));
        try (Source source = run.source("path", "-", "format", "json");
                SourceReader reader = source.reader(source.partitions().get(0))) {
            Drained drained = Drained.toEnd(reader, run.allocator());
            assertEquals(List.of(1, RecordBounds.CUT_BYTES, 1, 1), drained.lengths());
            assertEquals(List.of(0L, 2L, 20L * MIB + 3, 20L * MIB + 5), drained.offsets());
        }
    }

    @Test
    void aFailureOfStandardInputIsTheReaders() {
        disk.standardInput = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the cable is out");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        };
        ConnectorException error = assertThrows(ConnectorException.class, () -> records("-", "format", "json"));
        assertEquals("cannot read '-': the cable is out", error.getMessage());
    }

    @Test
    void aPipeIsReadAsItComes() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe");
        assertTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS));
        try (Source source = run.source("path", pipe.toString(), "format", "json");
                SourceReader reader = source.reader(source.partitions().get(0));
                RecordChunk chunk = new RecordChunk(run.allocator())) {
            assertEquals(Status.PENDING, ((SourceReader.Records) reader).poll(chunk));
            Files.write(pipe, "through a pipe\n".getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    List.of("through a pipe"),
                    Drained.toEnd(reader, run.allocator()).records());
        }
    }
}
