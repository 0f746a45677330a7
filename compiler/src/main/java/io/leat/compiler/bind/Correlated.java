package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A subquery for all rows outside at once: the rows it has for one of them are those of a plan for which conditions hold.
 *
 * @param plan does not speak of the rows outside
 * @param outputs the columns of the subquery, over columns of the plan and of rows outside
 * @param conditions over the same; all must hold
 * @param single whether there is exactly one row for each one outside: the one for which the conditions hold or, where there is none,
 *     what the outputs are over NULLs
 * @param kept conditions over the same by which such a single row is kept; none otherwise
 */
record Correlated(LogicalPlan plan, List<Expr> outputs, List<Expr> conditions, boolean single, List<Expr> kept) {
    Correlated {
        outputs = List.copyOf(outputs);
        conditions = List.copyOf(conditions);
        kept = List.copyOf(kept);
    }

    /** An equality of something of a plan with something of the rows outside. */
    record Match(Expr inner, Expr outer) {}

    /** A plan that does not speak of rows outside. */
    static Correlated alone(LogicalPlan plan) {
        return new Correlated(plan, Plans.columns(plan, plan.at()), List.of(), false, List.of());
    }

    /** Whether it is computed from nothing but the rows outside. */
    boolean isExpression() {
        return single && conditions.isEmpty() && plan instanceof LogicalPlan.Values;
    }

    /** Rows of a plan with other columns. */
    Correlated with(LogicalPlan newPlan, List<Expr> newOutputs) {
        return new Correlated(newPlan, newOutputs, conditions, single, kept);
    }

    /** An expression over the columns of the subquery as one over the plan and the rows outside. */
    Expr over(Expr expression) {
        return Exprs.substitute(expression, outputs);
    }

    /**
     * The conditions as equalities, by which rows of the plan find those outside.
     *
     * @param level of the rows outside
     * @return empty if they ask for more
     */
    Optional<List<Match>> matches(int level) {
        List<Match> matches = new ArrayList<>();
        for (Expr condition : conditions) {
            Optional<Match> match = match(condition, level);
            if (match.isEmpty()) {
                return Optional.empty();
            }
            if (!matches.contains(match.get())) {
                matches.add(match.get());
            }
        }
        return Optional.of(matches);
    }

    private static Optional<Match> match(Expr condition, int level) {
        if (!(condition instanceof Compare compare) || compare.operator() != Compare.Operator.EQUAL) {
            return Optional.empty();
        }
        if (isOutside(compare.right(), level) && !Exprs.speaksOf(compare.left(), level)) {
            return Optional.of(new Match(compare.left(), compare.right()));
        }
        return isOutside(compare.left(), level) && !Exprs.speaksOf(compare.right(), level)
                ? Optional.of(new Match(compare.right(), compare.left()))
                : Optional.empty();
    }

    private static boolean isOutside(Expr expression, int level) {
        return Exprs.speaksOf(expression, level) && Exprs.columns(expression).isEmpty();
    }
}
