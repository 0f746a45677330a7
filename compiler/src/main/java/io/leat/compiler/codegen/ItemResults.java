package io.leat.compiler.codegen;

import io.leat.compiler.function.AggregateFunction;
import io.leat.compiler.physical.HashAggregation.Call;
import io.leat.runtime.type.Type;
import java.util.Set;

/** Writes the results of aggregates that look at the order of their rows, in the table of their groups. */
final class ItemResults {
    private static final String FIRST = "FirstItem";
    private static final String COUNTED = "CountedItems";
    private static final Set<String> ACCUMULATORS = Set.of(FIRST, "ItemList", COUNTED);

    private ItemResults() {}

    static boolean isMadeBy(AggregateFunction function) {
        return ACCUMULATORS.contains(function.accumulator());
    }

    /** The result of an entry, whose state of the call stands at {@code state}. */
    static Fragment result(Call call, String entry, String state, String wide, Code.Block block, Names names) {
        AggregateFunction function = call.function();
        String isNull = "isNull" + names.number();
        if (!function.accumulator().equals(FIRST)) {
            block.declare("final boolean", isNull, function.accumulator() + ".isNull(" + state + ")");
            String items = function.accumulator().equals(COUNTED)
                    ? "countedItems(" + entry + ", " + call.set() + ", " + call.distinct() + ")"
                    : "ItemList.read(" + state + ", arena, items())";
            String made = function.result() instanceof Type.ArrayType ? ".array()" : ".join()";
            return bytes(function.result(), items + made, isNull, block, names);
        }
        block.declare("final boolean", isNull, "FirstItem.isNull(" + state + ", arena)");
        String value = "FirstItem.value(" + state + ", arena)";
        return element(function.result(), value, isNull, wide, block, names);
    }

    /** A value that stands at an address as an element, if it is not NULL. */
    private static Fragment element(
            Type type, String address, String isNull, String wide, Code.Block block, Names names) {
        return switch (type.physical()) {
            case BYTES -> bytes(type, "items().bytes(" + address + ")", isNull, block, names);
            case INT128 -> {
                block.when("!" + isNull).line("OrderedBytes.readWide(" + address + ", " + wide + ");");
                yield Fragment.wide(type, wide + ".high", wide + ".low", isNull);
            }
            case BOOL -> Fragment.of(type, "OrderedBytes.readBoolean(" + address + ")", isNull);
            case INT64 -> Fragment.of(type, "OrderedBytes.readLong(" + address + ")", isNull);
            case FLOAT32 -> Fragment.of(type, "OrderedBytes.readFloat(" + address + ")", isNull);
            case FLOAT64 -> Fragment.of(type, "OrderedBytes.readDouble(" + address + ")", isNull);
            default -> Fragment.of(type, "OrderedBytes.readInt(" + address + ")", isNull);
        };
    }

    private static Fragment bytes(Type type, String result, String isNull, Code.Block block, Names names) {
        String made = "made" + names.number();
        block.declare("final BytesResult", made, isNull + " ? null : " + result);
        return Fragment.bytes(type, made + ".address()", made + ".length()", isNull);
    }
}
