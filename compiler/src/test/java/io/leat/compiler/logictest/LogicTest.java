package io.leat.compiler.logictest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Queries of SQLite's logic tests give the answers of the files. A few of some files; {@code -Dlogic.minutes=30} asks all of them for so long,
 * from where {@code -Dlogic.from=file:query} says, and then says where to go on; {@code -Dlogic.every=100} asks one in so many.
 */
class LogicTest {
    private static final int MINUTES = Integer.getInteger("logic.minutes", 0);
    private static final String FROM = System.getProperty("logic.from", "0:0");
    private static final int EVERY = Integer.getInteger("logic.every", 1);

    /** One of so many files is in the sample. */
    private static final int FILES = 13;
    /** The queries of a file that are in the sample: those that are first, and some that are far behind. */
    private static final TreeSet<Integer> NUMBERS = new TreeSet<>(List.of(0, 7, 49, 343, 2401));

    private static final double MOST_REFUSED = 0.01;

    private final LogicTally tally = new LogicTally();

    @Test
    void answersAreThoseOfTheFiles() {
        if (MINUTES > 0) {
            runAll();
        } else {
            runSample();
        }
        System.out.println("LogicTest: " + tally.summary());
        assertTrue(tally.asked() > 0);
        assertEquals(List.of(), tally.failures());
        assertTrue(tally.refusals() <= MOST_REFUSED * tally.asked(), tally::summary);
    }

    private void runSample() {
        List<String> names = LogicFile.names();
        for (int i = 0; i < names.size(); i += FILES) {
            new LogicFileRun(names.get(i), tally).run(NUMBERS::contains, NUMBERS.last()::equals, () -> false);
        }
    }

    private void runAll() {
        List<String> names = LogicFile.names();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        String[] from = FROM.split(":");
        int begin = Integer.parseInt(from[1]);
        for (int i = Integer.parseInt(from[0]); i < names.size(); i++) {
            int first = begin;
            Optional<Integer> rest = new LogicFileRun(names.get(i), tally)
                    .run(
                            number -> number >= first && number % EVERY == 0,
                            number -> false,
                            () -> System.nanoTime() > end);
            if (rest.isPresent()) {
                System.out.println("LogicTest: go on with -Dlogic.from=" + i + ":" + rest.get());
                return;
            }
            begin = 0;
        }
        System.out.println("LogicTest: that was the last file");
    }
}
