package io.leat.runtime.batch;

/** Where a kernel that may have no result puts a DOUBLE, or a REAL widened to one. Generated code owns one per call site. */
public final class DoubleResult {
    public double value;
}
