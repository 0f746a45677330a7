package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Puts the results of queries that run side by side into the order of their statements: the first that is not complete goes through,
 * those behind it are kept until their turn. Safe from any thread.
 */
final class Results {
    /** Rows kept for later results; beyond it the job fails rather than filling the memory. */
    private static final long MAX_KEPT_ROWS = 50_000_000;

    private final ResultReceiver receiver;
    private final List<Result> results = new ArrayList<>();
    private int turn;
    private long keptRows;

    /** One result. */
    private static final class Result {
        private final String title;
        private final Schema schema;
        private final List<Batch> kept = new ArrayList<>();
        private boolean begun;
        private boolean ended;

        Result(String title, Schema schema) {
            this.title = title;
            this.schema = schema;
        }
    }

    Results(ResultReceiver receiver) {
        this.receiver = receiver;
    }

    /** Announces a result; the order of announcing is that of showing. Returns its number. */
    synchronized int announce(String title, Schema schema) {
        results.add(new Result(title, schema));
        return results.size() - 1;
    }

    synchronized void rows(int number, Batch batch) {
        Result result = results.get(number);
        if (number == turn) {
            begin(result);
            receiver.rows(batch);
            return;
        }
        keptRows += batch.rows();
        if (keptRows > MAX_KEPT_ROWS) {
            throw new IllegalStateException("more than " + MAX_KEPT_ROWS
                    + " rows wait for the result of an earlier query; write them to a table instead");
        }
        result.kept.add(batch.copy());
    }

    private void begin(Result result) {
        if (!result.begun) {
            result.begun = true;
            receiver.begin(result.title, result.schema);
        }
    }

    synchronized void flush(int number) {
        if (number == turn && results.get(number).begun) {
            receiver.flush();
        }
    }

    synchronized void end(int number) {
        results.get(number).ended = true;
        while (turn < results.size()) {
            Result result = results.get(turn);
            begin(result);
            show(result);
            if (!result.ended) {
                return;
            }
            receiver.end();
            turn++;
        }
    }

    private void show(Result result) {
        for (Batch batch : result.kept) {
            keptRows -= batch.rows();
            receiver.rows(batch);
            batch.close();
        }
        result.kept.clear();
    }

    /** Writes down which results were shown, and the rows that wait. */
    synchronized void save(BufferAllocator allocator, SectionWriter out) {
        out.entry();
        out.putInt(turn);
        for (Result result : results) {
            out.putByte(result.ended ? 1 : 0);
            out.putInt(result.kept.size());
            result.kept.forEach(batch -> SavedRows.write(batch, allocator, out));
        }
    }

    /** Goes on where an earlier run stood: what it had shown is not shown again. All results are announced. */
    synchronized void restore(BufferAllocator allocator, SectionReader in) {
        in.next();
        turn = in.getInt();
        for (Result result : results) {
            result.ended = in.getByte() != 0;
            for (int left = in.getInt(); left > 0; left--) {
                Batch batch = SavedRows.read(result.schema, allocator, in);
                keptRows += batch.rows();
                result.kept.add(batch);
            }
        }
    }

    /** Drops what was never shown. */
    synchronized void close() {
        for (Result result : results) {
            result.kept.forEach(Batch::close);
            result.kept.clear();
        }
    }
}
