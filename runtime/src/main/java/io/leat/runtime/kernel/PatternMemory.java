package io.leat.runtime.kernel;

import io.leat.runtime.memory.Memory;
import java.nio.charset.StandardCharsets;

/** The pattern that a call site last compiled, to tell whether the next row has the same. Not thread-safe. */
final class PatternMemory {
    private static final int WORD = 8;

    /** The bytes, with room to read a whole word at the last one. */
    private byte[] bytes = new byte[WORD];
    /** Negative as long as there is no pattern. */
    private int length = -1;

    boolean isSame(long address, int otherLength) {
        if (otherLength != length) {
            return false;
        }
        int done = 0;
        for (; done + WORD <= otherLength; done += WORD) {
            if (Memory.getLong(address + done) != Memory.getLong(bytes, done)) {
                return false;
            }
        }
        for (; done < otherLength; done++) {
            if (Memory.getByte(address + done) != bytes[done]) {
                return false;
            }
        }
        return true;
    }

    /** Keeps a pattern, once it has compiled. */
    void keep(long address, int newLength) {
        byte[] kept = new byte[newLength + WORD];
        Memory.copy(address, kept, 0, newLength);
        bytes = kept;
        length = newLength;
    }

    /** The pattern kept. */
    String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    static String text(long address, int length) {
        return new String(Memory.toArray(address, length), StandardCharsets.UTF_8);
    }
}
