package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.type.Schema;

/**
 * Takes the rows of queries that are printed, or rather shown to whoever runs the job. Results come one after another in the order of
 * their statements, from one thread at a time.
 */
public interface ResultReceiver {
    /**
     * The next result begins.
     *
     * @param schema of its rows; with changes the first column is {@code op}
     */
    void begin(String title, Schema schema);

    /** Rows of the result; the batch is lent. */
    void rows(Batch batch);

    /** No more rows will come soon: what is buffered should be shown. */
    void flush();

    /** The result is complete. */
    void end();

    /** Counts results away. */
    static ResultReceiver ignoring() {
        return new ResultReceiver() {
            @Override
            public void begin(String title, Schema schema) {
                // Nobody looks.
            }

            @Override
            public void rows(Batch batch) {
                // Nobody looks.
            }

            @Override
            public void flush() {
                // Nobody looks.
            }

            @Override
            public void end() {
                // Nobody looks.
            }
        };
    }
}
