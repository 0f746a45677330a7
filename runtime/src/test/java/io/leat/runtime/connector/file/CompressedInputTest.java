package io.leat.runtime.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.Drained;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompressedInputTest extends ReadFiles {

    @Test
    void gzipMayHaveSeveralMembers() throws IOException {
        write("a.json.gz", joined(gzip("one\ntw"), gzip("o\nthree\n"), gzip(""), gzip("four")));
        assertEquals(List.of("one", "two", "three", "four"), records(directory + "/a.json.gz", "format", "json"));
    }

    @Test
    void gzipMembersMayEndAnywhereInABuffer() throws IOException {
        byte[] random = new byte[70_000];
        new java.util.Random(1).nextBytes(random);
        List<String> expected = new ArrayList<>();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int i = 0; i < 40; i++) {
            String line = java.util.Base64.getEncoder().encodeToString(Arrays.copyOf(random, 60_000 + 127 * i));
            expected.add(line);
            content.write(gzip(line + "\n"));
        }
        write("a.gz", content.toByteArray());
        assertEquals(expected, records(directory + "/a.gz", "format", "raw"));
    }

    @Test
    void zstdMayHaveSeveralFrames() throws IOException {
        write("a.json.zst", joined(zstd("one\ntw"), zstd("o\n"), zstd("three")));
        assertEquals(List.of("one", "two", "three"), records(directory + "/a.json.zst", "format", "json"));
    }

    @Test
    void nothingCompressedIsNothing() throws IOException {
        write("a.gz", gzip(""));
        write("b.zst", zstd(""));
        write("c.gz", new byte[0]);
        assertEquals(List.of(), records(directory.toString(), "format", "json"));
    }

    @Test
    void damagedFilesAreErrors() throws IOException {
        byte[] whole = gzip("line\n".repeat(10_000));
        ConnectorException cut = failure(write("cut.gz", Arrays.copyOf(whole, whole.length - 9)));
        assertEquals(Kind.IO, cut.kind());
        assertEquals(
                "cannot read '" + directory + "/cut.gz': its compressed data is cut off or damaged", cut.getMessage());
        byte[] frame = zstd("line\n".repeat(10_000));
        assertEquals(
                "cannot read '" + directory + "/cut.zst': its compressed data is cut off or damaged",
                failure(write("cut.zst", Arrays.copyOf(frame, frame.length - 3)))
                        .getMessage());
        assertTrue(failure(write("no.gz", "no gzip at all"))
                .getMessage()
                .endsWith("its compressed data is cut off or damaged"));
        assertTrue(failure(write("no.zst", "no zstd at all"))
                .getMessage()
                .endsWith("its compressed data is cut off or damaged"));
    }

    @Test
    void aLargeLineOfACompressedFileIsCut() throws IOException {
        // 60 MiB of zeros are 60 KiB of gzip: they must not all be in memory.
        write("bomb.gz", joined(gzip("before\n"), gzip(new byte[60 * MIB]), gzip("\nafter\n")));
        try (Source source = run.source("path", directory.toString(), "format", "json");
                SourceReader reader = source.reader(source.partitions().get(0))) {
            Drained drained = Drained.toEnd(reader, run.allocator());
            assertEquals(List.of(6, RecordBounds.CUT_BYTES, 5), drained.lengths());
            assertEquals(List.of(0L, 7L, 60L * MIB + 8), drained.offsets());
            assertEquals(Long.toString(60L * MIB + 14), reader.position());
        }
    }
}
