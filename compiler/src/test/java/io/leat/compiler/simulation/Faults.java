package io.leat.compiler.simulation;

import io.leat.runtime.platform.Random;

/** What goes wrong by itself in a world, and how often. */
final class Faults {
    private final Random random;
    private final double syncs;
    private final double operations;
    private final double commits;
    private boolean diskFull;
    private boolean over;
    private long made;

    /**
     * @param syncs how likely a sync fails
     * @param operations how likely another operation of a disk fails
     * @param commits how likely a commit of a transaction has no answer
     */
    Faults(Random random, double syncs, double operations, double commits) {
        this.random = random;
        this.syncs = syncs;
        this.operations = operations;
        this.commits = commits;
    }

    /** Nothing goes wrong any more. */
    void end() {
        over = true;
        diskFull = false;
    }

    void diskFull(boolean full) {
        diskFull = full;
    }

    boolean isDiskFull() {
        return diskFull;
    }

    /** Whether a write finds no room. */
    boolean refusesBytes() {
        made += diskFull ? 1 : 0;
        return diskFull;
    }

    boolean failsSync() {
        return draw(syncs);
    }

    boolean failsOperation() {
        return draw(operations);
    }

    boolean losesAnswer() {
        return draw(commits);
    }

    private boolean draw(double chance) {
        boolean fails = !over && random.chance(chance);
        made += fails ? 1 : 0;
        return fails;
    }

    /** How often something went wrong. */
    long made() {
        return made;
    }

    /** For what else is drawn when something goes wrong. */
    Random random() {
        return random;
    }
}
