package io.leat.grammar.tree;

import io.leat.grammar.tree.Expression.Arithmetic;
import io.leat.grammar.tree.Expression.Between;
import io.leat.grammar.tree.Expression.Comparison;
import io.leat.grammar.tree.Expression.InList;
import io.leat.grammar.tree.Expression.InQuery;
import io.leat.grammar.tree.Expression.IsNull;
import io.leat.grammar.tree.Expression.IsTruth;
import io.leat.grammar.tree.Expression.Like;
import io.leat.grammar.tree.Expression.Logical;
import io.leat.grammar.tree.Expression.Quantified;
import io.leat.grammar.tree.Expression.Unary;

/** How strongly an expression holds together, weakest first: the levels of the grammar. */
enum Precedence {
    OR,
    AND,
    NOT,
    IS,
    COMPARISON,
    RANGE,
    ADDITIVE,
    MULTIPLICATIVE,
    SIGN,
    PRIMARY;

    static Precedence of(Expression expression) {
        if (expression instanceof Logical logical) {
            return logical.and() ? AND : OR;
        }
        if (expression instanceof Unary unary) {
            return unary.operator() == Unary.Operator.NOT ? NOT : SIGN;
        }
        if (expression instanceof Comparison comparison) {
            return isDistinctTest(comparison) ? IS : COMPARISON;
        }
        if (expression instanceof Arithmetic arithmetic) {
            return of(arithmetic.operators().get(0));
        }
        if (expression instanceof Quantified) {
            return COMPARISON;
        }
        if (expression instanceof IsNull || expression instanceof IsTruth) {
            return IS;
        }
        boolean isRange = expression instanceof Between
                || expression instanceof InList
                || expression instanceof InQuery
                || expression instanceof Like;
        return isRange ? RANGE : PRIMARY;
    }

    static boolean isDistinctTest(Comparison comparison) {
        return comparison.operator() == Comparison.Operator.DISTINCT
                || comparison.operator() == Comparison.Operator.NOT_DISTINCT;
    }

    private static Precedence of(Arithmetic.Operator operator) {
        return switch (operator) {
            case ADD, SUBTRACT, CONCAT -> ADDITIVE;
            case MULTIPLY, DIVIDE, REMAINDER -> MULTIPLICATIVE;
        };
    }
}
