package io.leat.compiler.simulation;

import io.leat.runtime.platform.Platform;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A process on a simulated machine. When it is killed, its threads meet a {@link Crash} or an error of the disk where they stand; whatever they do
 * on their way out has no effect on anything.
 */
final class SimulatedProcess {
    private final World world;
    private final List<Closeable> locks = new ArrayList<>();
    private boolean dead;
    private boolean stalled;
    private boolean syncFailed;
    private final Platform platform;

    SimulatedProcess(World world) {
        this.world = world;
        this.platform =
                new Platform(world.clock(), new FaultyDisk(this, world), new SimulatedThreads(this, world.scheduler()));
    }

    Platform platform() {
        return platform;
    }

    /** Its threads end as they go on. */
    void kill() {
        dead = true;
        stalled = false;
        losesLocks();
    }

    boolean isDead() {
        return dead;
    }

    /** It stands still, as a machine that is paused does, and may go on later. */
    void stall(boolean value) {
        stalled = value;
    }

    boolean isStalled() {
        return stalled;
    }

    /** What it has locked is free, and it does not know. */
    void losesLocks() {
        for (Closeable lock : locks) {
            try {
                lock.close();
            } catch (IOException e) {
                throw new IllegalStateException("a lock in memory", e);
            }
        }
        locks.clear();
    }

    void locked(Closeable lock) {
        locks.add(lock);
    }

    void syncFailed() {
        syncFailed = true;
    }

    /** Before it decides an epoch: after a sync that failed, nobody may rely on the disk. */
    void decides(long epoch) {
        if (syncFailed) {
            world.decisions().violate("epoch " + epoch + " is decided by a process that saw a sync fail");
        }
    }

    /**
     * Before each thing that it does to a disk: time passes, others may go on, it may end.
     *
     * @throws IOException if it has ended: what it does on its way out is in vain
     */
    void point() throws IOException {
        if (!dead) {
            world.scheduler().point();
        }
        if (dead) {
            throw new IOException("the process has ended");
        }
    }

    /** The same before each thing that it does to a broker. */
    void pointOfBroker() {
        if (!dead) {
            world.scheduler().point();
        }
        if (dead) {
            throw new Crash();
        }
    }

    void park(long nanos) {
        world.scheduler().park(nanos);
        if (dead && world.scheduler().running().strike()) {
            throw new Crash();
        }
    }
}
