package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.function.AggregateFunction;
import io.leat.compiler.function.Aggregates;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Sessions;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.RowType;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Calls of aggregates: which function it is for these arguments. Whether it is one of groups or of windows is all the same. */
final class AggregateCallBinder {
    private final Problems problems;
    private final ExpressionBinder expressions;
    private final OrderedCallBinder ordered;

    /**
     * @param expressions binds arguments
     * @param ordered binds those that look at the order of their rows
     */
    private AggregateCallBinder(Problems problems, ExpressionBinder expressions, OrderedCallBinder ordered) {
        this.problems = problems;
        this.expressions = expressions;
        this.ordered = ordered;
    }

    /** Binds aggregates of groups of the rows of a relation. */
    static AggregateCallBinder ofGroups(Problems problems, ExpressionBinder expressions, BoundRelation rows) {
        OptionalInt time = time(rows.plan());
        Optional<Expr> eventTime = time.isEmpty()
                ? Optional.empty()
                : Optional.of(Plans.columns(rows.plan(), Origin.NONE).get(time.getAsInt()));
        return new AggregateCallBinder(
                problems, expressions, new OrderedCallBinder(problems, expressions, eventTime, false));
    }

    /** The time of rows; of those of a session their own one, and not that of the session. */
    private static OptionalInt time(LogicalPlan plan) {
        if (plan instanceof Sessions sessions) {
            return OptionalInt.of(sessions.timeColumn());
        }
        if (plan instanceof LogicalPlan.Filter filter) {
            return time(filter.input());
        }
        if (plan instanceof LogicalPlan.Project project) {
            OptionalInt below = time(project.input());
            return IntStream.range(0, project.expressions().size())
                    .filter(i -> project.expressions().get(i) instanceof Expr.Column column
                            && below.isPresent()
                            && column.index() == below.getAsInt())
                    .findFirst();
        }
        return plan.traits().eventTime();
    }

    /** Binds aggregates of frames, whose rows are in the order of a window. */
    static AggregateCallBinder ofFrames(Problems problems, ExpressionBinder expressions) {
        return new AggregateCallBinder(
                problems, expressions, new OrderedCallBinder(problems, expressions, Optional.empty(), true));
    }

    /** The call with its arguments; empty if it is wrong, which has been said then. */
    Optional<AggregateCall> bind(Expression.Call call) {
        String name = call.name().text().toUpperCase(Locale.ROOT);
        if (OrderedCallBinder.takes(name)) {
            return ordered.bind(call, name);
        }
        // These are the same in any order; but what stands there must have a meaning.
        call.orderBy().forEach(item -> expressions.bind(item.expression()));
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
        int before = problems.errors();
        Expr argument = expressions
                .conversions()
                .settled(expressions.bind(call.arguments().get(0)));
        Optional<AggregateFunction> function =
                argument.type() instanceof RowType ? Optional.empty() : Aggregates.bind(name, argument.type());
        // Whatever a wrong argument was meant to be, it is no second mistake.
        if (function.isEmpty() && problems.errors() == before) {
            problems.add(
                    ErrorCode.NO_OVERLOAD,
                    call.at(),
                    "there is no " + name + " of " + argument.type().sql(),
                    argument.type() instanceof RowType
                            ? "take a field of the row"
                            : name + " takes numbers: write " + name + "(CAST(… AS DOUBLE))");
        }
        if (function.isEmpty()) {
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
