package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;

/** What travels through a channel. The receiver of rows owns their batch. */
sealed interface Message {
    /**
     * @param lane the source partition that the rows come from
     */
    record Rows(Batch batch, int lane) implements Message {}

    record Watermark(long time) implements Message {}

    /** The epoch ends here: what comes before it belongs to it, what comes behind it does not. */
    record EpochEnd(long epoch) implements Message {}

    /** Nothing comes any more, whatever the watermark says. */
    record Closed() implements Message {}
}
