package io.leat.runtime.operator;

import io.leat.runtime.pipeline.Operator;

/** An operator whose expressions may ask for the clock. */
public interface ClockedOperator extends Operator {
    /** Sets what {@code now()} is from here on. */
    void now(long wallMicros);
}
