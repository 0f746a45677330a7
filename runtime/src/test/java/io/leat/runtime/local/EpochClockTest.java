package io.leat.runtime.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.local.EpochClock.Epoch;
import io.leat.runtime.platform.Clock;
import org.junit.jupiter.api.Test;

/** The time of epochs never goes back, whatever the clock of the machine does. */
class EpochClockTest {
    private static final long NOON = 1_780_315_200_000_000L;
    private static final long HOUR = 3_600_000_000L;

    private long wallMicros = NOON;

    private final Clock clock = new Clock() {
        @Override
        public long wallMicros() {
            return wallMicros;
        }

        @Override
        public long nanos() {
            return 0;
        }
    };

    private EpochClock epochs() {
        EpochClock epochs = new EpochClock(clock, 0);
        epochs.workers(1);
        return epochs;
    }

    @Test
    void aClockThatIsSetBackStandsUntilItHasCaughtUp() {
        EpochClock epochs = epochs();
        assertEquals(new Epoch(0, NOON), epochs.next());
        wallMicros = NOON - HOUR;
        assertEquals(new Epoch(1, NOON), epochs.next());
        wallMicros = NOON + 1;
        assertEquals(new Epoch(2, NOON + 1), epochs.next());
    }

    @Test
    void theNextRunBeginsWhereTheClockStoodAtTheEndOfTheLast() {
        wallMicros = NOON - HOUR;
        EpochClock epochs = new EpochClock(clock, 0);
        epochs.goOnBehind(new Epoch(41, NOON));
        epochs.workers(1);
        assertEquals(new Epoch(42, NOON), epochs.next());
        assertEquals(new Epoch(43, NOON), epochs.next());
        wallMicros = NOON + HOUR;
        assertEquals(new Epoch(44, NOON + HOUR), epochs.next());
    }
}
