package io.leat.runtime.epoch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.connector.TestDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two starts of a job at a state directory whose lock does not hold them off: one of them has its way. */
class StateRoomTest {
    @TempDir
    Path folder;

    private final TestDisk disk = new TestDisk();
    private StateDirectory older;
    private StateDirectory newer;

    @BeforeEach
    void open() {
        disk.locksHold = false;
        older = StateDirectory.open(StateIdentity.open(disk.platform(), folder), disk);
        newer = StateDirectory.open(StateIdentity.open(disk.platform(), folder), disk);
        assertEquals(older.job(), newer.job());
    }

    private static Preparation preparation(StateDirectory directory, Attempt attempt, String parent) {
        Path staged = Path.of("/a b/ä%\n_staging");
        StagedPart part = new StagedPart("t \"#2", staged, Optional.of(Path.of("/a b/c")), 1, 2, -3);
        byte[] state = {1, 2, 3};
        Fingerprints query = Fingerprints.of("", "", 1, "");
        SavedStates.Writing writing = directory.states().create(attempt, true);
        try {
            writing.out().write(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StateFile file = writing.complete();
        return new Preparation(directory.job(), attempt, parent, false, query, List.of(file), "", List.of(part));
    }

    private static Decision prepared(StateDirectory directory, Attempt attempt, String parent) {
        return new Decision(
                attempt,
                directory.prepare(preparation(directory, attempt, parent)).orElseThrow());
    }

    @Test
    void anOlderStartFindsNeitherItsRoomNorWhatItPrepared() {
        Attempt first = new Attempt(1, older.claim());
        Decision late = prepared(older, first, "");
        Attempt second = new Attempt(1, newer.claim());
        newer.fence(second.generation());

        assertFalse(older.decide(late));
        Attempt next = new Attempt(2, first.generation());
        assertEquals(Optional.empty(), older.prepare(preparation(older, next, late.hash())));
        assertEquals(Optional.empty(), newer.resolve());

        Decision decided = prepared(newer, second, "");
        assertTrue(newer.decide(decided));
        assertEquals(Optional.of(decided), older.resolve());
        newer.clean(1);
        assertEquals(Optional.of(decided), newer.resolve());
        assertFalse(Files.exists(folder.resolve("GEN/1.fenced")));
    }

    @Test
    void whoComesFirstHasTheSlot() {
        Decision one = prepared(older, new Attempt(1, older.claim()), "");
        Decision other = prepared(newer, new Attempt(1, newer.claim()), "");
        assertTrue(older.decide(one));
        assertFalse(newer.decide(other));
        assertEquals(Optional.of(one), newer.resolve());
        Preparation read = newer.verify(one);
        assertEquals(one.attempt(), read.attempt());
        assertEquals(Path.of("/a b/ä%\n_staging"), read.parts().get(0).staged());
        assertEquals("t \"#2", read.parts().get(0).sink());
        assertEquals(Optional.of(Path.of("/a b/c")), read.parts().get(0).target());
        assertEquals(-3, read.parts().get(0).checksum());
        assertEquals(3, read.states().get(0).bytes());
        newer.states().check(read.states().get(0)).finish();
    }

    /** As a sink asks that finds rows of a later epoch than the one it is to show. */
    @Test
    void saysWhichEpochsHaveThePastOfTheJob() {
        long generation = older.claim();
        Decision first = prepared(older, new Attempt(1, generation), "");
        assertTrue(older.decide(first));
        assertTrue(newer.isDecided(1, first.hash()));
        assertFalse(newer.isDecided(1, "another"));
        assertFalse(newer.isDecided(2, first.hash()));
        Decision last = first;
        for (long epoch = 2; epoch <= 4; epoch++) {
            last = prepared(older, new Attempt(epoch, generation), last.hash());
            assertTrue(older.decide(last));
        }
        older.clean(4);
        assertTrue(newer.isDecided(4, last.hash()));
        assertTrue(newer.isDecided(1, "cleaned up"));
        assertFalse(newer.isDecided(5, "not yet"));
    }

    @Test
    void nothingIsDecidedThatWasNotPrepared() {
        Attempt attempt = new Attempt(1, older.claim());
        assertFalse(older.decide(new Decision(attempt, "made up")));
        assertEquals(Optional.empty(), older.resolve());
    }

    @Test
    void everyStartHasAnotherGeneration() {
        Set<Long> claimed = IntStream.range(0, 50)
                .parallel()
                .mapToObj(i -> (i % 2 == 0 ? older : newer).claim())
                .collect(Collectors.toSet());
        assertEquals(50, claimed.size());
    }

    @Test
    void anEpochWithAnotherPastIsRefused() throws IOException {
        long generation = older.claim();
        Decision first = prepared(older, new Attempt(1, generation), "");
        assertTrue(older.decide(first));
        Decision second = prepared(older, new Attempt(2, generation), first.hash());
        assertTrue(older.decide(second));
        older.verify(second);

        Files.delete(folder.resolve("DEC/1"));
        assertTrue(newer.decide(prepared(newer, new Attempt(1, newer.claim()), "")));
        String message =
                assertThrows(StateException.class, () -> older.verify(second)).getMessage();
        assertTrue(message.contains("DEC/1' is damaged: its SHA-256 is "), message);
        assertTrue(message.contains(first.hash() + ", which epoch 2 follows"), message);
    }
}
