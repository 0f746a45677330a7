package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.LogicalPlan.Project;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Unsettled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Groups no rows of which no two have the same keys: DISTINCT of groups, the least or greatest of one value. Rows of windows that are open
 * stay grouped, since the groups say which of them are late.
 *
 * <pre>
 *   aggregate by a, b          project a, b
 *     x with unique key a =&gt;     x
 * </pre>
 */
public final class RemoveRedundantGroups implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Aggregate aggregate)
                || aggregate.keys().isEmpty()
                || aggregate.input().traits().uniqueKeys().stream().noneMatch(aggregate.keys()::containsAll)
                || isOpen(aggregate)
                || Unsettled.any(aggregate.input())
                || !aggregate.calls().stream().allMatch(RemoveRedundantGroups::isValue)) {
            return Optional.empty();
        }
        List<Expr> columns = Plans.columns(aggregate.input(), aggregate.at());
        List<Expr> values = new ArrayList<>();
        aggregate.keys().forEach(key -> values.add(columns.get(key)));
        aggregate.calls().forEach(call -> values.add(call.argument().orElseThrow()));
        return Optional.of(new Project(aggregate.input(), values, Plans.names(aggregate), aggregate.at()));
    }

    private static boolean isOpen(Aggregate aggregate) {
        return aggregate.windowed()
                && aggregate
                        .input()
                        .traits()
                        .window()
                        .filter(window -> window.fired())
                        .isEmpty();
    }

    /** Whether a call over one row is its argument. */
    private static boolean isValue(AggregateCall call) {
        boolean extreme =
                call.function().name().equals("MIN") || call.function().name().equals("MAX");
        return extreme
                && call.filter().isEmpty()
                && call.argument()
                        .filter(argument ->
                                argument.type().equals(call.function().result()))
                        .isPresent();
    }
}
