package io.leat.runtime.connector;

/**
 * What the compiler must know of a sink.
 *
 * @param changes which kinds of change it takes
 * @param net whether it is given what has changed by the end of an epoch; otherwise every change
 */
public record SinkTraits(Changes changes, boolean net) {

    /** Kinds of change, each including those before it. */
    public enum Changes {
        /** New rows only. */
        APPEND,
        /** Rows that replace the one with the same key, and deletions by key. */
        UPSERT,
        /** Every change, with its kind beside it. */
        RETRACT
    }
}
