package io.leat.runtime.batch;

/** Where a kernel that yields a wide decimal puts its unscaled value. Generated code owns one per call site. */
public final class Int128Result {
    public long high;
    public long low;

    public void set(long newHigh, long newLow) {
        high = newHigh;
        low = newLow;
    }

    public void set(long value) {
        high = value >> 63;
        low = value;
    }
}
