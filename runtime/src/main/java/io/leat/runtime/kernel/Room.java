package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.kernel.RowError.Reason;
import io.leat.runtime.memory.Memory;

/** Room in results: a value past the engine's limit of 16 MiB is an error of the row. */
final class Room {
    private static final int MAX_BYTES = 16 << 20;
    private static final int SHORT_BYTES = 64;

    private Room() {}

    static long reserve(BytesResult result, long bytes) {
        if (bytes > MAX_BYTES) {
            throw new RowError(Reason.TOO_LARGE, "a value of " + bytes + " bytes passes the limit of " + MAX_BYTES);
        }
        return result.reserve((int) bytes);
    }

    /** Copies bytes and answers the address behind them. */
    static long copy(long from, long to, long bytes) {
        if (bytes <= SHORT_BYTES) {
            Memory.copyShort(from, to, (int) bytes);
        } else {
            Memory.copy(from, to, bytes);
        }
        return to + bytes;
    }
}
