package io.leat.compiler.bind;

/** Where sources end whose rows come one after another. */
public enum StreamEnd {
    /** Where they say so themselves, or never. */
    OF_SOURCE,
    /** At what exists when the job starts. */
    NOW,
    /** Nowhere: a run that has read everything is gone on with by another, when there is more. */
    NONE
}
