package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Case;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.runtime.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces tests and choices that are the same for every row by their outcome.
 *
 * <pre>
 *   filter 1 &lt; 2 AND a IS NOT NULL     =&gt;   filter TRUE AND a IS NOT NULL
 * </pre>
 */
public final class FoldConstants implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        return Expressions.rewrite(node, FoldConstants::fold);
    }

    private static Expr fold(Expr expression) {
        if (expression instanceof Compare compare
                && compare.left() instanceof Literal left
                && compare.right() instanceof Literal right) {
            return compare(compare, left, right);
        }
        if (expression instanceof Expr.Not not && not.operand() instanceof Literal literal) {
            return literal.isNull() ? literal : Literal.of(literal.is(false), not.at());
        }
        if (expression instanceof Expr.IsNull test) {
            return isNull(test);
        }
        if (expression instanceof Expr.IsTrue test) {
            if (test.operand() instanceof Literal literal) {
                return Literal.of(literal.is(true), test.at());
            }
            return test.operand().nullable() ? test : test.operand();
        }
        if (expression instanceof Case choice) {
            return choose(choice);
        }
        return expression instanceof Expr.Coalesce coalesce ? coalesce(coalesce) : expression;
    }

    private static Expr compare(Compare compare, Literal left, Literal right) {
        Compare.Operator operator = compare.operator();
        if (left.isNull() || right.isNull()) {
            if (!operator.nullIsValue()) {
                return Literal.ofNull(Type.BOOLEAN, compare.at());
            }
            boolean same = left.isNull() && right.isNull();
            return Literal.of(same == (operator == Compare.Operator.NOT_DISTINCT), compare.at());
        }
        Integer order = order(left.value(), right.value());
        if (order == null) {
            return compare;
        }
        boolean holds = switch (operator) {
            case EQUAL, NOT_DISTINCT -> order == 0;
            case NOT_EQUAL, DISTINCT -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
        return Literal.of(holds, compare.at());
    }

    /** The order of two values; null for values whose order is left to the kernels. */
    private static Integer order(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
            return a.compareTo(b);
        }
        return left instanceof Boolean a && right instanceof Boolean b ? (Integer) Boolean.compare(a, b) : null;
    }

    private static Expr isNull(Expr.IsNull test) {
        if (test.operand() instanceof Literal literal) {
            return Literal.of(literal.isNull(), test.at());
        }
        boolean never = !test.operand().nullable() && !Exprs.canFail(test.operand());
        return never ? Literal.of(false, test.at()) : test;
    }

    /** Branches that are never taken go; one that is always taken is the last. */
    private static Expr choose(Case choice) {
        List<Case.Branch> branches = new ArrayList<>();
        Expr otherwise = choice.otherwise();
        for (Case.Branch branch : choice.branches()) {
            if (branch.condition() instanceof Literal literal) {
                if (literal.is(true)) {
                    otherwise = branch.result();
                    break;
                }
                continue;
            }
            branches.add(branch);
        }
        return branches.isEmpty() ? otherwise : new Case(branches, otherwise, choice.type(), choice.at());
    }

    private static Expr coalesce(Expr.Coalesce coalesce) {
        List<Expr> operands = new ArrayList<>();
        for (Expr operand : coalesce.operands()) {
            if (operand instanceof Literal literal && literal.isNull()) {
                continue;
            }
            operands.add(operand);
            if (!operand.nullable()) {
                break;
            }
        }
        if (operands.isEmpty()) {
            return Literal.ofNull(coalesce.type(), coalesce.at());
        }
        return operands.size() == 1 ? operands.get(0) : new Expr.Coalesce(operands, coalesce.type(), coalesce.at());
    }
}
