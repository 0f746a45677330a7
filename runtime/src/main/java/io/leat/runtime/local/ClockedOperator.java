package io.leat.runtime.local;

import io.leat.runtime.pipeline.Operator;

/** An operator whose expressions may ask for the clock. */
interface ClockedOperator extends Operator {
    /** Sets what {@code now()} is from here on. */
    void now(long wallMicros);
}
