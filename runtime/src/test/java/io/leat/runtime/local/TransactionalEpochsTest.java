package io.leat.runtime.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.DecidedEpoch;
import io.leat.runtime.connector.EpochApplier;
import io.leat.runtime.connector.EpochMark;
import io.leat.runtime.connector.EpochTransactions;
import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.connector.TestDisk;
import io.leat.runtime.epoch.StateException;
import io.leat.runtime.job.JobGraph;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.Pauses;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.job.Telling;
import io.leat.runtime.local.FakeTransactions.Broker;
import io.leat.runtime.local.FakeTransactions.Commit;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Epochs that a transaction decides: whatever becomes of a commit, the next start goes on from what is decided. */
class TransactionalEpochsTest {
    @TempDir
    Path folder;

    private static final SinkSpec SINK = new SinkSpec(
            SinkSpec.Kind.TABLE,
            "files",
            Optional.of("fake"),
            Map.of(),
            new Schema(List.of(Field.nullable("v", Type.BIGINT))),
            Telling.ROWS,
            Pauses.NONE,
            Optional.empty(),
            List.of(),
            false);
    private static final JobGraph GRAPH = new JobGraph(
            "test",
            "UTC",
            1,
            JobSettings.NONE,
            List.of(),
            List.of(SINK),
            List.of(),
            List.of(new JobGraph.PhaseSpec(List.of(new NodeSpec.Deliver(1, List.of(), 0, 0)))),
            Map.of());

    private final TestDisk disk = new TestDisk();
    /** Epochs that a table with staged files has shown, or shown again. */
    private final Set<Long> shown = new TreeSet<>();

    /** Epochs of which it has heard that it has no rows there. */
    private final Set<Long> quiet = new TreeSet<>();

