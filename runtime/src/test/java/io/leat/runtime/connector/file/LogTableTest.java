package io.leat.runtime.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.connector.Drained;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceReader.Status;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.connector.file.log.TableLog;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tables with a log that runs without state write, and what readers see of them. */
class LogTableTest extends WrittenFiles {
    private static final String[] JSON = {"format", "json", "log", "true"};

    private String[] options(String... more) {
        return Stream.of(Stream.of("path", path("out")), Stream.of(JSON), Stream.of(more))
                .flatMap(each -> each)
                .toArray(String[]::new);
    }

    private List<String> logged(String... more) {
        List<String> rows = new ArrayList<>();
        try (Source source = run.source(options(more))) {
            for (Source.Partition partition : source.partitions()) {
                try (SourceReader reader = source.reader(partition)) {
                    rows.addAll(Drained.toEnd(reader, run.allocator()).records());
                }
            }
        }
        return rows;
    }

    private List<String> parts() throws IOException {
        return files().stream().filter(file -> file.matches("out/part-.*")).toList();
    }

    private Path log(long version) {
        return directory.resolve("out/_log").resolve(String.format("%010d.json", version));
    }

    private String refused(String... more) {
        return assertThrows(ConnectorException.class, () -> logged(more)).getMessage();
    }

    @Test
    void rowsCountWhenAnEntrySaysSo() throws IOException {
        try (Sink sink = run.sink(false, options())) {
            assertEquals(List.of(), logged(), "a table without rows is one");
            run.write(sink, 0, 3);
            sink.endEpoch(1);
            assertEquals(List.of(), parts(), "what is not in the log is nowhere that a glob looks");
            assertEquals(List.of(), logged());
            clock.advanceMillis(10_000);
            sink.endEpoch(2);
            assertEquals(json(0, 3), logged());
            assertEquals(1, parts().size());
            run.write(sink, 3, 5);
            sink.finish();
            assertEquals("5 rows in 2 files of " + path("out"), sink.summary());
        }
        assertEquals(json(0, 5), logged());
        String text = Files.readString(log(2));
        assertTrue(text.startsWith("{\"entry\":{\"version\":2,\"by\":{\"job\":\""), text);
        assertTrue(text.contains("\"sink\":\"t\",\"epoch\":2,\"generation\":0,\"hash\":\"\"}}}\n{\"add\":"), text);
        assertEquals("5 rows in 1 file of " + path("out"), insert(false, 5, 10, options()));
        assertEquals(json(0, 10), logged(), "a second run goes on behind the first one");
        List<String> list = Files.readAllLines(directory.resolve("out/_files.csv"));
        assertEquals("path,rows,bytes", list.get(0));
        assertEquals(parts().size() + 1, list.size());
        for (String line : list.subList(1, list.size())) {
            String[] fields = line.split(",");
            Path file = directory.resolve("out").resolve(fields[0]);
            assertEquals(Files.readAllLines(file).size(), Integer.parseInt(fields[1]));
            assertEquals(Files.size(file), Long.parseLong(fields[2]));
        }
    }

    @Test
    void bothSidesSayIt() throws IOException {
        insert(false, 0, 3, options());
        String[] without = {"path", path("out"), "format", "json"};
        String said =
                "'" + path("out") + "' has a log, which says what counts in it: declare the table with 'log' = 'true'";
        assertEquals(
                said,
                assertThrows(ConnectorException.class, () -> rows("out", "json"))
                        .getMessage());
        assertEquals(
                said,
                assertThrows(ConnectorException.class, () -> run.sink(false, without))
                        .getMessage());
        assertTrue(assertThrows(ConnectorException.class, () -> run.sink(true, options()))
                .getMessage()
                .contains("has a log, which only grows"));
        Files.createDirectories(directory.resolve("plain"));
        Files.writeString(directory.resolve("plain/a.json"), "{}\n");
        String[] plain = {"path", path("plain"), "format", "json", "log", "true"};
        assertTrue(assertThrows(ConnectorException.class, () -> run.source(plain))
                .getMessage()
                .startsWith("'" + path("plain") + "' has no log: read it without"));
        assertEquals(
                "'" + path("plain")
                        + "' has files such as 'a.json' and no log: choose a new directory, or leave out 'log' = 'true'",
                assertThrows(ConnectorException.class, () -> run.sink(false, plain))
                        .getMessage());
        assertEquals(
                ConnectorException.Kind.INPUT_MISSING,
                assertThrows(
                                ConnectorException.class,
                                () -> run.source("path", path("nowhere"), "format", "json", "log", "true"))
                        .kind());
    }

