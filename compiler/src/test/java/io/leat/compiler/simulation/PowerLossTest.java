package io.leat.compiler.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.epoch.Attempt;
import io.leat.runtime.epoch.Decision;
import io.leat.runtime.epoch.Fingerprints;
import io.leat.runtime.epoch.Preparation;
import io.leat.runtime.epoch.StateDirectory;
import io.leat.runtime.epoch.StateIdentity;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Platform;
import io.leat.runtime.platform.Random;
import io.leat.runtime.platform.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State directories when the power goes, at the moments that the simulation found. */
class PowerLossTest {
    private static final Path STATE = Path.of("/data/jobs/state");

    private final SimulatedDisk disk = new SimulatedDisk();

    private StateDirectory open(Disk of) {
        Platform platform = new Platform(new SimulatedClock(), of, Threads.system());
        return StateDirectory.open(StateIdentity.open(platform, STATE), of);
    }

    private static Decision prepare(StateDirectory directory) {
        Attempt attempt = new Attempt(1, directory.claim());
        Preparation preparation = new Preparation(
                directory.job(), attempt, "", false, Fingerprints.of("", "", 1, ""), List.of(), "", List.of());
        return new Decision(attempt, directory.prepare(preparation).orElseThrow());
    }

    /** The path to the state was new, too. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsDecidedIsThere(long seed) {
        Decision decision;
        String job;
        try (StateDirectory directory = open(disk)) {
            decision = prepare(directory);
            assertTrue(directory.decide(decision));
            job = directory.job();
        }
        disk.losePower(new Random(seed));
        try (StateDirectory directory = open(disk)) {
            assertEquals(job, directory.job());
            assertEquals(Optional.of(decision), directory.resolve());
        }
    }

    /** A start ends between a decision and its sync, and the next one relies on it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aDecisionThatTheNextStartFoundIsNotUndone(long seed) throws IOException {
        Decision decision;
        try (StateDirectory directory = open(disk)) {
            decision = prepare(directory);
            disk.link(STATE.resolve("GEN/1/1"), STATE.resolve("DEC/1"));
        }
        try (StateDirectory directory = open(disk)) {
            assertEquals(Optional.of(decision), directory.resolve());
        }
        disk.losePower(new Random(seed));
        try (StateDirectory directory = open(disk)) {
            assertEquals(Optional.of(decision), directory.resolve());
        }
    }
}
