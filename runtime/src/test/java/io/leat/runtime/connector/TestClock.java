package io.leat.runtime.connector;

import io.leat.runtime.platform.Clock;

/** A clock that stands still until it is moved, except that no two looks at the calendar show the same microsecond. */
public final class TestClock implements Clock {
    public long nanos = 1_000_000_000L;
    public long wallMicros = 1_767_225_600_000_000L;

    @Override
    public long wallMicros() {
        return wallMicros++;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    public void advanceMillis(long millis) {
        nanos += millis * 1_000_000;
        wallMicros += millis * 1_000;
    }
}
