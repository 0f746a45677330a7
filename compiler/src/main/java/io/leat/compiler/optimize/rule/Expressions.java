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
import io.leat.compiler.logical.StreamJoin;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Applies a change to all expressions of one node. */
final class Expressions {
    private Expressions() {}

    /**
     * @param change sees each expression after its operands were changed
     * @return empty if nothing changes
     */
    static Optional<LogicalPlan> rewrite(LogicalPlan node, UnaryOperator<Expr> change) {
        LogicalPlan rewritten = node;
        if (node instanceof Filter filter) {
            rewritten = new Filter(filter.input(), Exprs.rewrite(filter.condition(), change), filter.at());
        } else if (node instanceof Admission admission) {
            Expr condition = Exprs.rewrite(admission.condition(), change);
            rewritten = new Admission(admission.input(), condition, admission.at());
        } else if (node instanceof Project project) {
            List<Expr> expressions = project.expressions().stream()
                    .map(each -> Exprs.rewrite(each, change))
                    .toList();
            rewritten = new Project(project.input(), expressions, project.names(), project.at());
        } else if (node instanceof Join join) {
            Expr condition = Exprs.rewrite(join.condition(), change);
            rewritten = new Join(join.kind(), join.left(), join.right(), condition, join.at());
        } else if (node instanceof StreamJoin join) {
            Expr condition = Exprs.rewrite(join.condition(), change);
            rewritten = new StreamJoin(join.kind(), join.left(), join.right(), condition, join.time(), join.at());
        } else if (node instanceof Aggregate aggregate) {
            List<AggregateCall> calls = aggregate.calls().stream()
                    .map(call -> call.rewritten(each -> Exprs.rewrite(each, change)))
                    .toList();
            rewritten = new Aggregate(aggregate.input(), aggregate.keys(), calls, aggregate.windowed(), aggregate.at());
        }
        return rewritten.equals(node) ? Optional.empty() : Optional.of(rewritten);
    }
}
