package io.leat.compiler.engine;

import io.leat.runtime.platform.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes on by a step each time it is looked at, so that how many epochs a job has depends on its work alone. */
final class TickingClock implements Clock {
    /** 2026-06-01T12:00:00Z. */
    private static final long START_MICROS = 1_780_315_200_000_000L;

    private final long stepNanos;
    private final AtomicLong nanos = new AtomicLong();

    TickingClock(long stepNanos) {
        this.stepNanos = stepNanos;
    }

    @Override
    public long wallMicros() {
        return START_MICROS + nanos.get() / 1_000;
    }

    @Override
    public long nanos() {
        return nanos.addAndGet(stepNanos);
    }
}
