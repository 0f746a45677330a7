package io.leat.runtime.decode;

import java.util.Arrays;

/** Which members an object has had so far, by number. Not thread-safe. */
public final class MembersSeen {
    private long[] bits = new long[1];

    /** An object begins. */
    public void begin() {
        Arrays.fill(bits, 0);
    }

    /** Notes a member; true if the object has had it before. */
    public boolean twice(int member) {
        int word = member >> 6;
        if (word >= bits.length) {
            bits = Arrays.copyOf(bits, word + 1);
        }
        long bit = 1L << member;
        boolean before = (bits[word] & bit) != 0;
        bits[word] |= bit;
        return before;
    }
}
