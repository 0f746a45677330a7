package io.leat.runtime.connector;

/**
 * What a sink promises.
 *
 * @param guarantee if the job keeps its state
 * @param why what makes it so
 * @param withoutState how rows come if the job keeps nothing; empty if there is nothing to say
 */
public record Promise(Guarantee guarantee, String why, String withoutState) {
    /** Of a sink that hands rows on as they come. */
    public static final Promise AT_LEAST_ONCE = new Promise(
            Guarantee.AT_LEAST_ONCE,
            "rows are handed on as they come: those of the epoch in which a run is killed come again",
            "");
}
