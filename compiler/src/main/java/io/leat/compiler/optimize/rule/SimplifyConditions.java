package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.expr.Expr.Logical;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Flattens AND and OR, drops operands that say nothing, and takes NOT into comparisons.
 *
 * <pre>
 *   filter a AND (TRUE AND NOT b = 1) AND a     =&gt;   filter a AND b &lt;&gt; 1
 * </pre>
 */
public final class SimplifyConditions implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        return Expressions.rewrite(node, SimplifyConditions::simplify);
    }

    private static Expr simplify(Expr expression) {
        if (expression instanceof Logical logical) {
            return simplify(logical);
        }
        if (expression instanceof Expr.Not not) {
            if (not.operand() instanceof Expr.Not inner) {
                return inner.operand();
            }
            if (not.operand() instanceof Compare compare) {
                return new Compare(compare.operator().negated(), compare.left(), compare.right(), compare.at());
            }
        }
        return expression;
    }

    private static Expr simplify(Logical logical) {
        boolean and = logical.and();
        List<Expr> operands = new ArrayList<>();
        for (Expr operand : flat(logical)) {
            if (operand instanceof Literal literal && literal.is(and)) {
                continue;
            }
            if (!operands.contains(operand)) {
                operands.add(operand);
            }
            if (operand instanceof Literal literal && literal.is(!and)) {
                // Nothing behind it is evaluated, and it decides alone if nothing before it may fail.
                if (operands.stream().noneMatch(Exprs::canFail)) {
                    return operand;
                }
                break;
            }
        }
        if (operands.isEmpty()) {
            return Literal.of(and, logical.at());
        }
        return operands.size() == 1 ? operands.get(0) : new Logical(and, operands, logical.at());
    }

    private static List<Expr> flat(Logical logical) {
        List<Expr> operands = new ArrayList<>();
        for (Expr operand : logical.operands()) {
            if (operand instanceof Logical inner && inner.and() == logical.and()) {
                operands.addAll(flat(inner));
            } else {
                operands.add(operand);
            }
        }
        return operands;
    }
}
