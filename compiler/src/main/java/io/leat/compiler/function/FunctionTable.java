package io.leat.compiler.function;

import io.leat.compiler.function.Overload.Resolved;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Functions by name while they are put together. */
final class FunctionTable {
    private final Map<String, List<Overload>> functions = new TreeMap<>();

    /** Adds an overload whose kernel and result are always the same. */
    void add(String name, List<Parameter> parameters, Resolved resolved) {
        add(name, parameters, types -> resolved);
    }

    /** Adds an overload whose kernel or result depends on the types of its arguments. */
    void add(String name, List<Parameter> parameters, Function<List<Type>, Resolved> resolve) {
        functions.computeIfAbsent(name, key -> new ArrayList<>()).add(new Overload(parameters, resolve));
    }

    /** Gives a function another name. */
    void alias(String alias, String name) {
        functions.put(alias, functions.get(name));
    }

    Map<String, List<Overload>> functions() {
        return functions;
    }
}
