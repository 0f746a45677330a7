package io.leat.compiler.simulation;

import io.leat.runtime.platform.Clock;

/** Time that passes when something is done, or when all wait. The time of the calendar may jump. */
final class SimulatedClock implements Clock {
    /** 2026-06-01T12:00:00Z. */
    private static final long START_MICROS = 1_780_315_200_000_000L;

    private long nanos;
    private long jumpedMicros;

    /** Time passes. */
    void pass(long more) {
        nanos += more;
    }

    /** It is at least so late now. */
    void reach(long moment) {
        nanos = Math.max(nanos, moment);
    }

    /** The time of the calendar is set, forward or back. */
    void jump(long micros) {
        jumpedMicros += micros;
    }

    @Override
    public long wallMicros() {
        return START_MICROS + jumpedMicros + nanos / 1_000;
    }

    @Override
    public long nanos() {
        return nanos;
    }
}
