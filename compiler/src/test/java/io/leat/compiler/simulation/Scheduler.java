package io.leat.compiler.simulation;

import io.leat.runtime.platform.Random;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets one thread run at a time: who goes on at each point is drawn from a seed, and points are all there is to draw at. What leads the
 * simulation has a turn of its own, after as many points as it likes.
 */
final class Scheduler {
    private static final int MAX_POINT_NANOS = 200_000;
    /** Longer than anything takes between two points. */
    private static final int PATIENCE_SECONDS = 300;

    private final SimulatedClock clock;
    private final Random random;
    private final Trace trace;
    private final double switching;
    private final Thread leader = Thread.currentThread();
    private final List<SimulatedThread> threads = new ArrayList<>();
    private final List<SimulatedThread> ready = new ArrayList<>();
    private SimulatedThread running;
    private long pointsLeft;
    private volatile boolean leads = true;

    /**
     * @param switching how likely another thread goes on at a point
     */
    Scheduler(SimulatedClock clock, Random random, Trace trace, double switching) {
        this.clock = clock;
        this.random = random;
        this.trace = trace;
        this.switching = switching;
    }

    // ---- for the leader

    /** Lets threads go on up to so many points, or until none can. */
    void run(long points) {
        pointsLeft = points;
        SimulatedThread next = choose(null);
        if (next != null) {
            leads = false;
            give(next);
            awaitTurn();
        }
    }

    private void awaitTurn() {
        for (int seconds = 0; !leads; seconds++) {
            if (seconds > PATIENCE_SECONDS) {
                throw new IllegalStateException("a simulated thread keeps its turn: "
                        + Arrays.toString(running.thread().getStackTrace()));
            }
            LockSupport.parkNanos(this, TimeUnit.SECONDS.toNanos(1));
        }
    }

    /** Whether any thread of a process has not ended. */
    boolean isAlive(SimulatedProcess process) {
        return threads.stream().anyMatch(thread -> thread.process() == process);
    }

    // ---- for whoever has the turn

    SimulatedThread start(SimulatedProcess process, Runnable body) {
        SimulatedThread thread = new SimulatedThread(this, process, body);
        threads.add(thread);
        return thread;
    }

    SimulatedThread running() {
        return running;
    }

    void wake(Thread thread) {
        for (SimulatedThread each : threads) {
            if (each.thread() == thread && each.process() == running.process()) {
                each.wake();
            }
        }
    }

    /** Others may go on here. */
    void point() {
        clock.pass(1 + random.nextInt(MAX_POINT_NANOS));
        pointsLeft--;
        pass(pointsLeft <= 0 ? null : choose(running));
    }

    void park(long nanos) {
        running.parksUntil(clock.nanos() + nanos);
        point();
    }

    void await(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            running.waitsFor(latch);
            pass(choose(null));
        }
    }

    void ended(SimulatedThread thread) {
        threads.remove(thread);
        give(pointsLeft <= 0 ? null : choose(null));
    }

    private void pass(SimulatedThread next) {
        SimulatedThread self = running;
        if (next != self) {
            give(next);
            self.awaitTurn();
        }
    }

    /** The leader has the next turn if there is nobody else. */
    private void give(SimulatedThread next) {
        running = next;
        if (next == null) {
            leads = true;
            LockSupport.unpark(leader);
        } else {
            next.give();
        }
    }

    /** Who goes on; null if nobody can without help. When all wait for a moment, it comes. */
    private SimulatedThread choose(SimulatedThread self) {
        if (self != null && self.isReady(clock.nanos()) && !random.chance(switching)) {
            self.goesOn();
            return self;
        }
        findReady();
        if (ready.isEmpty()) {
            long next =
                    threads.stream().mapToLong(SimulatedThread::readyAt).min().orElse(Long.MAX_VALUE);
            if (next == Long.MAX_VALUE) {
                return null;
            }
            clock.reach(next);
            findReady();
        }
        SimulatedThread chosen = ready.get(ready.size() == 1 ? 0 : random.nextInt(ready.size()));
        if (chosen != self) {
            trace.note(Trace.Event.TURN, threads.indexOf(chosen));
        }
        chosen.goesOn();
        return chosen;
    }

    private void findReady() {
        ready.clear();
        for (SimulatedThread each : threads) {
            if (each.isReady(clock.nanos())) {
                ready.add(each);
            }
        }
    }
}
