package io.leat.compiler.function;

import io.leat.runtime.type.Type;
import java.util.List;
import java.util.Optional;

/**
 * An aggregate over a group as a plan sees it and as generated code keeps it: one overload, with types settled.
 *
 * @param name as printed in plans
 * @param accumulator simple name of the class in the runtime's {@code kernel} package with its {@code add}, {@code merge} and
 *     {@code result}
 * @param argument the type that its argument must have; empty for {@code COUNT(*)}
 * @param state the fields that it keeps per group
 * @param settings numbers passed to its {@code result}
 * @param result the type that it yields
 * @param nullable whether it is NULL over no rows
 * @param orderSensitive whether its result depends on the order of rows, if only in the last bits
 * @param canFail whether its result may be out of range
 * @param keepsValues whether it takes a value back by looking at those that are left; otherwise by subtracting it
 */
public record AggregateFunction(
        String name,
        String accumulator,
        Optional<Type> argument,
        List<StateField> state,
        List<Integer> settings,
        Type result,
        boolean nullable,
        boolean orderSensitive,
        boolean canFail,
        boolean keepsValues) {
    public AggregateFunction {
        state = List.copyOf(state);
        settings = List.copyOf(settings);
    }

    /** What one field of the state is. */
    public enum StateField {
        /** Eight bytes. */
        LONG(8),
        /** A place in the table's arena and a length: text or bytes. */
        BYTES(8);

        private final int width;

        StateField(int width) {
            this.width = width;
        }

        public int width() {
            return width;
        }
    }

    /** The same aggregate with another accumulator. */
    AggregateFunction keptAs(String otherAccumulator, List<StateField> otherState) {
        return new AggregateFunction(
                name,
                otherAccumulator,
                argument,
                otherState,
                settings,
                result,
                nullable,
                orderSensitive,
                canFail,
                keepsValues);
    }

    /** Bytes that the state takes. */
    public int width() {
        return state.stream().mapToInt(StateField::width).sum();
    }
}