    @Test
    void onlyDirectoriesOfRowsHaveOne() {
        assertEquals(SourceTraits.End.BOUNDED, run.sourceTraits(options()).end());
        assertEquals(
                SourceTraits.End.UNBOUNDED,
                run.sourceTraits(options("scan.mode", "stream")).end());
        for (String path : List.of("-", "a.json", "a.csv.gz", "a/*/b")) {
            String message = assertThrows(
                            OptionException.class,
                            () -> run.sourceTraits("path", path, "format", "json", "log", "true"))
                    .getMessage();
            assertEquals("a table with a log is a directory, and '" + path + "' is none", message);
        }
        for (String format : List.of("raw", "debezium-json")) {
            String message = assertThrows(
                            OptionException.class, () -> run.sourceTraits("path", "a", "format", format, "log", "true"))
                    .getMessage();
            assertEquals("a table with a log has no format '" + format + "'", message);
        }
        assertThrows(OptionException.class, () -> run.sinkTraits("path", "a", "format", "json", "log.append", "true"));
    }

    @Test
    void whatIsNotInTheLogIsNotRead() throws IOException {
        insert(false, 0, 3, options());
        Files.writeString(directory.resolve("out/part-of-somebody.json"), "{\"id\":99}\n");
        assertEquals(json(0, 3), logged());
        insert(false, 3, 4, options());
        assertEquals(json(0, 4), logged());
    }

    @Test
    void aWriterThatIsKilledBehindItsEntryHasWritten() throws IOException {
        try (Sink sink = run.sink(false, options())) {
            run.write(sink, 0, 3);
            disk.failMove = "no";
            assertThrows(ConnectorException.class, sink::finish);
        }
        assertEquals(List.of(), parts());
        assertEquals(json(0, 3), logged(), "a file that counts is read where it waits");
        disk.failMove = null;
        insert(false, 3, 4, options());
        assertEquals(2, parts().size(), "the next writer moves it");
        assertEquals(json(0, 4), logged());
    }

