package io.leat.runtime.kernel;

import io.leat.runtime.memory.Memory;

/** The spaces around a value that stands as text; only the ASCII space counts. */
final class Blanks {
    private Blanks() {}

    /** The address of the first byte that is no space, or {@code end}. */
    static long skip(long address, long end) {
        long at = address;
        while (at < end && Memory.getByte(at) == ' ') {
            at++;
        }
        return at;
    }

    /** The address behind the last byte that is no space, or {@code start}. */
    static long trim(long start, long end) {
        long at = end;
        while (at > start && Memory.getByte(at - 1) == ' ') {
            at--;
        }
        return at;
    }
}