    private final EpochApplier table = new EpochApplier() {
        @Override
        public void apply(DecidedEpoch epoch, List<StagedPart> parts) {
            parts.forEach(part -> shown.add(part.rows()));
            if (parts.isEmpty() && !epoch.again()) {
                quiet.add(epoch.epoch());
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };
    private final Broker broker = new Broker();
    /** Of the last start. */
    private FakeTransactions transactions;

    private DurableEpochs start(Path directory, Optional<EpochTransactions> in) {
        Appliers appliers = new Appliers(GRAPH, (sink, name) -> Optional.of(table));
        return DurableEpochs.open(disk.platform(), directory, 2, appliers, job -> in);
    }

    private DurableEpochs start() {
        transactions = new FakeTransactions(broker);
        return start(folder.resolve("state"), Optional.of(transactions));
    }

    private static SnapshotBuilder state(DurableEpochs epochs, long epoch) {
        SnapshotBuilder nothing =
                epochs.begin(new SavedNames(GRAPH), SavedQuery.of(GRAPH), 0, new EpochClock.Epoch(epoch, 0), true);
        nothing.end();
        return nothing;
    }

    /** Runs an epoch with one row, and a file of as many as its number. */
    private void epoch(DurableEpochs epochs) {
        long number = epochs.running();
        epochs.add(List.of(new StagedPart("files", folder.resolve("f"), Optional.empty(), number, 0, 0)));
        transactions.write("row " + number);
        epochs.end(state(epochs, number));
    }

    /** Runs so many epochs of a start. */
    private void epochs(int count) {
        try (DurableEpochs epochs = start()) {
            for (int i = 0; i < count; i++) {
                epoch(epochs);
            }
        }
    }

    private String refused() {
        return assertThrows(StateException.class, this::start).getMessage();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void aTableThatHasShownRowsHearsOfEpochsWithout() {
        try (DurableEpochs epochs = start()) {
            epochs.end(state(epochs, 1));
            epoch(epochs);
            epochs.end(state(epochs, 3));
        }
        assertEquals(Set.of(3L), quiet);
    }

    @Test
    void eachStartGoesOnBehindTheLast() {
        epochs(2);
        epochs(1);
        try (DurableEpochs epochs = start()) {
            assertEquals(3, epochs.decided());
            assertEquals(3, epochs.restored().orElseThrow().epoch());
        }
        assertEquals(List.of("row 1", "row 2", "row 3"), broker.rows);
        assertEquals(3, broker.decided.orElseThrow().epoch());
    }

    @ParameterizedTest
    @EnumSource(names = "DONE", mode = EnumSource.Mode.EXCLUDE)
    void aCommitOfUnknownOutcomeEndsTheStartAndTheNextOneFindsOut(Commit commit) {
        epochs(1);
        try (DurableEpochs epochs = start()) {
            broker.next = commit;
            assertThrows(ConnectorException.class, () -> epoch(epochs));
        }
        assertEquals(Set.of(1L), shown);
        assertFalse(Files.exists(folder.resolve("state/DEC/2")));

        boolean decided = commit == Commit.ANSWER_LOST;
        try (DurableEpochs epochs = start()) {
            assertEquals(decided ? 2 : 1, epochs.decided());
            assertEquals(epochs.decided(), epochs.restored().orElseThrow().epoch());
            assertEquals(decided, shown.contains(2L), "files are seen with the rows of their epoch");
            if (!decided) {
                epoch(epochs);
            }
        }
        assertEquals(Set.of(1L, 2L), shown);
        assertTrue(Files.exists(folder.resolve("state/DEC/2")));
        assertEquals(List.of("row 1", "row 2"), broker.rows);
    }

    @Test
    void aNewerStartFencesTheOlderOne() {
        disk.locksHold = false;
        try (DurableEpochs older = start()) {
            FakeTransactions ofOlder = transactions;
            epoch(older);
            try (DurableEpochs newer = start()) {
                assertEquals(1, newer.decided());
                ofOlder.write("row 2");
                StateException lost = assertThrows(StateException.class, () -> older.end(state(older, 2)));
                assertTrue(lost.getMessage().endsWith("another start of the job has taken over"), lost.getMessage());
                epoch(newer);
            }
        }
        assertEquals(List.of("row 1", "row 2"), broker.rows);
    }

    @Test
    void anOlderCopyOfTheStateIsRefused() throws IOException {
        epochs(1);
        copy(folder.resolve("state"), folder.resolve("copy"));
        epochs(2);
        String message = assertThrows(
                        StateException.class,
                        () -> start(folder.resolve("copy"), Optional.of(new FakeTransactions(broker))))
                .getMessage();
        assertTrue(message.contains("the state and a topic have diverged"), message);
        assertTrue(message.contains("has epoch 1 of start 1"), message);
        assertTrue(message.contains("decided there is epoch 3 of start 2"), message);
    }

    @Test
    void anotherPastIsRefused() {
        epochs(2);
        EpochMark mark = broker.decided.orElseThrow();
        broker.decided = Optional.of(new EpochMark(2, mark.generation(), "another", mark.parent()));
        assertTrue(refused().contains("diverged"));
        broker.decided = Optional.of(new EpochMark(3, mark.generation(), "next", "another"));
        assertTrue(
                refused().contains("decided there is epoch 3 of start 1 with the SHA-256 next, which follows another"));
        broker.decided = Optional.of(new EpochMark(1, mark.generation(), mark.parent(), ""));
        assertTrue(refused().contains("diverged"));
        broker.decided = Optional.of(mark);
        epochs(1);
    }

    @Test
    void decisionsThatAreGoneOrElsewhereAreRefused() {
        epochs(2);
        Optional<EpochMark> mark = broker.decided;
        broker.decided = Optional.empty();
        assertTrue(refused().contains("there is no decision any more"));
        broker.name = "another topic";
        assertTrue(refused()
                .contains("were decided in transactions of a topic, and now sinks write in those of another topic"));
        broker.name = "a topic";
        broker.decided = mark;
        epochs(1);
        String slots = assertThrows(StateException.class, () -> start(folder.resolve("state"), Optional.empty()))
                .getMessage();
        assertTrue(slots.contains("the epochs up to 3 were decided in transactions of a topic"), slots);
    }

    @Test
    void epochsDecidedBySlotsAreFollowedByOnesInTransactions() {
        try (DurableEpochs epochs = start(folder.resolve("state"), Optional.empty())) {
            epochs.end(state(epochs, 1));
        }
        epochs(1);
        assertEquals(List.of("row 2"), broker.rows);
        epochs(1);
    }

    @Test
    void aJobWithoutPastAsksWhetherItHadOne() {
        broker.known = true;
        assertThrows(ConnectorException.class, this::start);
        broker.known = false;
        epochs(1);
        broker.known = true;
        epochs(1);
    }
}
