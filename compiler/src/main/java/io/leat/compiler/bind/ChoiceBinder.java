package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.type.Types;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.RowType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Expressions that are one of several values, which get the type they have in common. */
final class ChoiceBinder {
    private final ExpressionBinder expressions;
    private final Problems problems;

    ChoiceBinder(ExpressionBinder expressions, Problems problems) {
        this.expressions = expressions;
        this.problems = problems;
    }

    Expr choose(Expression.Case choice) {
        List<Expr> conditions = new ArrayList<>();
        List<Expr> results = new ArrayList<>();
        Optional<Expr> operand = choice.operand().map(expressions::bind);
        for (Expression.When branch : choice.branches()) {
            if (operand.isPresent()) {
                Expr value = expressions.bind(branch.condition());
                Expr test = expressions.compare(Expr.Compare.Operator.EQUAL, operand.get(), value, branch.at());
                conditions.add(test.type().equals(Type.BOOLEAN) ? test : Literal.ofNull(Type.BOOLEAN, branch.at()));
            } else {
                conditions.add(expressions.bindCondition(branch.condition()));
            }
            results.add(expressions.bind(branch.result()));
        }
        results.add(choice.otherwise().map(expressions::bind).orElse(Literal.ofNull(Type.NULL, choice.at())));
        Optional<Type> type = unify(results, "the branches of CASE");
        if (type.isEmpty()) {
            return Literal.ofNull(Type.NULL, choice.at());
        }
        List<Expr.Case.Branch> branches = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            branches.add(new Expr.Case.Branch(conditions.get(i), results.get(i)));
        }
        return new Expr.Case(branches, results.get(results.size() - 1), type.get(), choice.at());
    }

    Expr coalesce(List<Expr> values, Origin at) {
        List<Expr> operands = new ArrayList<>(values);
        Optional<Type> type = unify(operands, "the arguments of COALESCE");
        if (type.isEmpty()) {
            return Literal.ofNull(Type.NULL, at);
        }
        return operands.size() == 1 ? operands.get(0) : new Expr.Coalesce(operands, type.get(), at);
    }

    Expr extreme(boolean greatest, List<Expr> values, Origin at) {
        List<Expr> operands = new ArrayList<>(values);
        Optional<Type> type = unify(operands, "the arguments of " + (greatest ? "GREATEST" : "LEAST"));
        if (type.isEmpty()) {
            return Literal.ofNull(Type.NULL, at);
        }
        return operands.size() == 1 ? operands.get(0) : new Expr.Extreme(greatest, operands, type.get(), at);
    }

    /** {@code NULL} where both are equal, otherwise the first. */
    Expr nullIf(Expr value, Expr other, Origin at) {
        Expr equal = expressions.compare(Expr.Compare.Operator.EQUAL, value, other, at);
        if (!equal.type().equals(Type.BOOLEAN)) {
            return Literal.ofNull(Type.NULL, at);
        }
        Expr settled = expressions.conversions().settled(value);
        return new Expr.Case(
                List.of(new Expr.Case.Branch(equal, Literal.ofNull(settled.type(), at))), settled, settled.type(), at);
    }

    Expr choose(Expr condition, Expr then, Expr otherwise, Origin at) {
        List<Expr> results = new ArrayList<>(List.of(then, otherwise));
        Optional<Type> type = unify(results, "the results of IF");
        Optional<Expr> test = expressions.conversions().implicit(condition, Type.BOOLEAN);
        if (type.isEmpty() || test.isEmpty()) {
            problems.add(ErrorCode.TYPE_MISMATCH, at, "IF takes a condition and two values of one type");
            return Literal.ofNull(Type.NULL, at);
        }
        return new Expr.Case(List.of(new Expr.Case.Branch(test.get(), results.get(0))), results.get(1), type.get(), at);
    }

    private static boolean isTextLiteral(Expr value) {
        return value instanceof Literal literal && literal.value() instanceof String;
    }

    /** Casts all values to the type they have in common, in place. */
    Optional<Type> unify(List<Expr> values, String what) {
        Type type = Type.NULL;
        // Text literals read as whatever the others are, so the others come first.
        List<Expr> order = new ArrayList<>(values);
        order.sort(Comparator.comparing(ChoiceBinder::isTextLiteral));
        for (Expr value : order) {
            Expr read = expressions.conversions().literalAs(value, type);
            Optional<Type> common = expressions.conversions().common(type, read.type());
            if (common.isEmpty() || common.get() instanceof RowType) {
                problems.add(
                        ErrorCode.TYPE_MISMATCH,
                        value.at(),
                        what + " have no type in common: " + type.sql() + " and "
                                + value.type().sql(),
                        "cast one of them with CAST(… AS type)");
                return Optional.empty();
            }
            type = common.get();
        }
        type = Types.settled(type);
        for (int i = 0; i < values.size(); i++) {
            Expr read = expressions.conversions().literalAs(values.get(i), type);
            values.set(i, expressions.conversions().cast(read, type));
        }
        return Optional.of(type);
    }
}
