package io.leat.runtime.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.Drained;
import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.decode.RecordChunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileSourceTest extends ReadFiles {

    @Test
    void partitionsAreFilesInTheirOrder() throws IOException {
        write("b.json", "3\n");
        write("a/z.json.gz", gzip("1\n"));
        write("a.json", "2\n");
        try (Source source = run.source("path", directory.toString(), "format", "json")) {
            assertEquals(
                    List.of(
                            new Source.Partition(0, directory + "/a.json"),
                            new Source.Partition(1, directory + "/a/z.json.gz"),
                            new Source.Partition(2, directory + "/b.json")),
                    source.partitions());
        }
        assertEquals(List.of("2", "1", "3"), records("file://" + directory, "format", "json"));
    }

    @Test
    void metadataOfAFile() throws IOException {
        Path file = write("a.csv", "a,b\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochMilli(1_767_225_600_123L)));
        try (Source source = run.source("path", file.toString(), "format", "csv");
                SourceReader reader = source.reader(source.partitions().get(0))) {
            assertEquals(
                    Map.of(
                            "file.path",
                            file.toString(),
                            "file.name",
                            "a.csv",
                            "file.size",
                            4L,
                            "file.modification-time",
                            1_767_225_600_123_000L),
                    reader.constants());
            assertEquals(4, reader.remaining());
            assertEquals("0", reader.position());
        }
    }

    @Test
    void byteOrderMarksAreTheDecoders() throws IOException {
        write("bom.json", "\uFEFF{}\n");
        assertEquals(List.of("\uFEFF{}"), records(directory + "/bom.json", "format", "json"));
    }

    @Test
    void anEmptyDirectoryHasNoPartitions() {
        assertEquals(List.of(), records(directory.toString(), "format", "json"));
    }

    // ---- many files

    @Test
    void notAllFilesStayOpen() throws IOException {
        int files = OpenFiles.LIMIT + 60;
        for (int i = 0; i < files; i++) {
            write("plain/" + i, i + "\nsecond\n");
            write("packed/" + i + ".gz", gzip(i + "\nsecond\n"));
        }
        for (String kind : List.of("plain", "packed")) {
            List<SourceReader> readers = new ArrayList<>();
            List<String> records = new ArrayList<>();
            disk.mostOpen.set(0);
            try (Source source = run.source("path", directory + "/" + kind, "format", "raw", "scan.mode", "stream")) {
                source.partitions().forEach(partition -> readers.add(source.reader(partition)));
                readers.forEach(reader ->
                        records.addAll(Drained.toEnd(reader, run.allocator()).records()));
                assertEquals(2 * files, records.size());
                assertTrue(disk.mostOpen.get() <= OpenFiles.LIMIT + 1, "open: " + disk.mostOpen);
                readers.forEach(SourceReader::close);
            }
        }
    }

    // ---- errors and options

    @Test
    void missingInputSaysSo() {
        ConnectorException error = failure(directory.resolve("nowhere.json"));
        assertEquals(Kind.INPUT_MISSING, error.kind());
        assertEquals("there is no file '" + directory + "/nowhere.json'", error.getMessage());
    }

    @Test
    void aFileThatGoesAwayIsAnError() throws IOException {
        Path file = write("a.json", "1\n");
        try (Source source = run.source("path", file.toString(), "format", "json");
                SourceReader reader = source.reader(source.partitions().get(0));
                RecordChunk chunk = new RecordChunk(run.allocator())) {
            Files.delete(file);
            ConnectorException error =
                    assertThrows(ConnectorException.class, () -> ((SourceReader.Records) reader).poll(chunk));
            assertEquals(Kind.IO, error.kind());
            assertEquals("cannot read '" + file + "': it does not exist", error.getMessage());
        }
    }

    @Test
    void unknownOptionsNameTheKnownOnes() {
        OptionException error = assertThrows(
                OptionException.class, () -> run.reading("path", "x", "format", "json", "csv.heder", "true"));
        assertEquals("unknown option 'csv.heder'", error.getMessage());
        assertEquals(
                "did you mean 'csv.header'? known options: csv.field-delimiter, csv.header, csv.null-literal,"
                        + " csv.quote-character, format, json.duplicate-keys, json.unknown-fields, log, log.append, path, scan.mode, sink.rolling-policy.file-size,"
                        + " sink.rolling-policy.rollover-interval",
                error.help());
    }

    @Test
    void traitsFollowTheOptions() {
        SourceTraits bounded = run.sourceTraits("path", "a.csv", "format", "csv");
        assertEquals(SourceTraits.End.BOUNDED, bounded.end());
        assertFalse(bounded.stream() || bounded.once());
        FormatSpec format = bounded.format().orElseThrow();
        assertEquals("auto", format.setting("header", ""));
        assertEquals(",", format.setting("field-delimiter", ""));
        assertTrue(format.lines());
        SourceTraits stream = run.sourceTraits("path", "-", "format", "json", "scan.mode", "stream");
        assertEquals(SourceTraits.End.ENDING, stream.end());
        assertTrue(stream.stream() && stream.once());
        FormatSpec tabs =
                run.sourceTraits("path", "a.tsv.gz", "format", "csv").format().orElseThrow();
        assertEquals("\t", tabs.setting("field-delimiter", ""));
    }
}
