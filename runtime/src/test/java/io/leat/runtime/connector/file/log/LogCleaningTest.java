package io.leat.runtime.connector.file.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of which entries are deleted, that a later file has: what they say stays the same for all who read and write them. */
class LogCleaningTest {
    private static final Set<String> CHANGES = Set.of("create", "sync", "move", "delete", "createDirectory", "link");
    private static final int MOST_ENTRIES = 2 * LogWriter.ALL_EVERY;

    @TempDir
    Path root;

    private final AtomicInteger reads = new AtomicInteger();
    /** Changes until the disk refuses one, and all that follow. */
    private int left = Integer.MAX_VALUE;

    private Disk disk() {
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    if (CHANGES.contains(method.getName()) && left-- <= 0) {
                        throw new IOException("crashed");
                    }
                    reads.addAndGet(method.getName().equals("read") ? 1 : 0);
                    try {
                        return method.invoke(Disk.system(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private LogWriter writer(String unique) {
        return LogWriter.begin(Disk.system(), root, unique + "0".repeat(14));
    }

    private TableLog open() {
        return TableLog.open(Disk.system(), root).orElseThrow();
    }

    private static EntryAuthor author(String job, long epoch) {
        return new EntryAuthor(job, "t", epoch, 1, "hash " + epoch);
    }

    private static LoggedFile file(String job, long epoch) {
        return LoggedFile.of("part-" + job + "-" + epoch + ".json", 1, 8, 7);
    }

    /** As a job does it: looks before it adds, and again when somebody else had the number. */
    private static void append(LogWriter writer, String job, long first, long last) {
        for (long epoch = first; epoch <= last; epoch++) {
            writer.log().toEnd();
            while (writer.log().last(job, "t").map(EntryAuthor::epoch).orElse(0L) < epoch) {
                writer.append(author(job, epoch), List.of(file(job, epoch)));
            }
        }
    }

    private static List<LoggedFile> files(String job, long first, long last) {
        List<LoggedFile> files = new ArrayList<>();
        for (long epoch = first; epoch <= last; epoch++) {
            files.add(file(job, epoch));
        }
        return files;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(TableLog.directory(root))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whoBeginsReadsAsManyEntriesAsStandBehindTheLastFileWithAll() throws IOException {
        append(writer("a"), "j", 1, 434);
        List<String> names = names();
        assertTrue(
                names.containsAll(List.of("0000000000.json", "0000000400.all.json", "0000000420.all.json")),
                names.toString());
        assertEquals("0000000401.json", names.get(2), names.toString());
        assertEquals(1 + 2 + 34, names.size(), names.toString());
        TableLog log = TableLog.open(disk(), root).orElseThrow();
        assertEquals(434, log.version());
        assertEquals(files("j", 1, 434), log.files());
        assertEquals(434, log.last("j", "t").orElseThrow().epoch());
        assertTrue(reads.get() < 40, reads + " files were read");
    }

    @Test
    void whoHasStoodStillGoesOnWithAllThatCameMeanwhile() {
        LogWriter writer = writer("a");
        append(writer, "j", 1, 3);
        TableLog follower = open();
        append(writer, "j", 4, 350);
        boolean found = false;
        for (int poll = 0; poll < 100 && !found; poll++) {
            found = follower.next();
        }
        assertTrue(found, "it waits for an entry that was deleted");
        follower.toEnd();
        assertEquals(files("j", 1, 350), follower.files());
        assertFalse(follower.next());
        append(writer, "j", 351, 351);
        assertTrue(follower.next());
        assertEquals(files("j", 1, 351), follower.files());
    }

    /** Its number is free again, and nobody else looks there. */
    @Test
    void whoHasStoodStillAddsNothingInThePast() {
        LogWriter asleep = writer("a");
        append(asleep, "j", 1, 3);
        TableLog follower = open();
        append(writer("b"), "k", 1, 350);
        assertFalse(asleep.append(author("j", 4), List.of(file("j", 4))), "nobody reads it there");
        assertTrue(Files.exists(LogNames.file(root, 4)), "its number was taken");
        assertTrue(follower.next());
        assertFalse(follower.names(file("j", 4).path()), "an entry that counts for nobody was read");
        append(asleep, "j", 4, 4);
        follower.toEnd();
        List<LoggedFile> expected = new ArrayList<>(files("j", 1, 3));
        expected.addAll(files("k", 1, 350));
        expected.addAll(files("j", 4, 4));
        assertEquals(expected, follower.files());
        assertEquals(expected, open().files());
        append(asleep, "j", 5, 250);
        assertFalse(Files.exists(LogNames.file(root, 4)), "it goes with the others");
    }

    @Test
    void whoHasStoodStillFindsWhatAnotherStartHasAddedForIt() {
        LogWriter asleep = writer("a");
        append(asleep, "j", 1, 3);
        append(writer("b"), "j", 4, 500);
        assertTrue(asleep.append(author("j", 4), List.of(file("j", 4))), "the other one has");
        assertEquals(files("j", 1, 500), asleep.log().files());
    }

    @Test
    void whateverChangeFailsNothingIsLost() throws IOException {
        LogWriter writer = writer("a");
        append(writer, "j", 1, MOST_ENTRIES + 19);
        Path copy = root.resolveSibling(root.getFileName() + "-copy");
        List<LoggedFile> expected = files("j", 1, MOST_ENTRIES + 21);
        int crashes = 0;
        boolean crashed = true;
        for (int changes = 0; crashed; changes++) {
            delete(copy);
            copy(root, copy);
            left = changes;
            Disk crashing = disk();
            try {
                append(LogWriter.begin(crashing, copy, "b".repeat(16)), "j", MOST_ENTRIES + 20, MOST_ENTRIES + 21);
            } catch (ConnectorException e) {
                assertTrue(e.getMessage().contains("crashed"), e.getMessage());
                crashes++;
            }
            crashed = left < 0;
            TableLog log = TableLog.open(Disk.system(), copy).orElseThrow();
            assertEquals(expected.subList(0, log.files().size()), log.files());
            append(LogWriter.begin(Disk.system(), copy, "c".repeat(16)), "j", log.version() + 1, MOST_ENTRIES + 21);
            assertEquals(
                    expected, TableLog.open(Disk.system(), copy).orElseThrow().files(), "crashed at change " + changes);
        }
        delete(copy);
        assertTrue(crashes > 30, crashes + " crashes");
    }

    @Test
    void thePastCanNotChange() throws IOException {
        LogWriter writer = writer("a");
        append(writer, "j", 1, 3);
        TableLog follower = open();
        append(writer, "j", 4, 250);
        List<LoggedFile> others = new ArrayList<>(files("k", 1, 1));
        others.addAll(files("j", 2, 240));
        Path all = LogNames.allFile(root, 240);
        Files.write(all, new AllEntries(240, List.of(), others).toBytes());
        String message = assertThrows(ConnectorException.class, follower::toEnd).getMessage();
        assertEquals("'" + all + "', of the log of a table, has not the files that were read before", message);
    }

    @Test
    void aLogThatOlderProgramsMayUseKeepsItsEntries() throws IOException {
        writer("a");
        Files.write(
                LogNames.file(root, 0),
                new LogText.Writer().put("table", new TableLog.Birth(1, "old")).toBytes());
        append(writer("b"), "j", 1, 450);
        assertEquals(1 + 450 + 22, names().size());
        assertEquals(files("j", 1, 450), open().files());
        Files.write(
                LogNames.file(root, 0),
                new LogText.Writer().put("table", new TableLog.Birth(3, "new")).toBytes());
        assertTrue(assertThrows(ConnectorException.class, this::open)
                .getMessage()
                .endsWith("the form is 3, and this program reads up to 2; another version of this program wrote it"));
    }

    @Test
    void runsWithoutStateAreForgotten() {
        LogWriter writer = writer("a");
        for (int run = 1; run <= 100; run++) {
            EntryAuthor author = new EntryAuthor("run" + run, "t", 1, 0, "");
            assertTrue(writer.append(author, List.of(file("run" + run, 1))));
        }
        append(writer, "j", 1, 1);
        assertEquals(
                List.of("j"), open().authors().stream().map(EntryAuthor::job).toList());
    }

    @Test
    void manyWritersAndReadersAtOnceAgree() throws Exception {
        int writers = 3;
        int entries = 250;
        writer("z");
        List<CompletableFuture<Void>> writing = IntStream.range(0, writers)
                .mapToObj(job -> CompletableFuture.runAsync(() -> append(writer("a" + job), "j" + job, 1, entries)))
                .toList();
        List<CompletableFuture<List<LoggedFile>>> reading = IntStream.range(0, 2)
                .mapToObj(reader -> CompletableFuture.supplyAsync(() -> follow(open(), writers * entries, reader)))
                .toList();
        for (CompletableFuture<Void> each : writing) {
            each.get(120, TimeUnit.SECONDS);
        }
        List<LoggedFile> all = open().files();
        assertEquals(writers * entries, all.size());
        assertEquals(writers * entries, Set.copyOf(all).size());
        for (int job = 0; job < writers; job++) {
            String prefix = "part-j" + job + "-";
            assertEquals(
                    files("j" + job, 1, entries),
                    all.stream().filter(file -> file.path().startsWith(prefix)).toList());
        }
        for (CompletableFuture<List<LoggedFile>> each : reading) {
            assertEquals(all, each.get(120, TimeUnit.SECONDS));
        }
        assertTrue(names().size() < 2 * MOST_ENTRIES, names().size() + " files");
    }

    /** One reader comes often, the other one now and then. */
    private static List<LoggedFile> follow(TableLog log, int files, int reader) {
        while (log.files().size() < files) {
            if (!log.next()) {
                try {
                    Thread.sleep(reader * 20L);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return List.copyOf(log.files());
    }

    @Test
    void theListOfManyFilesIsWrittenNowAndThenAndInTheEnd() throws IOException {
        LogWriter writer = writer("a");
        List<LoggedFile> many = files("j", 1, 5_000);
        assertTrue(writer.append(author("j", 1), many));
        writer.complete();
        assertEquals(5_000, listed());
        assertTrue(writer.append(author("j", 2), files("j", 5_001, 5_004)));
        writer.complete();
        assertEquals(5_000, listed(), "as soon as it lacks a thousandth");
        assertTrue(writer.append(author("j", 3), files("j", 5_005, 5_006)));
        writer.complete();
        assertEquals(5_006, listed());
        assertTrue(writer.append(author("j", 4), files("j", 5_007, 5_007)));
        writer.complete();
        assertEquals(5_006, listed());
        writer.completeList();
        assertEquals(5_007, listed());
    }

    private int listed() throws IOException {
        return Files.readAllLines(root.resolve("_files.csv")).size() - 1;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
