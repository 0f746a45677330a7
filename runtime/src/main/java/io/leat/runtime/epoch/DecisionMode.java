package io.leat.runtime.epoch;

/** What makes an epoch decided, for every reader at the same moment. */
public enum DecisionMode {
    /** A slot for each epoch, which whoever comes first takes. Every sink can be given what was prepared again. */
    SLOT,
    /** A record in the transaction that the rows of the epoch are in: the broker decides both. */
    TRANSACTION
}
