package io.leat.runtime.platform;

/** The machine a job runs on, or a simulation of one. */
public record Platform(Clock clock, Disk disk, Threads threads) {

    /** This machine. */
    public static Platform system() {
        return new Platform(Clock.system(), Disk.system(), Threads.system());
    }
}
