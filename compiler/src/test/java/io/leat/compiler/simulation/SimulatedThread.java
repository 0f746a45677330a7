package io.leat.compiler.simulation;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** A thread of a simulated process. It runs when it is its turn, and up to the next point where it gives its turn away. */
final class SimulatedThread {
    private static final long READY = Long.MIN_VALUE;

    private final Scheduler scheduler;
    private final SimulatedProcess process;
    private final Runnable body;
    private final Carrier carrier;
    private volatile boolean turn;

    /** When a park is over; {@link #READY} if it does not park. */
    private long parkedUntil = READY;

    private boolean woken;
    /** What it waits for; null for nothing. */
    private CountDownLatch awaited;

    private boolean struck;

    SimulatedThread(Scheduler scheduler, SimulatedProcess process, Runnable body) {
        this.scheduler = scheduler;
        this.process = process;
        this.body = body;
        this.carrier = Carrier.of(this);
    }

    SimulatedProcess process() {
        return process;
    }

    Thread thread() {
        return carrier.thread();
    }

    // ---- its own doings

    void run() {
        body.run();
    }

    void awaitTurn() {
        while (!turn) {
            LockSupport.park(this);
        }
        turn = false;
    }

    void end() {
        scheduler.ended(this);
    }

    /** True once, when its process has ended. */
    boolean strike() {
        boolean first = !struck;
        struck = true;
        return first;
    }

    void parksUntil(long nanos) {
        parkedUntil = woken ? READY : nanos;
        woken = false;
    }

    void waitsFor(CountDownLatch latch) {
        awaited = latch;
    }

    // ---- of whoever has the turn

    void give() {
        turn = true;
        LockSupport.unpark(carrier.thread());
    }

    void wake() {
        if (parkedUntil == READY) {
            woken = true;
        } else {
            parkedUntil = READY;
        }
    }

    /** Whether it could go on now. */
    boolean isReady(long now) {
        if (process.isStalled()) {
            return false;
        }
        if (awaited != null) {
            return awaited.getCount() == 0;
        }
        return parkedUntil <= now || process.isDead();
    }

    /** When it can go on without anybody's help; {@link Long#MAX_VALUE} for never. */
    long readyAt() {
        return awaited != null || process.isStalled() ? Long.MAX_VALUE : parkedUntil;
    }

    /** It goes on. */
    void goesOn() {
        parkedUntil = READY;
        awaited = null;
    }
}
