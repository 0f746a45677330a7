package io.leat.compiler.codegen;

import io.leat.compiler.function.AggregateFunction;
import io.leat.compiler.function.AggregateFunction.StateField;
import io.leat.compiler.physical.HashAggregation.Call;
import io.leat.runtime.type.Physical;
import java.util.stream.Collectors;

/** Writes calls of accumulators. Those that keep text take the arena of their table as well. */
final class Accumulators {
    private Accumulators() {}

    static boolean usesArena(AggregateFunction function) {
        return function.state().contains(StateField.BYTES);
    }

    /** A statement that adds a value. */
    static String add(Call call, String arena, String entry, Fragment value) {
        return update(call, ".add(" + state(call, entry), arena, value);
    }

    /** A statement that adds a value so many times, or takes it away. */
    static String change(Call call, String arena, String entry, String weight, Fragment value) {
        return update(call, ".change(" + state(call, entry) + ", " + weight, arena, value);
    }

    /** A statement that follows a value that is new in its group, or gone from it, as {@code fresh} says. */
    static String follow(Call call, String arena, String entry, String values, String fresh, Fragment value) {
        if (!call.function().keepsValues()) {
            return change(call, arena, entry, fresh, value);
        }
        String usedArena = usesArena(call.function()) ? ", " + arena : "";
        return call.function().accumulator() + ".change(" + state(call, entry) + usedArena + ", " + values + ", "
                + fresh + ", " + wholeNumber(value) + ");";
    }

    /** A value as arguments, truth as 1 and 0. */
    static String wholeNumber(Fragment value) {
        return value.type().physical() == Physical.BOOL ? value.value() + " ? 1L : 0L" : value.arguments();
    }

    private static String update(Call call, String method, String arena, Fragment value) {
        StringBuilder text = new StringBuilder(call.function().accumulator() + method);
        if (usesArena(call.function())) {
            text.append(", ").append(arena);
        }
        if (call.function().argument().isPresent()) {
            boolean truth = value.type().physical() == Physical.BOOL
                    && !call.function().accumulator().equals("Count");
            text.append(", ").append(truth ? value.value() + " ? 1L : 0L" : value.arguments());
        }
        return text.append(");").toString();
    }

    /** A statement that adds the state of another entry. */
    static String merge(Call call, String entry, String otherEntry) {
        String arena = usesArena(call.function()) ? ", arena" : "";
        String otherArena = usesArena(call.function()) ? ", other.arena()" : "";
        return call.function().accumulator() + ".merge(" + state(call, entry) + arena + ", " + state(call, otherEntry)
                + otherArena + ");";
    }

    /** The result of an entry. {@code wide} is the variable for a wide decimal. */
    static Fragment result(Call call, String entry, String wide, Code.Block block, Names names) {
        AggregateFunction function = call.function();
        String state = state(call, entry);
        if (ItemResults.isMadeBy(function)) {
            return ItemResults.result(call, entry, state, wide, block, names);
        }
        String isNull = Fragment.NEVER;
        Code.Block present = block;
        if (function.nullable()) {
            isNull = "isNull" + names.number();
            block.declare("final boolean", isNull, function.accumulator() + ".isNull(" + state + ")");
        }
        String settings =
                function.settings().stream().map(setting -> ", " + setting).collect(Collectors.joining());
        Physical physical = function.result().physical();
        if (physical == Physical.BYTES) {
            return Fragment.bytes(
                    function.result(),
                    function.accumulator() + ".address(" + state + ", arena)",
                    function.accumulator() + ".length(" + state + ")",
                    isNull);
        }
        if (physical == Physical.INT128) {
            if (function.nullable()) {
                present = block.when("!" + isNull);
            }
            present.line(function.accumulator() + ".result(" + state + settings + ", " + wide + ");");
            return Fragment.wide(function.result(), wide + ".high", wide + ".low", isNull);
        }
        String value = function.accumulator() + ".result(" + state + settings + ")";
        return Fragment.of(function.result(), narrowed(physical, function, value), isNull);
    }

    /** Accumulators of whole numbers hold a {@code long}, those of others a {@code double}, whatever the type of the column. */
    private static String narrowed(Physical physical, AggregateFunction function, String value) {
        if (function.accumulator().equals("Count")) {
            return value;
        }
        return switch (physical) {
            case BOOL -> value + " != 0L";
            case INT8, INT16, INT32 -> "(int) " + value;
            case FLOAT32 -> "(float) " + value;
            default -> value;
        };
    }

    private static String state(Call call, String entry) {
        return Slots.plus(entry, call.offset());
    }
}
