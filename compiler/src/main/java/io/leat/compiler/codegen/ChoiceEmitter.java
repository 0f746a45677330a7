package io.leat.compiler.codegen;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare.Operator;

/** Writes expressions that are one of several: what is not chosen is not computed. */
final class ChoiceEmitter {
    private final ExpressionEmitter expressions;
    private final Columns columns;
    private final Scope scope;

    ChoiceEmitter(ExpressionEmitter expressions, Columns columns, Scope scope) {
        this.expressions = expressions;
        this.columns = columns;
        this.scope = scope;
    }

    /** Branches stand one behind another and not inside each other, so that hundreds of them can be cut into methods. */
    Fragment choose(Expr.Case expr) {
        Fragment result = expressions.variables(expr.type(), expr.nullable(), "false", scope);
        String open = expressions.variable("boolean", "open", "true", scope);
        Scope inner = scope;
        for (Expr.Case.Branch branch : expr.branches()) {
            if (branch != expr.branches().get(0)) {
                inner = scope.inside(scope.block().when(open));
            }
            Scope taken = expressions.whenTrue(branch.condition(), columns, inner);
            expressions.assign(result, expressions.emit(branch.result(), columns, taken), taken);
            taken.block().line(open + " = false;");
        }
        Scope otherwise = scope.inside(scope.block().when(open));
        expressions.assign(result, expressions.emit(expr.otherwise(), columns, otherwise), otherwise);
        return result;
    }

    Fragment coalesce(Expr.Coalesce expr) {
        Fragment result = expressions.variables(expr.type(), true, "true", scope);
        Scope inner = scope;
        for (Expr operand : expr.operands()) {
            if (operand != expr.operands().get(0)) {
                inner = scope.inside(scope.block().when(result.isNull()));
            }
            expressions.assign(result, expressions.emit(operand, columns, inner), inner);
        }
        return expr.nullable() ? result : result.withNull(Fragment.NEVER);
    }

    Fragment extreme(Expr.Extreme expr) {
        Fragment result = expressions.variables(expr.type(), true, "true", scope);
        Operator operator = expr.greatest() ? Operator.GREATER : Operator.LESS;
        for (Expr operand : expr.operands()) {
            Fragment value = expressions.emit(operand, columns, scope);
            if (value.alwaysNull()) {
                continue;
            }
            String better = result.isNull() + " || " + ComparisonEmitter.condition(operator, value, result);
            String test = value.neverNull() ? better : "!" + value.isNull() + " && (" + better + ")";
            expressions.assign(
                    result,
                    value.withNull(Fragment.NEVER),
                    scope.inside(scope.block().when(test)));
        }
        return expr.nullable() ? result : result.withNull(Fragment.NEVER);
    }
}
