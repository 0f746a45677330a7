package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare.Operator;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.grammar.tree.Expression;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.NullType;
import io.leat.runtime.type.Type.RowType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code value IN (…)}: a set where the list is made of literals, otherwise comparisons one after another. */
final class InListBinder {
    private final ExpressionBinder expressions;

    InListBinder(ExpressionBinder expressions) {
        this.expressions = expressions;
    }

    Expr bind(Expression.InList in) {
        Expr value = expressions.bind(in.value());
        List<Expr> elements = new ArrayList<>();
        in.list().forEach(element -> elements.add(expressions.bind(element)));
        Expr test = set(value, elements, in).orElseGet(() -> comparisons(value, elements, in));
        return in.negated() ? new Expr.Not(test, in.at()) : test;
    }

    /** All elements as literals of one type with the value; empty if they are not all that. */
    private Optional<Expr> set(Expr value, List<Expr> elements, Expression.InList in) {
        Type type = value.type();
        List<Expr> read = new ArrayList<>();
        for (Expr element : elements) {
            if (!(element instanceof Literal)) {
                return Optional.empty();
            }
            Expr literal = expressions.conversions().literalAs(element, value.type());
            Optional<Type> common = expressions.conversions().common(type, literal.type());
            if (common.isEmpty() || common.get() instanceof RowType || common.get() instanceof NullType) {
                return Optional.empty();
            }
            type = common.get();
            read.add(literal);
        }
        Set<Literal> literals = new LinkedHashSet<>();
        boolean hasNull = false;
        for (Expr element : read) {
            if (!(expressions.conversions().cast(element, type) instanceof Literal literal)) {
                return Optional.empty();
            }
            hasNull |= literal.isNull();
            if (!literal.isNull()) {
                literals.add(literal);
            }
        }
        return Optional.of(
                new Expr.In(expressions.conversions().cast(value, type), List.copyOf(literals), hasNull, in.at()));
    }

    private Expr comparisons(Expr value, List<Expr> elements, Expression.InList in) {
        List<Expr> tests = new ArrayList<>();
        for (Expr element : elements) {
            Expr test = expressions.compare(Operator.EQUAL, value, element, element.at());
            tests.add(test.type().equals(Type.BOOLEAN) ? test : Literal.ofNull(Type.BOOLEAN, element.at()));
        }
        return tests.size() == 1 ? tests.get(0) : new Expr.Logical(false, tests, in.at());
    }
}
