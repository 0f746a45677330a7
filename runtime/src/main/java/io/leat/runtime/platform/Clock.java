package io.leat.runtime.platform;

import java.time.Instant;

/** What time it is, twice: by the calendar, and for measuring how long things take. */
public interface Clock {
    /** Microseconds since 1970-01-01T00:00Z. May jump in either direction. */
    long wallMicros();

    /** Nanoseconds from an arbitrary start. Never runs backwards. */
    long nanos();

    static Clock system() {
        return SystemClock.INSTANCE;
    }

    /** The clock of this machine. */
    enum SystemClock implements Clock {
        INSTANCE;

        @Override
        public long wallMicros() {
            Instant now = Instant.now();
            return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000L), now.getNano() / 1_000);
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    }
}
