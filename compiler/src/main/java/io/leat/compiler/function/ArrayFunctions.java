package io.leat.compiler.function;

import static io.leat.compiler.function.Parameter.ARRAY;
import static io.leat.compiler.function.Parameter.BIGINT;
import static io.leat.compiler.function.Parameter.ELEMENT;
import static io.leat.compiler.function.Parameter.TEXT;

import io.leat.compiler.function.Overload.Resolved;
import io.leat.compiler.function.ScalarFunction.Kernel;
import io.leat.runtime.kernel.OrderedBytes;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import java.util.List;

/** Functions of arrays. Positions begin at 1. An element that is looked for comes as an array that has it alone. */
final class ArrayFunctions {
    private ArrayFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("CARDINALITY", List.of(ARRAY), types -> Resolved.of(kernel("count", 1, types), Type.INT));
        table.alias("ARRAY_LENGTH", "CARDINALITY");
        table.alias("LEN", "CARDINALITY");
        table.add(
                "ARRAY_CONTAINS",
                List.of(ARRAY, ELEMENT),
                types -> Resolved.of(kernel("contains", 2, types), Type.BOOLEAN));
        table.alias("LIST_CONTAINS", "ARRAY_CONTAINS");
        table.add(
                "ARRAY_POSITION",
                List.of(ARRAY, ELEMENT),
                types -> Resolved.of(kernel("position", 2, types), Type.INT));
        table.alias("LIST_POSITION", "ARRAY_POSITION");
        Kernel concat = Kernel.of("ArrayBytes", "concat");
        table.add(
                "ARRAY_CONCAT",
                List.of(ARRAY, ARRAY),
                types -> Resolved.of(concat, types.get(0)).failing());
        table.alias("LIST_CONCAT", "ARRAY_CONCAT");
        table.add(
                "ARRAY_APPEND",
                List.of(ARRAY, ELEMENT),
                types -> Resolved.of(concat, types.get(0)).failing());
        table.alias("LIST_APPEND", "ARRAY_APPEND");
        table.add(
                "ARRAY_SLICE",
                List.of(ARRAY, BIGINT, BIGINT),
                types -> Resolved.of(kernel("slice", 3, types), types.get(0)));
        table.add("ARRAY_REVERSE", List.of(ARRAY), types -> Resolved.of(kernel("reverse", 1, types), types.get(0)));
        ArrayType texts = new ArrayType(Type.VARCHAR);
        table.add(
                "ARRAY_JOIN",
                List.of(ARRAY, TEXT),
                Resolved.of(Kernel.of("ArrayText", "join"), Type.VARCHAR)
                        .taking(texts, Type.VARCHAR)
                        .failing());
        table.add(
                "ARRAY_JOIN",
                List.of(ARRAY, TEXT, TEXT),
                Resolved.of(Kernel.of("ArrayText", "join"), Type.VARCHAR)
                        .taking(texts, Type.VARCHAR, Type.VARCHAR)
                        .failing());
        table.alias("ARRAY_TO_STRING", "ARRAY_JOIN");
    }

    /** A kernel that goes from element to element. */
    private static Kernel kernel(String method, int arguments, List<Type> types) {
        Type element = ((ArrayType) types.get(0)).element();
        StringBuilder call = new StringBuilder();
        for (int i = 0; i < arguments; i++) {
            call.append('$').append(i).append(", ");
        }
        return Kernel.of("ArrayBytes", method, call.toString() + OrderedBytes.width(element.physical()));
    }
}
