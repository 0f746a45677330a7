package io.leat.runtime.connector;

/** How often the rows of a sink come if the job keeps its state, whatever happens to its runs. */
public enum Guarantee {
    /** Once. */
    EXACTLY_ONCE,
    /** Once, or again if the run is killed in whose epoch they came. */
    AT_LEAST_ONCE,
    /** Not at all: such a job is refused. */
    REFUSED
}
