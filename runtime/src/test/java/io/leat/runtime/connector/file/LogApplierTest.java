package io.leat.runtime.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.Connector.Writable;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.connector.DecidedEpoch;
import io.leat.runtime.connector.Drained;
import io.leat.runtime.connector.EpochApplier;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.connector.StagedSink;
import io.leat.runtime.connector.file.log.TableLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Epochs in the log of a table: each once, whatever is lost on the way and whoever tries; another past is refused. */
class LogApplierTest extends WrittenFiles {
    private final Writable writable = new FileConnector().writable().orElseThrow();
    /** Epochs that are decided, with their hashes. */
    private final Set<String> chain = new TreeSet<>();

    private SinkContext context(String... more) {
        String[] options = Stream.concat(
                        Stream.of(
                                "path",
                                path("out"),
                                "format",
                                "json",
                                "log",
                                "true",
                                "sink.rolling-policy.file-size",
                                "20 kb"),
                        Stream.of(more))
                .toArray(String[]::new);
        return new SinkContext(
                "t",
                ConnectorRun.options(writable.options(), options),
                ConnectorRun.ID_AND_NAME,
                false,
                List.of(),
                false,
                ZoneOffset.UTC,
                disk.platform(clock),
                run.allocator());
    }

    private StagedSink open(String job, long generation, long decided, String... more) {
        return writable.openStaged(
                        context(more), new StagedSink.Run(job, generation, decided, "t", 3, directory.resolve("spool")))
                .orElseThrow();
    }

    private List<StagedPart> stage(long generation, long epoch, int from, int to) {
        return stage("j", generation, epoch, from, to);
    }

    private List<StagedPart> stage(String job, long generation, long epoch, int from, int to, String... more) {
        try (StagedSink sink = open(job, generation, epoch - 1, more)) {
            run.write(sink, from, to);
            return sink.seal(epoch);
        }
    }

    private DecidedEpoch epoch(long epoch, String hash, boolean again, boolean shown) {
        return new DecidedEpoch("j", epoch, 1, hash, "", again, shown, (number, of) -> chain.contains(number + of));
    }

    private void apply(DecidedEpoch epoch, List<StagedPart> parts) {
        chain.add(epoch.epoch() + epoch.hash());
        try (EpochApplier applier = writable.openApplier(context(), "t").orElseThrow()) {
            applier.apply(epoch, parts);
        }
    }

    private String refused(DecidedEpoch epoch, List<StagedPart> parts) {
        return assertThrows(ConnectorException.class, () -> apply(epoch, parts)).getMessage();
    }

    private List<String> logged() {
        List<String> rows = new ArrayList<>();
        try (Source source = run.source("path", path("out"), "format", "json", "log", "true")) {
            for (Source.Partition partition : source.partitions()) {
                try (SourceReader reader = source.reader(partition)) {
                    rows.addAll(Drained.toEnd(reader, run.allocator()).records());
                }
            }
        }
        return rows;
    }

    private long version() {
        return TableLog.open(disk, directory.resolve("out")).orElseThrow().version();
    }

    private List<String> parts() throws IOException {
        return files().stream().filter(file -> file.matches("out/part-.*")).toList();
    }

    @Test
    void anEpochIsAnEntryHoweverManyFilesItHas() throws IOException {
        List<StagedPart> parts = stage(1, 1, 0, 2_000);
        assertTrue(parts.size() > 2, parts.toString());
        assertEquals(List.of(), parts());
        assertEquals(List.of(), logged());
        apply(epoch(1, "a", false, false), parts);
        assertEquals(1, version());
        assertEquals(json(0, 2_000), logged());
        assertEquals(parts.size(), parts().size());
        String name = parts().get(0);
        assertTrue(name.matches("out/part-j-0000000001-1-3-0\\.json"), name);
    }

    @Test
    void whatIsThereIsNotAddedAgain() throws IOException {
        List<StagedPart> parts = stage(1, 1, 0, 3);
        Path copy = Files.copy(parts.get(0).staged(), directory.resolve("copy"));
        apply(epoch(1, "a", false, false), parts);
        apply(epoch(1, "a", true, true), parts);
        apply(epoch(1, "a", true, false), parts);
        apply(epoch(2, "b", false, false), stage(1, 2, 3, 4));
        // A start that was left behind comes to its epoch.
        Files.move(copy, parts.get(0).staged());
        apply(epoch(1, "a", false, false), parts);
        apply(epoch(3, "c", true, false), List.of());
        assertEquals(json(0, 4), logged());
        assertEquals(2, version());
        assertFalse(Files.exists(parts.get(0).staged()));
    }

    @Test
    void aTryWhoseOutcomeIsUnknownIsFoundByTheNextOne() throws IOException {
        List<StagedPart> parts = stage(1, 1, 0, 2_000);
        disk.failBehindLink = "connection lost";
        assertTrue(refused(epoch(1, "a", false, false), parts).endsWith("connection lost"));
        assertEquals(json(0, 2_000), logged(), "the entry is there, and its files wait");
        assertEquals(List.of(), parts());
        apply(epoch(1, "a", true, false), parts);
        assertEquals(1, version());
        assertEquals(json(0, 2_000), logged());
        assertEquals(parts.size(), parts().size());
    }