    /** Each time, the file goes from the one place to the other between two looks of the reader. */
    @Test
    void aFileMayBeMovedWhileItIsLookedFor() throws IOException {
        try (Sink sink = run.sink(false, options())) {
            run.write(sink, 0, 3);
            disk.failMove = "no";
            assertThrows(ConnectorException.class, sink::finish);
            disk.failMove = null;
        }
        Path staging = directory.resolve("out/_staging");
        Path staged = staging.resolve(names(staging).stream()
                .filter(name -> name.startsWith("part-"))
                .findFirst()
                .orElseThrow());
        Path place = directory.resolve("out").resolve(staged.getFileName());
        disk.meanwhile = () -> move(staged, place);
        assertEquals(json(0, 3), logged());
        move(place, staged);
        try (Source source = run.source(options());
                SourceReader reader = source.reader(source.partitions().get(0))) {
            disk.meanwhile = () -> move(staged, place);
            assertEquals(json(0, 3), Drained.toEnd(reader, run.allocator()).records());
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anEntryWhoseOutcomeIsUnknownKeepsItsFiles() throws IOException {
        try (Sink sink = run.sink(false, options())) {
            run.write(sink, 0, 3);
            disk.failBehindLink = "connection lost";
            assertThrows(ConnectorException.class, sink::finish);
        }
        assertEquals(json(0, 3), logged());
        insert(false, 3, 4, options());
        assertEquals(json(0, 4), logged());
    }

    @Test
    void leftoversGoUnlessTheyCount() throws IOException {
        insert(false, 0, 3, options());
        Path staging = directory.resolve("out/_staging");
        Files.createDirectories(staging);
        FileTime old = FileTime.from(Instant.ofEpochMilli(1_767_225_600_000L).minusSeconds(100_000));
        Path counts = Path.of(parts().get(0)).getFileName();
        Files.move(directory.resolve("out").resolve(counts), staging.resolve(counts));
        for (String name :
                List.of("part-0123456789abcdef-0.json", "log-0123456789abcdef", counts.toString(), "other")) {
            Path file = staging.resolve(name);
            if (!Files.exists(file)) {
                Files.writeString(file, "");
            }
            Files.setLastModifiedTime(file, old);
        }
        insert(false, 3, 4, options());
        assertEquals(List.of("other"), names(staging));
        assertEquals(json(0, 4), logged());
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> all = Files.list(place)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aStreamFollowsTheLog() throws IOException {
        insert(false, 0, 3, options());
        String position;
        try (Source source = run.source(options("scan.mode", "stream"))) {
            assertEquals(List.of(new Source.Partition(0, path("out"))), source.partitions());
            try (SourceReader reader = source.reader(source.partitions().get(0))) {
                assertEquals(json(0, 3), caughtUp(reader));
                assertEquals(List.of(), caughtUp(reader));
                insert(false, 3, 5, options());
                insert(false, 5, 6, options());
                assertEquals(json(3, 6), caughtUp(reader));
                assertEquals(parts().get(2), "out/" + reader.constants().get("file.name"));
                position = reader.position();
            }
        }
        insert(false, 6, 8, options());
        try (Source source = run.source(options("scan.mode", "stream"));
                SourceReader reader = source.reader(source.partitions().get(0))) {
            reader.seek(position);
            assertEquals(position, reader.position());
            assertEquals(json(6, 8), caughtUp(reader));
        }
    }

    private List<String> caughtUp(SourceReader reader) {
        return Drained.until(reader, run.allocator(), Status.CAUGHT_UP).records();
    }

    @Test
    void eachRecordHasAPlaceToGoOnFrom() {
        for (int from = 0; from < 8; from += 2) {
            insert(false, from, from + 2, options());
        }
        List<Long> offsets;
        try (Source source = run.source(options("scan.mode", "stream"));
                SourceReader reader = source.reader(source.partitions().get(0))) {
            offsets = Drained.until(reader, run.allocator(), Status.CAUGHT_UP).offsets();
        }
        for (int row = 0; row < offsets.size(); row++) {
            try (Source source = run.source(options("scan.mode", "stream"));
                    SourceReader reader = source.reader(source.partitions().get(0))) {
                reader.seek(Long.toString(offsets.get(row)));
                assertEquals(json(row, 8), caughtUp(reader));
            }
        }
        try (Source source = run.source(options("scan.mode", "stream"));
                SourceReader reader = source.reader(source.partitions().get(0))) {
            String message = assertThrows(ConnectorException.class, () -> reader.seek("1000000"))
                    .getMessage();
            assertTrue(message.endsWith("it is an older copy of the table"), message);
        }
    }

    @Test
    void upToNowAStreamEnds() {
        insert(false, 0, 3, options());
        try (Source source = run.source(ConnectorRun.ID_AND_NAME, true, options("scan.mode", "stream"));
                SourceReader reader = source.reader(source.partitions().get(0))) {
            insert(false, 3, 5, options());
            assertEquals(json(0, 3), Drained.toEnd(reader, run.allocator()).records());
        }
    }

    @Test
    void filesThatAreNotAsTheLogSaysAreRefused() throws IOException {
        insert(false, 0, 3, options());
        insert(false, 3, 6, options());
        Path part = directory.resolve(parts().get(1));
        byte[] bytes = Files.readAllBytes(part);
        for (int bit = 0; bit < bytes.length * 8; bit += 5) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(part, flipped);
            for (String mode : List.of("bounded", "stream")) {
                String message = assertThrows(ConnectorException.class, () -> toTheEndOfLog(mode))
                        .getMessage();
                assertTrue(message.contains("'" + part + "'"), message);
                assertTrue(message.contains("is damaged: bytes 0 to " + bytes.length + " have the CRC32C"), message);
            }
        }
        Files.write(part, Arrays.copyOf(bytes, bytes.length - 1));
        assertTrue(refused().endsWith("has " + (bytes.length - 1) + " bytes and not " + bytes.length), refused());
        Files.write(part, Arrays.copyOf(bytes, bytes.length + 1));
        assertTrue(refused().endsWith("has " + (bytes.length + 1) + " bytes and not " + bytes.length), refused());
        Files.delete(part);
        assertEquals("'" + part + "', of which the log says that it has 3 rows, is gone", refused());
        Files.write(part, bytes);
        assertEquals(json(0, 6), logged());
    }

    private void toTheEndOfLog(String mode) {
        try (Source source = run.source(options("scan.mode", mode))) {
            for (Source.Partition partition : source.partitions()) {
                try (SourceReader reader = source.reader(partition)) {
                    Status last = mode.equals("stream") ? Status.CAUGHT_UP : Status.END;
                    Drained.until(reader, run.allocator(), last);
                }
            }
        }
    }

    @Test
    void aFileThatBecomesShorterWhileItIsReadIsRefused() throws IOException {
        insert(false, 0, 3, options());
        try (Source source = run.source(options());
                SourceReader reader = source.reader(source.partitions().get(0))) {
            Files.write(directory.resolve(parts().get(0)), new byte[0]);
            String message = assertThrows(ConnectorException.class, () -> Drained.toEnd(reader, run.allocator()))
                    .getMessage();
            assertTrue(message.contains("has 0 bytes and not "), message);
        }
    }

    @Test
    void twoWritersAtOnceHaveEntriesWithoutGaps() throws Exception {
        int entries = 60;
        int writers = 3;
        List<CompletableFuture<Void>> all = IntStream.range(0, writers)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> {
                    try (ConnectorRun own = new ConnectorRun(new FileConnector(), disk.platform());
                            Sink sink = own.sink(false, options("sink.rolling-policy.rollover-interval", "0 ms"))) {
                        for (int entry = 0; entry < entries; entry++) {
                            int row = 2 * (writer * entries + entry);
                            own.write(sink, row, row + 2);
                            sink.endEpoch(entry);
                        }
                        sink.finish();
                    }
                }))
                .toList();
        for (CompletableFuture<Void> each : all) {
            each.get(120, TimeUnit.SECONDS);
        }
        TableLog log = TableLog.open(Disk.system(), directory.resolve("out")).orElseThrow();
        assertEquals((long) writers * entries, log.version());
        assertEquals(
                json(0, 2 * writers * entries).stream().sorted().toList(),
                logged().stream().sorted().toList());
        assertEquals(
                writers * entries + 1,
                Files.readAllLines(directory.resolve("out/_files.csv")).size());
        assertEquals(List.of(), names(directory.resolve("out/_staging")));
        // Whoever opens the log begins with the newest file that has all.
        assertEquals(
                List.of(),
                names(directory.resolve("out/_log")).stream()
                        .filter(name -> name.compareTo("0000000001") > 0 && name.compareTo("0000000140") < 0)
                        .toList());
    }

    @Test
    void everyFileOfALogIsChecked() throws IOException {
        insert(false, 0, 3, options());
        insert(false, 3, 6, options());
        for (long version = 0; version <= 2; version++) {
            Path file = log(version);
            byte[] bytes = Files.readAllBytes(file);
            for (int bit = 0; bit < bytes.length * 8; bit += 3) {
                byte[] flipped = bytes.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                Files.write(file, flipped);
                assertTrue(refused().startsWith("'" + file + "', of the log of a table, is "), refused());
            }
            for (int length = 0; length < bytes.length; length++) {
                Files.write(file, Arrays.copyOf(bytes, length));
                String message = refused();
                assertTrue(message.startsWith("'" + file + "', of the log of a table, is torn: at byte "), message);
            }
            Files.delete(file);
            if (version < 2) {
                assertTrue(refused().startsWith("'" + file + "', of the log of a table, is gone"), refused());
                assertThrows(ConnectorException.class, () -> run.sink(false, options()));
            }
            Files.write(file, bytes);
        }
        assertEquals(json(0, 6), logged());
    }
}
