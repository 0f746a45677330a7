package io.leat.compiler.function;

import io.leat.compiler.function.ScalarFunction.Kernel;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One way to call a function.
 *
 * @param resolve settles types and kernel, given the types that the arguments get
 */
public record Overload(List<Parameter> parameters, Function<List<Type>, Resolved> resolve) {
    public Overload {
        parameters = List.copyOf(parameters);
    }

    /**
     * Kernel and types for given argument types.
     *
     * @param arguments the types that the kernel wants instead; null if those are right
     * @param result what the kernel yields
     * @param shown what the result is then cast to
     */
    public record Resolved(
            Kernel kernel,
            List<Type> arguments,
            Type result,
            Type shown,
            boolean canFail,
            boolean mayYieldNull,
            boolean deterministic) {
        static Resolved of(Kernel kernel, Type result) {
            return new Resolved(kernel, null, result, result, false, false, true);
        }

        Resolved taking(Type... types) {
            return new Resolved(kernel, List.of(types), result, shown, canFail, mayYieldNull, deterministic);
        }

        Resolved shownAs(Type type) {
            return new Resolved(kernel, arguments, result, type, canFail, mayYieldNull, deterministic);
        }

        Resolved failing() {
            return new Resolved(kernel, arguments, result, shown, true, mayYieldNull, deterministic);
        }

        Resolved yieldingNull() {
            return new Resolved(kernel, arguments, result, shown, canFail, true, deterministic);
        }

        Resolved unsteady() {
            return new Resolved(kernel, arguments, result, shown, canFail, mayYieldNull, false);
        }
    }

    /**
     * A function that fits its arguments.
     *
     * @param arguments the types that the arguments must be cast to
     * @param result what it yields
     * @param shown what that must be cast to
     */
    public record Bound(ScalarFunction function, List<Type> arguments, Type result, Type shown) {
        public Bound {
            arguments = List.copyOf(arguments);
        }
    }

    Optional<Bound> bind(String name, List<Type> given) {
        if (given.size() != parameters.size()) {
            return Optional.empty();
        }
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            Optional<Type> type = parameters.get(i).accept(given.get(i));
            if (type.isEmpty()) {
                return Optional.empty();
            }
            types.add(type.get());
        }
        Resolved resolved = resolve.apply(types);
        ScalarFunction function = new ScalarFunction(
                name, resolved.kernel(), resolved.canFail(), resolved.mayYieldNull(), resolved.deterministic());
        List<Type> wanted = resolved.arguments() == null ? types : resolved.arguments();
        return Optional.of(new Bound(function, wanted, resolved.result(), resolved.shown()));
    }

    /** The parameters as in messages, e.g. {@code (VARCHAR, BIGINT)}. */
    public String title() {
        return parameters.stream().map(Parameter::title).collect(Collectors.joining(", ", "(", ")"));
    }
}