    @Test
    void twoStartsThatShowOneEpochAddItOnce() throws IOException {
        List<StagedPart> parts = stage(1, 1, 0, 3);
        chain.add("1a");
        chain.add("2b");
        try (EpochApplier first = writable.openApplier(context(), "t").orElseThrow();
                EpochApplier second = writable.openApplier(context(), "t").orElseThrow()) {
            first.apply(epoch(1, "a", false, false), parts);
            second.apply(epoch(1, "a", false, false), parts);
            List<StagedPart> next = stage(2, 2, 3, 5);
            // The second one has read the log up to its first entry, and the number behind it is taken.
            first.apply(epoch(2, "b", false, false), next);
            second.apply(epoch(2, "b", false, false), next);
        }
        assertEquals(2, version());
        assertEquals(json(0, 5), logged());
    }

    @Test
    void entriesOfOthersComeBetween() {
        try (EpochApplier own = writable.openApplier(context(), "t").orElseThrow()) {
            chain.addAll(Set.of("1a", "2b"));
            own.apply(epoch(1, "a", false, false), stage(1, 1, 0, 2));
            insert(false, 2, 4, "path", path("out"), "format", "json", "log", "true");
            List<StagedPart> next = stage(1, 2, 4, 6);
            own.apply(epoch(2, "b", false, false), next);
        }
        assertEquals(3, version());
        assertEquals(json(0, 6), logged());
    }

    @Test
    void anotherPastIsRefused() {
        apply(epoch(1, "a", false, false), stage(1, 1, 0, 1));
        apply(epoch(2, "b", false, false), stage(1, 2, 1, 2));
        List<StagedPart> parts = stage(1, 3, 2, 3);
        String same = refused(epoch(2, "x", true, false), parts);
        assertTrue(
                same.contains("has epoch 2 with the hash b of job j, and the state directory has epoch 2, which has"
                        + " the hash x. Put back"),
                same);
        chain.remove("2b");
        String older = refused(epoch(1, "a", true, false), List.of());
        assertTrue(older.contains("epoch 1, which has another past"), older);
        assertTrue(refused(epoch(3, "c", false, false), parts).contains("which has another past"));
        chain.add("2b");
        apply(epoch(3, "c", false, false), parts);
        assertEquals(json(0, 3), logged());
    }

    @Test
    void anOlderCopyOfTheTableIsRefused() throws IOException {
        apply(epoch(1, "a", false, false), stage(1, 1, 0, 1));
        List<StagedPart> parts = stage(1, 2, 1, 2);
        apply(epoch(2, "b", false, false), parts);
        Files.delete(directory.resolve("out/_log/0000000002.json"));
        String older = refused(epoch(2, "b", true, true), parts);
        assertTrue(older.contains("which was added: it is an older copy of the table"), older);
        Files.delete(directory.resolve("out/_log/0000000001.json"));
        Files.delete(directory.resolve("out/_log/0000000000.json"));
        String gone = refused(epoch(2, "b", true, true), parts);
        assertTrue(
                gone.endsWith("has no log any more, and rows of epoch 2, which is decided, belong there: put it back"),
                gone);
    }

    @Test
    void filesThatAreLostOrDamagedAreInNoEntry() throws IOException {
        List<StagedPart> parts = stage(1, 1, 0, 3);
        Path file = parts.get(0).staged();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        Files.write(file, bytes);
        String damaged = refused(epoch(1, "a", true, false), parts);
        assertTrue(damaged.contains("is damaged: bytes 0 to " + bytes.length + " have the CRC32C "), damaged);
        Files.write(file, new byte[3]);
        assertTrue(refused(epoch(1, "a", false, false), parts).contains("has 3 bytes and not " + bytes.length));
        Files.delete(file);
        String gone = refused(epoch(1, "a", false, false), parts);
        assertTrue(gone.contains("with 3 rows of epoch 1, which is decided, is gone, and '" + file + "' too"), gone);
        assertEquals(0, version());
    }

    @Test
    void whoMayBeginIsSaid() {
        apply(epoch(1, "a", false, false), stage(1, 1, 0, 1));
        apply(epoch(2, "b", false, false), stage(1, 2, 1, 2));
        String other =
                assertThrows(ConnectorException.class, () -> open("k", 1, 0)).getMessage();
        assertTrue(other.contains("holds rows of another run, job j, and this one begins without state"), other);
        assertTrue(other.endsWith("or say 'log.append' = 'true' if it is another job"), other);
        String older =
                assertThrows(ConnectorException.class, () -> open("j", 2, 1)).getMessage();
        assertTrue(
                older.contains("has epoch 2 of this job, and 1 is the last one that the state directory knows"), older);
        open("k", 1, 0, "log.append", "true").close();
        open("k", 2, 5).close();
        open("j", 2, 2).close();
    }

    @Test
    void leftoversOfOlderStartsGo() throws IOException {
        StagedSink killed = open("j", 1, 0);
        run.write(killed, 0, 3);
        List<StagedPart> sealed = killed.seal(1);
        run.write(killed, 3, 6);
        Path growing = directory.resolve("out/_staging/part-j-0000000000-1-3-1.json");
        assertTrue(Files.exists(growing));
        open("j", 2, 0).close();
        assertFalse(Files.exists(sealed.get(0).staged()));
        assertFalse(Files.exists(growing));
        killed.close();
        assertEquals(List.of(), logged());
    }
}
