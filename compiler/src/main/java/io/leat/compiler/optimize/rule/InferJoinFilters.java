package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.JoinTime.Lookup;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.Unsettled;
import io.leat.runtime.job.JoinKind;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the columns by which one side of a join meets the other holds for those of the other side, too: rows for which it is not
 * TRUE have no partner. They are left out where a row without partner is of no use: on the right side of all but full joins, on the left
 * side of inner and semi joins. A row of a stream is asked at the door of the join, behind its verdict.
 *
 * <pre>
 *   inner join on a = b         inner join on a = b
 *     filter a &gt; 5         =&gt;     filter a &gt; 5
 *       left                        left
 *     right                       filter b &gt; 5
 *                                   right
 * </pre>
 */
public final class InferJoinFilters implements Rule {
    /** It adds conditions that others move to their place, and is asked again only then. */
    @Override
    public boolean isLast() {
        return true;
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (node instanceof StreamJoin join && !Exprs.canFail(join.condition())) {
            return ofStreams(join);
        }
        return node instanceof Join join && !Exprs.canFail(join.condition()) ? ofLookup(join) : Optional.empty();
    }

    private static Optional<LogicalPlan> ofStreams(StreamJoin join) {
        InferredConditions inferred = InferredConditions.of(join, join.condition());
        boolean needsPartner = join.kind() == JoinKind.INNER || join.kind() == JoinKind.SEMI;
        List<Expr> left = needsPartner ? inferred.left() : List.of();
        List<Expr> right = join.kind() == JoinKind.FULL || join.time() instanceof Lookup ? List.of() : inferred.right();
        JoinSides sides = new JoinSides(left, right, List.of());
        return sides.areEmpty() ? Optional.empty() : Optional.of(sides.below(join, join.condition(), join.at()));
    }

    private static Optional<LogicalPlan> ofLookup(Join join) {
        InferredConditions inferred = InferredConditions.of(join, join.condition());
        boolean needsPartner = join.kind() == Join.Kind.INNER || join.kind() == Join.Kind.SEMI;
        boolean ofLeft = needsPartner
                && !JoinConditions.mayFail(join)
                && !inferred.left().isEmpty();
        boolean ofRight = !Unsettled.any(join.right()) && !inferred.right().isEmpty();
        if (!ofLeft && !ofRight) {
            return Optional.empty();
        }
        LogicalPlan left = join.left();
        if (ofLeft) {
            left = new Filter(left, Nullability.asOf(Exprs.and(inferred.left()), left), join.at());
        }
        Join filtered = new Join(join.kind(), left, join.right(), join.condition(), join.at());
        return Optional.of(ofRight ? JoinConditions.and(filtered, inferred.right()) : filtered);
    }
}
