package io.leat.runtime.connector;

import io.leat.runtime.batch.Batch;

/**
 * An open sink of one job. One thread at a time; calls may block while the other side is slow.
 *
 * <p>Calling order: {@link #write} any number of times, {@link #endEpoch} at each epoch's end, {@link #finish} once when all rows
 * are written, {@link #close} always. A close without finish leaves what finished epochs made visible and drops the rest.
 */
public interface Sink extends AutoCloseable {

    /** Takes the rows; the batch stays the caller's. */
    void write(Batch batch);

    /** All rows so far must become visible in bounded time. */
    void endEpoch(long epoch);

    /** All rows become visible now. */
    void finish();

    /** What was done, for the closing report: e.g. {@code 3 rows in out/part-0.json}. */
    String summary();

    @Override
    void close();
}
