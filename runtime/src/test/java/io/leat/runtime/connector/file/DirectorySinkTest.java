package io.leat.runtime.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectorySinkTest extends WrittenFiles {

    @Test
    void aDirectoryGetsParts() throws IOException {
        String summary = insert(false, 0, 3, "path", path("out"), "format", "json");
        assertEquals(1, files().size());
        String part = files().get(0);
        assertTrue(part.matches("out/part-[0-9a-z]{14,20}-0\\.json"), part);
        assertEquals("3 rows in " + path("out") + part.substring(3), summary);
        assertEquals(json(0, 3), rows("out", "json"));
        assertEquals(
                "1 row in " + path("out"),
                insert(false, 3, 4, "path", path("out") + "/", "format", "json").replaceAll("/part-.*", ""));
        assertEquals(2, files().size());
        assertEquals(json(0, 4), rows("out", "json").stream().sorted().toList());
    }

    @Test
    void suffixesFollowTheFormat() throws IOException {
        insert(false, 0, 1, "path", path("out"), "format", "csv");
        insert(false, 1, 2, "path", path("out"), "format", "csv", "csv.field-delimiter", "\\t");
        assertEquals(
                List.of(".csv", ".tsv"),
                files().stream()
                        .map(name -> name.substring(name.length() - 4))
                        .sorted()
                        .toList());
        assertEquals(
                List.of("0,name 0", "1\tname 1"),
                rows("out", "csv").stream().sorted().toList());
    }

    @Test
    void everyPartHasItsHeader() {
        insert(false, 0, 1, "path", path("out"), "format", "csv", "csv.header", "true");
        insert(false, 1, 2, "path", path("out"), "format", "csv", "csv.header", "true");
        assertEquals(
                List.of("0,name 0", "1,name 1", "id,name", "id,name"),
                rows("out", "csv").stream().sorted().toList());
    }

    @Test
    void nothingShowsBeforeItsTime() throws IOException {
        try (Sink sink = run.sink(false, "path", path("out"), "format", "json")) {
            run.write(sink, 0, 3);
            sink.endEpoch(1);
            assertTrue(files().get(0).startsWith("out/_staging/part-"), files().toString());
            assertEquals(List.of(), rows("out", "json"));
            clock.advanceMillis(9_999);
            sink.endEpoch(2);
            assertEquals(List.of(), rows("out", "json"));
            clock.advanceMillis(1);
            run.write(sink, 3, 5);
            assertEquals(List.of(), rows("out", "json"), "between epochs nothing moves");
            sink.endEpoch(3);
            assertEquals(json(0, 5), rows("out", "json"));
            run.write(sink, 5, 6);
            sink.endEpoch(4);
            assertEquals(json(0, 5), rows("out", "json"));
            sink.finish();
            assertEquals(json(0, 6), rows("out", "json"));
            assertEquals("6 rows in 2 files of " + path("out"), sink.summary());
        }
        assertFalse(Files.exists(directory.resolve("out/_staging")));
    }

    @Test
    void aLargePartShowsAtTheNextEpoch() throws IOException {
        try (Sink sink =
                run.sink(false, "path", path("out"), "format", "json", "sink.rolling-policy.file-size", "20 kb")) {
            run.write(sink, 0, 2_000);
            assertEquals(List.of(), rows("out", "json"));
            sink.endEpoch(1);
            assertEquals(json(0, 2_000), rows("out", "json"));
            assertTrue(files().size() > 2, "it is cut into several");
            for (String file : files()) {
                assertTrue(Files.size(directory.resolve(file)) < 40_000, "a file is about as large as it should be");
            }
            sink.finish();
        }
    }

    @Test
    void withoutFinishNothingIsLeft() throws IOException {
        try (Sink sink = run.sink(false, "path", path("out"), "format", "json")) {
            run.write(sink, 0, 3);
            sink.endEpoch(1);
            assertEquals("0 rows in " + path("out"), sink.summary());
        }
        assertEquals(List.of(), files());
        try (Sink sink = run.sink(false, "path", path("out.json"), "format", "json")) {
            run.write(sink, 0, 3);
        }
        assertEquals(List.of(), files());
    }

    @Test
    void noRowsMakeADirectoryWithoutParts() throws IOException {
        assertEquals("0 rows in " + path("out"), insert(true, 0, 0, "path", path("out"), "format", "json"));
        assertTrue(Files.isDirectory(directory.resolve("out")));
        assertEquals(List.of(), rows("out", "json"));
    }

    @Test
    void twoSinksShareADirectory() {
        try (Sink one = run.sink(false, "path", path("out"), "format", "json");
                Sink two = run.sink(false, "path", path("out"), "format", "json")) {
            run.write(one, 0, 2);
            run.write(two, 2, 4);
            one.finish();
            run.write(two, 4, 5);
            two.finish();
        }
        assertEquals(json(0, 5), rows("out", "json").stream().sorted().toList());
    }

    // ---- a directory for one result only

    @Test
    void aNewResultReplacesEarlierRuns() throws IOException {
        insert(false, 0, 3, "path", path("out"), "format", "json");
        insert(false, 3, 6, "path", path("out"), "format", "csv");
        Files.writeString(directory.resolve("out/_SUCCESS"), "");
        try (Sink sink = run.sink(true, "path", path("out"), "format", "json")) {
            run.write(sink, 10, 12);
            sink.endEpoch(1);
            assertEquals(6, rows("out", "json").size(), "the old result stays until there is a new one");
            sink.finish();
        }
        assertEquals(json(10, 12), rows("out", "json"));
        assertTrue(Files.exists(directory.resolve("out/_SUCCESS")));
        insert(true, 0, 0, "path", path("out"), "format", "json");
        assertEquals(List.of(), rows("out", "json"));
    }

    @Test
    void partsOfOneRunReplaceOthersOnce() {
        insert(false, 0, 3, "path", path("out"), "format", "json");
        try (Sink sink = run.sink(true, "path", path("out"), "format", "json")) {
            run.write(sink, 10, 11);
            clock.advanceMillis(20_000);
            sink.endEpoch(1);
            assertEquals(json(10, 11), rows("out", "json"));
            run.write(sink, 11, 12);
            sink.finish();
        }
        assertEquals(json(10, 12), rows("out", "json").stream().sorted().toList());
    }

    @Test
    void aFailedResultReplacesNothing() {
        insert(false, 0, 3, "path", path("out"), "format", "json");
        try (Sink sink = run.sink(true, "path", path("out"), "format", "json")) {
            run.write(sink, 10, 12);
        }
        assertEquals(json(0, 3), rows("out", "json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"other.json", "part-00000-abc.json", "day=1/a.json", "part-1.json"})
    void dataOfOthersIsNotReplaced(String name) throws IOException {
        Path other = directory.resolve("out").resolve(name);
        Files.createDirectories(other.getParent());
        Files.writeString(other, "{}\n");
        ConnectorException error =
                assertThrows(ConnectorException.class, () -> insert(true, 0, 1, "path", path("out"), "format", "json"));
        assertEquals(Kind.CONFIGURATION, error.kind());
        assertEquals(
                "'" + path("out") + "' is to hold the result of one query only, but has '" + name.split("/", -1)[0]
                        + "', which no query of this kind wrote; remove it or choose another directory",
                error.getMessage());
        assertTrue(Files.exists(other));
    }

    // ---- what killed runs leave

    @Test
    void leftoversOfKilledRunsGo() throws IOException {
        String part = "part-" + "a".repeat(16) + "-0.json";
        Path leftover = directory.resolve("out/_staging/" + part);
        Files.createDirectories(leftover.getParent());
        Files.writeString(leftover, "{\"id\":1}\n");
        Path foreign = Files.writeString(directory.resolve("out/_staging/note.txt"), "mine");
        long now = clock.wallMicros / 1_000;
        Files.setLastModifiedTime(leftover, FileTime.from(Instant.ofEpochMilli(now - 3_600_000)));
        insert(false, 0, 1, "path", path("out"), "format", "json");
        assertTrue(Files.exists(leftover), "another run may be writing it");
        Files.setLastModifiedTime(leftover, FileTime.from(Instant.ofEpochMilli(now - TimeUnit.DAYS.toMillis(1))));
        insert(false, 1, 2, "path", path("out"), "format", "json");
        assertFalse(Files.exists(leftover));
        Files.writeString(leftover, "{\"id\":1}\n");
        Files.setLastModifiedTime(leftover, FileTime.from(Instant.ofEpochMilli(now)));
        insert(true, 2, 3, "path", path("out"), "format", "json");
        assertFalse(Files.exists(leftover), "nobody else writes the only result");
        assertTrue(Files.exists(foreign));
        assertEquals(json(2, 3), rows("out", "json"));
    }

    @Test
    void linksOutOfTheDirectoryAreRefused() throws IOException {
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Path victim = Files.writeString(outside.resolve("part-" + "a".repeat(16) + "-0.json"), "keep");
        Files.createDirectories(directory.resolve("out"));
        Files.createSymbolicLink(directory.resolve("out/_staging"), outside);
        for (boolean replace : List.of(true, false)) {
            ConnectorException error = assertThrows(
                    ConnectorException.class, () -> insert(replace, 0, 1, "path", path("out"), "format", "json"));
            assertEquals(Kind.CONFIGURATION, error.kind());
            assertTrue(error.getMessage().contains("leads out of its directory"), error.getMessage());
        }
        assertTrue(Files.exists(victim));
        assertTrue(Files.isSymbolicLink(directory.resolve("out/_staging")));
    }

    @Test
    void aLinkToTheDirectoryItselfIsFollowed() throws IOException {
        Files.createDirectories(directory.resolve("real"));
        Files.createSymbolicLink(directory.resolve("out"), directory.resolve("real"));
        insert(true, 0, 2, "path", path("out"), "format", "json");
        assertEquals(json(0, 2), rows("real", "json"));
    }

    @Test
    void failuresSayWhatAndWhy() throws IOException {
        try (Sink sink = run.sink(false, "path", path("out"), "format", "json")) {
            run.write(sink, 0, 1);
            disk.failMove = "No space left on device";
            ConnectorException error = assertThrows(ConnectorException.class, sink::finish);
            assertEquals(Kind.IO, error.kind());
            assertEquals("cannot write '" + path("out") + "': No space left on device", error.getMessage());
        }
        assertEquals(List.of(), files());
    }
}
