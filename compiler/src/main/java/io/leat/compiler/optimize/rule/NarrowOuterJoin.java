package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.Unsettled;
import io.leat.runtime.job.JoinKind;
import java.util.Optional;

/**
 * Makes no rows with NULL for a partner that a condition leaves out again: a left join becomes an inner one, a full join a left or an inner
 * one. Which rows are late stays the same. A condition that may fail stays, since it would fail for those rows.
 *
 * <pre>
 *   filter r = 1        filter r = 1
 *     left join    =&gt;     inner join
 *       left                left
 *       right               right
 * </pre>
 */
public final class NarrowOuterJoin implements Rule {
    @Override
    public boolean narrows() {
        return true;
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter filter) || Unsettled.mayFail(filter.input(), filter.condition())) {
            return Optional.empty();
        }
        return narrowed(filter.input(), filter.condition())
                .map(join -> new Filter(join, Nullability.asOf(filter.condition(), join), filter.at()));
    }

    private static Optional<LogicalPlan> narrowed(LogicalPlan plan, Expr condition) {
        if (plan instanceof Join join && join.kind() == Join.Kind.LEFT) {
            int width = join.left().output().size();
            return Nullability.rejects(condition, column -> column >= width)
                    ? Optional.of(new Join(Join.Kind.INNER, join.left(), join.right(), join.condition(), join.at()))
                    : Optional.empty();
        }
        return plan instanceof StreamJoin join ? narrowed(join, condition) : Optional.empty();
    }

    private static Optional<LogicalPlan> narrowed(StreamJoin join, Expr condition) {
        int width = join.left().output().size();
        boolean needsRight = Nullability.rejects(condition, column -> column >= width);
        if (join.kind() == JoinKind.LEFT && needsRight) {
            return Optional.of(of(JoinKind.INNER, join));
        }
        if (join.kind() == JoinKind.FULL && Nullability.rejects(condition, column -> column < width)) {
            return Optional.of(of(needsRight ? JoinKind.INNER : JoinKind.LEFT, join));
        }
        return Optional.empty();
    }

    private static StreamJoin of(JoinKind kind, StreamJoin join) {
        return new StreamJoin(kind, join.left(), join.right(), join.condition(), join.time(), join.at());
    }
}
