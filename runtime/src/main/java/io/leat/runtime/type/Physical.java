package io.leat.runtime.type;

/** The machine form of a value: what a local variable holds and how many bytes a fixed-width slot of it takes. */
public enum Physical {
    /** A {@code boolean}; one bit in a batch, one byte in state. */
    BOOL(1),
    /** An {@code int} from -128 to 127. */
    INT8(1),
    /** An {@code int} of 16 bits. */
    INT16(2),
    INT32(4),
    INT64(8),
    FLOAT32(4),
    FLOAT64(8),
    /** Two {@code long}: high and low half of a two's complement number, low half first in memory. */
    INT128(16),
    /** A {@code long} address and an {@code int} length: bytes that stay where they are for as long as the row is worked on. */
    BYTES(8),
    /** No value of its own: present or not; its fields are values beside it. */
    ROW(0);

    private final int width;

    Physical(int width) {
        this.width = width;
    }

    /** Bytes of a fixed-width slot. For {@link #BYTES} the slot holds an offset and a length of four bytes each. */
    public int width() {
        return width;
    }
}
