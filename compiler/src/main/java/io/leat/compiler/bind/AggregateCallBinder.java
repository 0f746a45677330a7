package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.function.AggregateFunction;
import io.leat.compiler.function.Aggregates;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.tree.Expression;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.RowType;
import java.util.Locale;
import java.util.Optional;

/** Calls of aggregates: which function it is for these arguments. Whether it is one of groups or of windows is all the same. */
final class AggregateCallBinder {
    private final Problems problems;
    private final ExpressionBinder expressions;

    /**
     * @param expressions binds arguments
     */
    AggregateCallBinder(Problems problems, ExpressionBinder expressions) {
        this.problems = problems;
        this.expressions = expressions;
    }

    /** The call with its arguments; empty if it is wrong, which has been said then. */
    Optional<AggregateCall> bind(Expression.Call call) {
        String name = call.name().text().toUpperCase(Locale.ROOT);
        Optional<Expr> filter = call.filter().map(expressions::bindCondition);
        if (call.star() || name.equals("COUNT") && call.arguments().isEmpty()) {
            if (!name.equals("COUNT")) {
                problems.add(ErrorCode.NO_OVERLOAD, call.at(), name + "(*) does not exist", "only COUNT takes *");
                return Optional.empty();
            }
            return Optional.of(
                    new AggregateCall(Aggregates.countRows(), Optional.empty(), false, filter, "count", call.at()));
        }
        if (call.arguments().size() != 1) {
            problems.add(
                    ErrorCode.NO_OVERLOAD,
                    call.at(),
                    name + " takes one argument, and not " + call.arguments().size(),
                    "write " + name + "(…) for each of them");
            return Optional.empty();
        }
        Expr argument = expressions
                .conversions()
                .settled(expressions.bind(call.arguments().get(0)));
        Optional<AggregateFunction> function =
                argument.type() instanceof RowType ? Optional.empty() : Aggregates.bind(name, argument.type());
        if (function.isEmpty()) {
            problems.add(
                    ErrorCode.NO_OVERLOAD,
                    call.at(),
                    "there is no " + name + " of " + argument.type().sql(),
                    argument.type() instanceof RowType
                            ? "take a field of the row"
                            : name + " takes numbers: write " + name + "(CAST(… AS DOUBLE))");
            return Optional.empty();
        }
        Type wanted = function.get().argument().orElseThrow();
        boolean changesNothing = name.equals("MIN") || name.equals("MAX");
        return Optional.of(new AggregateCall(
                function.get(),
                Optional.of(expressions.conversions().cast(argument, wanted)),
                call.distinct() && !changesNothing,
                filter,
                name.toLowerCase(Locale.ROOT),
                call.at()));
    }
}
