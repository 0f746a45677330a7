package io.leat.compiler.engine;

import io.leat.runtime.platform.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes on by a step with each epoch, whoever waits for whom: with epochs as short as can be, with each step of a worker. */
final class EpochTicks implements Clock {
    /** 2026-06-01T12:00:00Z. */
    static final long START_MICROS = 1_780_315_200_000_000L;

    private final long stepMicros;
    private final AtomicLong micros;

    EpochTicks(long stepMicros) {
        this(START_MICROS, stepMicros);
    }

    EpochTicks(long startMicros, long stepMicros) {
        this.stepMicros = stepMicros;
        this.micros = new AtomicLong(startMicros);
    }

    /** Asked once when an epoch begins. */
    @Override
    public long wallMicros() {
        return micros.getAndAdd(stepMicros);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
