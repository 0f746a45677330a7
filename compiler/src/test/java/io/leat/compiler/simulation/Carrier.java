package io.leat.compiler.simulation;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;

/** A thread of this JVM that runs one simulated thread after another. */
final class Carrier {
    private static final ConcurrentLinkedDeque<Carrier> IDLE = new ConcurrentLinkedDeque<>();

    private final Thread thread = new Thread(this::loop, "simulated");
    private volatile SimulatedThread next;

    private Carrier() {
        thread.setDaemon(true);
    }

    /** A thread that runs this one when it is its turn. The one that ended last is taken first, so that it is the same each time. */
    static Carrier of(SimulatedThread simulated) {
        Carrier carrier = IDLE.pollFirst();
        if (carrier == null) {
            carrier = new Carrier();
            carrier.thread.start();
        }
        carrier.next = simulated;
        return carrier;
    }

    Thread thread() {
        return thread;
    }

    private void loop() {
        while (true) {
            SimulatedThread simulated = next;
            if (simulated == null) {
                LockSupport.park(this);
                continue;
            }
            simulated.awaitTurn();
            simulated.run();
            next = null;
            IDLE.addFirst(this);
            simulated.end();
        }
    }
}
