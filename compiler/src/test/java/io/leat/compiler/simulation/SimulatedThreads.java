package io.leat.compiler.simulation;

import io.leat.runtime.platform.Threads;
import java.util.concurrent.CountDownLatch;

/** The threads of a simulated process. */
record SimulatedThreads(SimulatedProcess process, Scheduler scheduler) implements Threads {

    @Override
    public Thread start(String name, long stackBytes, Runnable body) {
        return scheduler.start(process, body).thread();
    }

    @Override
    public void park(long nanos) {
        process.park(nanos);
    }

    @Override
    public void wake(Thread thread) {
        scheduler.wake(thread);
    }

    @Override
    public Thread current() {
        return scheduler.running().thread();
    }

    @Override
    public void await(CountDownLatch latch) {
        scheduler.await(latch);
    }
}
