package io.leat.compiler.codegen;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.function.ScalarFunction;
import io.leat.compiler.function.ScalarFunction.Form;
import io.leat.compiler.function.ScalarFunction.Kernel;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Type;
import java.util.List;

/** Writes calls of kernels. NULL arguments make the result NULL, and the kernel is not called. */
final class CallEmitter {
    private final ExpressionEmitter expressions;
    private final Scope scope;

    CallEmitter(ExpressionEmitter expressions, Scope scope) {
        this.expressions = expressions;
        this.scope = scope;
    }

    Fragment call(Expr.Call expr, List<Fragment> arguments) {
        ScalarFunction function = expr.function();
        String isNull = expressions.anyNull(arguments, scope);
        if (isNull.equals(Fragment.ALWAYS)) {
            return ExpressionEmitter.ofNull(expr.type());
        }
        String target = target(function.kernel());
        boolean guarded = !isNull.isEmpty() && (function.canFail() || usesBytes(arguments));
        return invoke(
                new Invocation(
                        expr,
                        expr.type(),
                        target,
                        arguments(function.kernel(), arguments),
                        function.canFail(),
                        function.mayYieldNull()),
                isNull,
                guarded);
    }

    private static boolean usesBytes(List<Fragment> arguments) {
        return arguments.stream().anyMatch(argument -> argument.type().physical() == Physical.BYTES);
    }

    /** The method, or an operator in the place of one. */
    private String target(Kernel kernel) {
        return switch (kernel.form()) {
            case STATIC -> kernel.owner() + "." + kernel.method();
            case OWNED -> expressions.frame().kernel(kernel.owner(), false) + "." + kernel.method();
            case OPERATOR, VALUE -> "";
        };
    }

    private static String arguments(Kernel kernel, List<Fragment> arguments) {
        if (kernel.form() == Form.OPERATOR) {
            return arguments.size() == 1
                    ? kernel.method() + arguments.get(0).value()
                    : arguments.get(0).value() + " " + kernel.method() + " "
                            + arguments.get(1).value();
        }
        if (kernel.form() == Form.STATIC && kernel.arguments().isEmpty()
                || kernel.form() == Form.OWNED && kernel.arguments().isEmpty()) {
            return NodeEmitter.arguments(arguments);
        }
        String text = kernel.form() == Form.VALUE ? kernel.method() : kernel.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            text = text.replace("$" + i, arguments.get(i).arguments());
        }
        return text;
    }

    /**
     * A call of something that computes a value.
     *
     * @param at the expression that fails if the call does
     * @param target the method; empty if {@code arguments} say it all
     * @param arguments in parentheses behind the method, or a Java expression
     * @param mayYieldNull whether a text result may say that it is NULL
     */
    record Invocation(Expr at, Type type, String target, String arguments, boolean canFail, boolean mayYieldNull) {
        private String with(String result) {
            if (target.isEmpty()) {
                return arguments;
            }
            String all = result.isEmpty() ? arguments : arguments + (arguments.isEmpty() ? "" : ", ") + result;
            return target + "(" + all + ")";
        }
    }

    /**
     * Calls and keeps the result.
     *
     * @param isNull whether the result is NULL whatever the call says
     * @param guarded whether the call must not happen then
     */
    Fragment invoke(Invocation call, String isNull, boolean guarded) {
        return switch (call.type().physical()) {
            case BYTES -> bytes(call, isNull);
            case INT128 -> wide(call, isNull, guarded);
            default -> simple(call, isNull, guarded);
        };
    }

    private Fragment simple(Invocation call, String isNull, boolean guarded) {
        String type = JavaTypes.of(call.type().physical());
        if (!guarded) {
            noteFailure(call, scope);
            return Fragment.of(call.type(), expressions.declare(type, "value", call.with(""), scope), isNull);
        }
        String value =
                expressions.variable(type, "value", JavaTypes.zero(call.type().physical()), scope);
        Scope inner = scope.inside(scope.block().when("!" + isNull));
        noteFailure(call, inner);
        inner.block().line(value + " = " + call.with("") + ";");
        if (call.type().physical() == Physical.BOOL) {
            expressions.noteFalseWhereNull(value);
        }
        return Fragment.of(call.type(), value, isNull);
    }

    private Fragment wide(Invocation call, String isNull, boolean guarded) {
        String result = expressions.frame().int128Result();
        Scope inner = guarded ? scope.inside(scope.block().when("!" + isNull)) : scope;
        noteFailure(call, inner);
        inner.block().line(call.with(result) + ";");
        String high = expressions.declare("long", "high", result + ".high", scope);
        String low = expressions.declare("long", "low", result + ".low", scope);
        return Fragment.wide(call.type(), high, low, isNull);
    }

    private Fragment bytes(Invocation call, String isNull) {
        String result = expressions.frame().bytesResult();
        if (isNull.isEmpty()) {
            noteFailure(call, scope);
            scope.block().line(call.with(result) + ";");
            String address = expressions.declare("long", "at", result + ".address()", scope);
            String length = expressions.declare("int", "bytes", result + ".length()", scope);
            String resultNull = call.mayYieldNull()
                    ? expressions.declare("boolean", "isNull", result + ".isNull()", scope)
                    : isNull;
            return Fragment.bytes(call.type(), address, length, resultNull);
        }
        Fragment value = expressions.variables(call.type(), call.mayYieldNull(), "true", scope);
        Scope inner = scope.inside(scope.block().when("!" + isNull));
        noteFailure(call, inner);
        inner.block().line(call.with(result) + ";");
        inner.block().line(value.address() + " = " + result + ".address();");
        inner.block().line(value.length() + " = " + result + ".length();");
        if (call.mayYieldNull()) {
            inner.block().line(value.isNull() + " = " + result + ".isNull();");
            return value;
        }
        return value.withNull(isNull);
    }

    private void noteFailure(Invocation call, Scope where) {
        if (call.canFail()) {
            expressions.mayFail(call.at(), where);
        }
    }
}
