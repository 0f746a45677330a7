package io.leat.runtime.operator.join;

import io.leat.runtime.kernel.Hashing;
import io.leat.runtime.memory.Memory;
import java.util.Arrays;

/** The bytes of a key, to find answers by. One is filled again and again to look for others, which never change. */
final class LookupKey {
    private byte[] bytes;
    private int length;
    private int hash;

    /** A key to look with. */
    LookupKey() {
        this(new byte[Long.BYTES], 0, 0);
    }

    private LookupKey(byte[] bytes, int length, int hash) {
        this.bytes = bytes;
        this.length = length;
        this.hash = hash;
    }

    /** Takes the bytes of another key. */
    void set(long address, int newLength) {
        if (newLength > bytes.length) {
            bytes = new byte[Math.max(newLength, 2 * bytes.length)];
        }
        Memory.copy(address, bytes, 0, newLength);
        length = newLength;
        hash = Long.hashCode(Hashing.hashBytes(address, newLength));
    }

    /** The same key, to be kept. */
    LookupKey copy() {
        return new LookupKey(Arrays.copyOf(bytes, length), length, hash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LookupKey key
                && hash == key.hash
                && Arrays.equals(bytes, 0, length, key.bytes, 0, key.length);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
