package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.RowCount;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.connector.StagedSink;
import java.util.List;

/** Where the rows of a statement end up: a sink, a table in memory, or a printed result. One thread at a time. */
interface Delivery {
    /** Takes the rows; the batch stays the caller's. */
    void rows(Batch batch);

    /** All rows so far should be seen in bounded time. */
    void endEpoch(long epoch);

    /** The job stops here, to go on later: all rows so far are there now. */
    void pause();

    /** Completes the rows of an epoch that are seen when it is decided: these files. Empty where rows are seen at once. */
    default List<StagedPart> seal(long epoch) {
        return List.of();
    }

    /** All rows were given. */
    void finish();

    /** One line for the closing report; empty if there is nothing to say. */
    String summary();

    /** Frees what is held; without {@link #finish} before, what is not visible yet is dropped. */
    void close();

    static Delivery toSink(Sink sink) {
        return new SinkDelivery(sink);
    }

    /** Rows that wait until their epoch is decided. */
    static Delivery toStaged(StagedSink sink) {
        return new SinkDelivery(sink) {
            @Override
            public List<StagedPart> seal(long epoch) {
                return sink.seal(epoch);
            }

            @Override
            public void pause() {
                // What was sealed is there.
            }
        };
    }

    static Delivery toMemory(MemoryTables tables, String table, int statement) {
        return new Delivery() {
            private long count;

            @Override
            public void rows(Batch batch) {
                count += batch.rows();
                tables.add(table, statement, batch.copy());
            }

            @Override
            public void endEpoch(long epoch) {
                // Rows are there at once.
            }

            @Override
            public void pause() {
                // Rows are there at once, and kept with the job.
            }

            @Override
            public void finish() {
                // Rows are there at once.
            }

            @Override
            public String summary() {
                return RowCount.text(count) + " in memory";
            }

            @Override
            public void close() {
                // The job owns its tables.
            }
        };
    }

    static Delivery toResult(Results results, int number) {
        return new Delivery() {
            @Override
            public void rows(Batch batch) {
                results.rows(number, batch);
            }

            @Override
            public void endEpoch(long epoch) {
                results.flush(number);
            }

            @Override
            public void pause() {
                results.flush(number);
            }

            @Override
            public void finish() {
                results.end(number);
            }

            @Override
            public String summary() {
                return "";
            }

            @Override
            public void close() {
                // What was not shown is dropped with the results.
            }
        };
    }
}
