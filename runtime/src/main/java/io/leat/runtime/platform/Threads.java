package io.leat.runtime.platform;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Threads of this JVM. */
public interface Threads {

    /** Starts a daemon thread; {@code stackBytes} of 0 means the default. */
    Thread start(String name, long stackBytes, Runnable body);

    /** Waits for at most {@code nanos}, less when {@link #wake} is called for this thread. May return early for no reason. */
    void park(long nanos);

    void wake(Thread thread);

    /** The thread that asks. */
    Thread current();

    /** Waits until the latch is open, whatever interrupts come. */
    void await(CountDownLatch latch);

    static Threads system() {
        return SystemThreads.INSTANCE;
    }

    /** The threads of this JVM. */
    enum SystemThreads implements Threads {
        INSTANCE;

        @Override
        public Thread start(String name, long stackBytes, Runnable body) {
            Thread thread = new Thread(null, body, name, stackBytes);
            thread.setDaemon(true);
            thread.start();
            return thread;
        }

        @Override
        public void park(long nanos) {
            LockSupport.parkNanos(nanos);
        }

        @Override
        public void wake(Thread thread) {
            LockSupport.unpark(thread);
        }

        @Override
        public Thread current() {
            return Thread.currentThread();
        }

        @Override
        public void await(CountDownLatch latch) {
            boolean interrupted = false;
            while (latch.getCount() > 0) {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
