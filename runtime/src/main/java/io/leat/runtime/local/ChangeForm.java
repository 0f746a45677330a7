package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.state.Restorable;
import java.util.function.Consumer;

/** How weighted rows become a changelog: rows with their kind of change in front. One thread at a time. */
interface ChangeForm extends Restorable, AutoCloseable {
    /**
     * Takes weighted rows; the batch stays the caller's.
     *
     * @param receiver takes what can be told now; the batches it is given are lent for the call
     */
    void convert(Batch rows, Consumer<Batch> receiver);

    /**
     * No row that is final by this time changes any more.
     *
     * @param receiver as above
     */
    void passed(long watermark, Consumer<Batch> receiver);

    /** An epoch ends, or all rows have come: tells what was held back. */
    void flush(Consumer<Batch> receiver);

    @Override
    void close();
}
