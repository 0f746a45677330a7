package io.leat.runtime.batch;

/**
 * Where a kernel that may have no result puts an integer, date, time, timestamp or decimal of up to 18 digits. Generated code
 * owns one per call site.
 */
public final class LongResult {
    public long value;
}
