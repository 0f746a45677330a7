package io.leat.compiler.function;

import io.leat.compiler.function.Overload.Bound;
import io.leat.runtime.type.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The functions of a row that are called by name. What has a syntax or an evaluation order of its own ({@code COALESCE}, {@code
 * CASE}, {@code EXTRACT} …) is bound by the binder.
 */
public final class Functions {
    private static final Map<String, List<Overload>> BY_NAME = all();

    private Functions() {}

    private static Map<String, List<Overload>> all() {
        FunctionTable table = new FunctionTable();
        TextFunctions.addTo(table);
        NumberFunctions.addTo(table);
        TimeFunctions.addTo(table);
        ArrayFunctions.addTo(table);
        return table.functions();
    }

    public static boolean exists(String name) {
        return BY_NAME.containsKey(name.toUpperCase(Locale.ROOT));
    }

    /** Names in capitals, in alphabetical order. */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** The overloads of a function that exists. */
    public static List<Overload> overloads(String name) {
        return BY_NAME.get(name.toUpperCase(Locale.ROOT));
    }

    /** The first overload that takes arguments of these types; empty if none does. */
    public static Optional<Bound> bind(String name, List<Type> arguments) {
        String upper = name.toUpperCase(Locale.ROOT);
        return overloads(upper).stream()
                .map(overload -> overload.bind(upper, arguments))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
