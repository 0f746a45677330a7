package io.leat.compiler.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The engine on simulated machines: jobs are killed, lose the power, stand still and wake up, and meet errors, and show in the end what one run
 * shows that nobody disturbs. All follows from a seed.
 *
 * <p>{@code -Dsimulation.minutes=45 -Dsimulation.first=1000} goes on for so long from that seed on, and says how far it came.
 * {@code -Dsimulation.only=17} tells what happens in the life of one seed.
 */
class SimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final long MINUTES = Long.getLong("simulation.minutes", 0);
    private static final long ONLY = Long.getLong("simulation.only", 0);
    /** Lives of a run that is not said to be long. */
    private static final long LIVES = 120;
    /** One of so many lives is lived twice. */
    private static final long TWICE = 20;
    /** One of so many is told of in a long run. */
    private static final long TOLD = 2_000;
    /** Each mistake is noticed within so many lives. */
    private static final long MOST_LIVES_OF_A_MISTAKE = 500;

    @Test
    void whateverHappensTheRowsAreThoseOfAnUndisturbedRun() {
        if (ONLY != 0) {
            Life.End end = new Life(ONLY, Mutant.NONE, true).live();
            end.lines().forEach(System.out::println);
            assertEquals("", end.violation());
            return;
        }
        Tally all = new Tally();
        long begun = System.nanoTime();
        long seed = FIRST;
        for (; MINUTES == 0 ? seed < FIRST + LIVES : minutes(begun) < MINUTES; seed++) {
            Life.End end = live(seed);
            all.add(end);
            if (seed % TWICE == 0) {
                assertEquals(end.hash(), live(seed).hash(), "seed " + seed + " is not the same twice");
            }
            if (MINUTES > 0 && seed % TOLD == 0) {
                tell(seed, all);
            }
        }
        tell(seed - 1, all);
    }

    private static Life.End live(long seed) {
        try {
            Life.End end = new Life(seed, Mutant.NONE, false).live();
            assertEquals("", end.violation(), "seed " + seed);
            return end;
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    /** The next run may begin behind this seed. */
    private static void tell(long seed, Tally all) {
        System.out.println("seeds " + FIRST + " to " + seed + ": " + all);
    }

    private static long minutes(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).toMinutes();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aMistakeIsNoticed(Mutant mutant) {
        long seed = 1;
        String violation = "";
        while (violation.isEmpty() && seed <= MOST_LIVES_OF_A_MISTAKE) {
            violation = new Life(seed++, mutant, false).live().violation();
        }
        assertTrue(!violation.isEmpty(), mutant + " is not noticed");
        System.out.println(mutant + " is noticed by life " + (seed - 1) + ": " + violation);
    }
}
