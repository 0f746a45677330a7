package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.expr.Expr.Logical;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.grammar.source.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Flattens AND and OR, drops operands that say nothing, takes NOT into comparisons, and says once what all alternatives have in common, if
 * none of them can fail.
 *
 * <pre>
 *   filter a AND (TRUE AND NOT b = 1) AND a     =&gt;   filter a AND b &lt;&gt; 1
 *   filter a AND b OR a AND c                   =&gt;   filter a AND (b OR c)
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
        if (operands.size() == 1) {
            return operands.get(0);
        }
        return and ? new Logical(true, operands, logical.at()) : factored(operands, logical.at());
    }

    private static Expr factored(List<Expr> alternatives, Origin at) {
        List<Expr> common = new ArrayList<>(Exprs.conjuncts(alternatives.get(0)));
        alternatives.forEach(each -> common.retainAll(Exprs.conjuncts(each)));
        if (common.isEmpty() || alternatives.stream().anyMatch(Exprs::canFail)) {
            return new Logical(false, alternatives, at);
        }
        List<Expr> rest = new ArrayList<>();
        for (Expr alternative : alternatives) {
            List<Expr> own = new ArrayList<>(Exprs.conjuncts(alternative));
            own.removeAll(common);
            if (own.isEmpty()) {
                // Where the others ask for more, this one does not.
                return Exprs.and(common);
            }
            rest.add(Exprs.and(own));
        }
        common.add(new Logical(false, rest, at));
        return Exprs.and(common);
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
