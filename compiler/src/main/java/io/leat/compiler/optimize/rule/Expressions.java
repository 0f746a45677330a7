package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.LogicalPlan.Project;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.WindowCall;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Applies a change to all expressions of one node. */
public final class Expressions {
    private Expressions() {}

    /**
     * @param change sees each expression after its operands were changed
     * @return empty if nothing changes
     */
    static Optional<LogicalPlan> rewrite(LogicalPlan node, UnaryOperator<Expr> change) {
        LogicalPlan rewritten = each(node, expression -> Exprs.rewrite(expression, change));
        return rewritten.equals(node) ? Optional.empty() : Optional.of(rewritten);
    }

    /**
     * The node with other expressions of the same types.
     *
     * @param change sees each expression as a whole
     */
    public static LogicalPlan each(LogicalPlan node, UnaryOperator<Expr> change) {
        if (node instanceof Filter filter) {
            return new Filter(filter.input(), change.apply(filter.condition()), filter.at());
        }
        if (node instanceof Admission admission) {
            return new Admission(admission.input(), change.apply(admission.condition()), admission.at());
        }
        if (node instanceof Project project) {
            return new Project(project.input(), all(project.expressions(), change), project.names(), project.at());
        }
        if (node instanceof Join join) {
            return new Join(join.kind(), join.left(), join.right(), change.apply(join.condition()), join.at());
        }
        if (node instanceof StreamJoin join) {
            Expr condition = change.apply(join.condition());
            return new StreamJoin(join.kind(), join.left(), join.right(), condition, join.time(), join.at());
        }
        if (node instanceof Aggregate aggregate) {
            List<AggregateCall> calls = aggregate.calls().stream()
                    .map(call -> call.rewritten(change))
                    .toList();
            return new Aggregate(aggregate.input(), aggregate.keys(), calls, aggregate.windowed(), aggregate.at());
        }
        if (node instanceof Over over) {
            List<WindowCall> calls = over.calls().stream()
                    .map(call -> call.withArguments(all(call.arguments(), change)))
                    .toList();
            return new Over(over.input(), over.partition(), over.order(), over.ties(), calls, over.at());
        }
        return node;
    }

    private static List<Expr> all(List<Expr> expressions, UnaryOperator<Expr> change) {
        return expressions.stream().map(change).toList();
    }
}
