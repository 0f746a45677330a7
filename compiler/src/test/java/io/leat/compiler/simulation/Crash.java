package io.leat.compiler.simulation;

/** The end of a simulated process, as one of its threads meets it. */
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
        super("the process has ended", null, false, false);
    }
}
