package io.leat.runtime.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.Sink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SingleFileSinkTest extends WrittenFiles {

    @ParameterizedTest
    @ValueSource(strings = {"out.json", "out.jsonl", "out.ndjson", "out.txt", "out.json.gz", "out.json.zst"})
    void aSingleFileIsReplacedOrGrows(String name) throws IOException {
        assertEquals("3 rows in " + path(name), insert(false, 0, 3, "path", path(name), "format", "json"));
        assertEquals(json(0, 3), rows(name, "json"));
        assertEquals("2 rows in " + path(name), insert(false, 3, 5, "path", path(name), "format", "json"));
        assertEquals(json(0, 5), rows(name, "json"));
        insert(false, 0, 0, "path", path(name), "format", "json");
        assertEquals(json(0, 5), rows(name, "json"));
        insert(true, 7, 9, "path", path(name), "format", "json");
        assertEquals(json(7, 9), rows(name, "json"));
        insert(true, 0, 0, "path", path(name), "format", "json");
        assertEquals(List.of(), rows(name, "json"));
        assertEquals(List.of(name), files());
    }

    @ParameterizedTest
    @CsvSource({"out.csv, ','", "out.csv.gz, ','", "out.csv.zst, ','", "out.tsv, '\t'", "out.tsv.gz, '\t'"})
    void aSingleFileHasOneHeader(String name, String delimiter) throws IOException {
        for (int id = 0; id < 3; id++) {
            insert(false, id, id + 1, "path", path(name), "format", "csv", "csv.header", "true");
        }
        assertEquals(
                List.of("id,name", "0,name 0", "1,name 1", "2,name 2").stream()
                        .map(line -> line.replace(",", delimiter))
                        .toList(),
                rows(name, "csv"));
        insert(true, 5, 5, "path", path(name), "format", "csv", "csv.header", "true");
        assertEquals(List.of("id" + delimiter + "name"), rows(name, "csv"));
        assertEquals(List.of(name), files());
    }

    @Test
    void aSingleFileShowsOnlyAtTheEnd() throws IOException {
        try (Sink sink = run.sink(false, "path", path("a/b/out.json"), "format", "json")) {
            run.write(sink, 0, 2);
            clock.advanceMillis(60_000);
            sink.endEpoch(1);
            assertFalse(Files.exists(directory.resolve("a/b/out.json")));
            assertTrue(files().get(0).startsWith("a/b/.out.json."), files().toString());
            assertEquals(List.of(), rows("a", "json"));
            sink.finish();
        }
        assertEquals(json(0, 2), rows("a/b/out.json", "json"));
    }

    @Test
    void rowsGoBehindALineWithoutEnd() throws IOException {
        Files.writeString(directory.resolve("out.csv"), "id,name\n7,seven");
        insert(false, 0, 1, "path", path("out.csv"), "format", "csv", "csv.header", "true");
        assertEquals("id,name\n7,seven\n0,name 0\n", Files.readString(directory.resolve("out.csv")));
    }

    @Test
    void twoSinksOfOneFileLoseNothing() throws IOException {
        for (String name : List.of("out.csv", "out.csv.gz")) {
            try (Sink one = run.sink(false, "path", path(name), "format", "csv", "csv.header", "true");
                    Sink two = run.sink(false, "path", path(name), "format", "csv", "csv.header", "true")) {
                run.write(one, 0, 2);
                run.write(two, 2, 4);
                one.finish();
                two.finish();
            }
            assertEquals(List.of("id,name", "0,name 0", "1,name 1", "2,name 2", "3,name 3"), rows(name, "csv"));
        }
    }

    @Test
    void aLinkToAFileStaysALink() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/real.json"), "{\"id\":0}\n");
        Files.createSymbolicLink(directory.resolve("out.json"), directory.resolve("data/real.json"));
        insert(true, 1, 2, "path", path("out.json"), "format", "json");
        assertTrue(Files.isSymbolicLink(directory.resolve("out.json")));
        assertEquals(json(1, 2), rows("data/real.json", "json"));
    }

    @Test
    void abandonedFilesBesideASingleFileGo() throws IOException {
        Path old = Files.writeString(directory.resolve(".out.json.abc.staging"), "x");
        Path young = Files.writeString(directory.resolve(".out.json.def.staging"), "x");
        Path other = Files.writeString(directory.resolve(".other.json.abc.staging"), "x");
        long now = clock.wallMicros / 1_000;
        for (Path file : List.of(old, other)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochMilli(now - TimeUnit.DAYS.toMillis(2))));
        }
        Files.setLastModifiedTime(young, FileTime.from(Instant.ofEpochMilli(now)));
        insert(false, 0, 1, "path", path("out.json"), "format", "json");
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(young) && Files.exists(other));
    }

    @Test
    void aFailedReplacementKeepsTheOldFile() throws IOException {
        insert(true, 0, 2, "path", path("out.json"), "format", "json");
        try (Sink sink = run.sink(true, "path", path("out.json"), "format", "json")) {
            run.write(sink, 5, 6);
            disk.failMove = "Input/output error";
            assertThrows(ConnectorException.class, sink::finish);
        }
        assertEquals(json(0, 2), rows("out.json", "json"));
        assertEquals(List.of("out.json"), files());
    }

    // ---- standard output, and what cannot be written

    @Test
    void standardOutputGetsWholeLinesAtOnce() {
        try (Sink sink = run.sink(false, "path", "-", "format", "csv", "csv.header", "true")) {
            run.write(sink, 0, 2);
            assertEquals("id,name\n0,name 0\n1,name 1\n", disk.standardOutput.toString(StandardCharsets.UTF_8));
            sink.endEpoch(1);
            sink.finish();
            assertEquals("2 rows in standard output", sink.summary());
        }
        disk.standardOutput.reset();
        try (Sink sink = run.sink(false, "path", "-", "format", "csv", "csv.header", "true")) {
            sink.finish();
        }
        assertEquals("id,name\n", disk.standardOutput.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aFileIsNoDirectory() throws IOException {
        Files.writeString(directory.resolve("file"), "");
        ConnectorException error = assertThrows(
                ConnectorException.class, () -> insert(false, 0, 1, "path", path("file"), "format", "json"));
        assertEquals(Kind.CONFIGURATION, error.kind());
        assertEquals(
                "'" + path("file") + "' is a file, but without a suffix such as .json it must be a directory",
                error.getMessage());
        ConnectorException below = assertThrows(
                ConnectorException.class, () -> insert(false, 0, 1, "path", path("file/out.json"), "format", "json"));
        assertEquals(Kind.IO, below.kind());
    }

    @Test
    void anExistingDirectoryIsOneWhateverItsName() throws IOException {
        Files.createDirectories(directory.resolve("out.csv"));
        insert(false, 0, 1, "path", path("out.csv"), "format", "csv");
        assertTrue(files().get(0).startsWith("out.csv/part-"));
    }

    @Test
    void patternsAndRawRowsAreRefused() {
        OptionException pattern =
                assertThrows(OptionException.class, () -> run.sinkTraits("path", "out/*.json", "format", "json"));
        assertEquals("rows cannot be written to a pattern", pattern.getMessage());
        OptionException raw = assertThrows(OptionException.class, () -> run.sinkTraits("path", "out", "format", "raw"));
        assertEquals("format 'raw' can be read from files, not written", raw.getMessage());
        OptionException unknown = assertThrows(
                OptionException.class, () -> run.writing("path", "out", "format", "json", "sink.partitioned", "true"));
        assertEquals("unknown option 'sink.partitioned'", unknown.getMessage());
    }
}
