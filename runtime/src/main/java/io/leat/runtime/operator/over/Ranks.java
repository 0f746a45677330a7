package io.leat.runtime.operator.over;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.RankFunction;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.KeyedState;
import org.apache.arrow.memory.BufferAllocator;

/** Counts the places of the rows of a partition while a cursor walks along them. */
final class Ranks implements AutoCloseable {
    private final BytesResult last;
    private long number;
    private long rank;
    private long denseRank;

    Ranks(BufferAllocator allocator) {
        this.last = new BytesResult(allocator);
    }

    /** Starts with a partition. */
    void begin() {
        number = 0;
        rank = 0;
        denseRank = 0;
        last.clear();
    }

    /** The place of the row that the cursor is at, which comes behind those counted before. */
    long next(KeyedState.Cursor cursor, RankFunction function) {
        int length = PartitionRows.equalLength(cursor);
        number++;
        boolean equal =
                number > 1 && length == last.length() && Memory.equal(cursor.keyAddress(), last.address(), length);
        if (!equal) {
            rank = number;
            denseRank++;
            last.clear();
            last.append(cursor.keyAddress(), length);
        }
        return switch (function) {
            case ROW_NUMBER -> number;
            case RANK -> rank;
            case DENSE_RANK -> denseRank;
            case PERCENT_RANK, CUME_DIST -> throw new IllegalStateException(function + " is known at the end only");
        };
    }

    @Override
    public void close() {
        last.close();
    }
}
