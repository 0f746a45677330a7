package io.leat.compiler.oracle;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.type.Types;
import io.leat.runtime.type.Type;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Operators and functions by name, of arguments that are not NULL. */
final class Calls {
    private final TimeCalls times;

    Calls(ZoneId zone, long nowMicros) {
        this.times = new TimeCalls(zone, nowMicros);
    }

    Object call(Expr.Call call, List<Object> values) {
        String called = call.function().name();
        String name = called.equals("MOD") ? "%" : called;
        List<Type> types = call.arguments().stream().map(Expr::type).toList();
        boolean operator = List.of("+", "-", "*", "/", "%").contains(name);
        if (operator && types.stream().allMatch(Types::isNumeric)) {
            return values.size() == 1
                    ? Numbers.negated(values.get(0), call.type())
                    : Numbers.arithmetic(name, values.get(0), values.get(1), call.type());
        }
        Optional<Object> result = operator
                ? times.operator(name, values, types, call.type())
                : NumberCalls.call(name, values, types, call.type())
                        .or(() -> TextCalls.call(name, values, call))
                        .or(() -> ArrayCalls.call(name, values))
                        .or(() -> times.call(call, values, types));
        if (result.isEmpty()) {
            throw new Refusal("function " + name + types.stream().map(Type::sql).toList());
        }
        return result.get() == TextCalls.NULL ? null : result.get();
    }
}
