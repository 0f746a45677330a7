package io.leat.compiler.simulation;

/** What happened in lives, in numbers. */
final class Tally {
    long lives;
    long epochs;
    long starts;
    long kills;
    long powerLosses;
    long zombies;
    long failures;
    long events;
    /** Of all that happened, in order. */
    long hash;

    /** Adds those of a life that has ended. */
    void add(Life.End end) {
        Tally other = end.tally();
        lives++;
        hash = 31 * hash + end.hash();
        epochs += other.epochs;
        starts += other.starts;
        kills += other.kills;
        powerLosses += other.powerLosses;
        zombies += other.zombies;
        failures += other.failures;
        events += other.events;
    }

    @Override
    public String toString() {
        return lives + " lives, " + epochs + " epochs, " + starts + " starts, of which " + kills + " killed, "
                + powerLosses + " lost the power, " + zombies + " woke up later, " + failures + " failed by errors; "
                + events + " events, hash " + Long.toHexString(hash);
    }
}
