package io.leat.grammar.tree;

import java.util.ArrayList;
import java.util.List;

/** The expressions right below an expression. What stands in a subquery belongs to that query, and is none of them. */
public final class Operands implements ExpressionVisitor<List<Expression>> {
    private static final Operands OPERANDS = new Operands();

    private Operands() {}

    public static List<Expression> of(Expression expression) {
        return ExpressionVisitor.visit(expression, OPERANDS);
    }

    @Override
    public List<Expression> nullLiteral(Expression.NullLiteral node) {
        return List.of();
    }

    @Override
    public List<Expression> booleanLiteral(Expression.BooleanLiteral node) {
        return List.of();
    }

    @Override
    public List<Expression> numberLiteral(Expression.NumberLiteral node) {
        return List.of();
    }

    @Override
    public List<Expression> stringLiteral(Expression.StringLiteral node) {
        return List.of();
    }

    @Override
    public List<Expression> binaryLiteral(Expression.BinaryLiteral node) {
        return List.of();
    }

    @Override
    public List<Expression> typedLiteral(Expression.TypedLiteral node) {
        return List.of();
    }

    @Override
    public List<Expression> intervalLiteral(Expression.IntervalLiteral node) {
        return List.of();
    }

    @Override
    public List<Expression> parameter(Expression.Parameter node) {
        return List.of();
    }

    @Override
    public List<Expression> reference(Expression.Reference node) {
        return List.of();
    }

    @Override
    public List<Expression> fieldAccess(Expression.FieldAccess node) {
        return List.of(node.value());
    }

    @Override
    public List<Expression> unary(Expression.Unary node) {
        return List.of(node.operand());
    }

    @Override
    public List<Expression> arithmetic(Expression.Arithmetic node) {
        return node.operands();
    }

    @Override
    public List<Expression> logical(Expression.Logical node) {
        return node.operands();
    }

    @Override
    public List<Expression> comparison(Expression.Comparison node) {
        return List.of(node.left(), node.right());
    }

    @Override
    public List<Expression> between(Expression.Between node) {
        return List.of(node.value(), node.low(), node.high());
    }

    @Override
    public List<Expression> inList(Expression.InList node) {
        List<Expression> operands = new ArrayList<>(node.list());
        operands.add(node.value());
        return operands;
    }

    @Override
    public List<Expression> inQuery(Expression.InQuery node) {
        return List.of(node.value());
    }

    @Override
    public List<Expression> quantified(Expression.Quantified node) {
        return List.of(node.value());
    }

    @Override
    public List<Expression> exists(Expression.Exists node) {
        return List.of();
    }

    @Override
    public List<Expression> scalarQuery(Expression.ScalarQuery node) {
        return List.of();
    }

    @Override
    public List<Expression> like(Expression.Like node) {
        List<Expression> operands = new ArrayList<>(List.of(node.value(), node.pattern()));
        node.escape().ifPresent(operands::add);
        return operands;
    }

    @Override
    public List<Expression> isNull(Expression.IsNull node) {
        return List.of(node.value());
    }

    @Override
    public List<Expression> isTruth(Expression.IsTruth node) {
        return List.of(node.value());
    }

    @Override
    public List<Expression> caseOf(Expression.Case node) {
        List<Expression> operands = new ArrayList<>();
        node.operand().ifPresent(operands::add);
        for (Expression.When branch : node.branches()) {
            operands.add(branch.condition());
            operands.add(branch.result());
        }
        node.otherwise().ifPresent(operands::add);
        return operands;
    }

    @Override
    public List<Expression> cast(Expression.Cast node) {
        return List.of(node.value());
    }

    @Override
    public List<Expression> call(Expression.Call node) {
        List<Expression> operands = new ArrayList<>(node.arguments());
        node.orderBy().forEach(item -> operands.add(item.expression()));
        node.filter().ifPresent(operands::add);
        return operands;
    }

    /** The window function, and what its window is made of; a window that is named is written elsewhere. */
    @Override
    public List<Expression> over(Expression.Over node) {
        List<Expression> operands = new ArrayList<>(List.of(node.call()));
        operands.addAll(node.window().partitionBy());
        node.window().orderBy().forEach(item -> operands.add(item.expression()));
        return operands;
    }

    @Override
    public List<Expression> unit(Expression.Unit node) {
        return List.of();
    }

    @Override
    public List<Expression> rowConstructor(Expression.RowConstructor node) {
        return node.values();
    }

    @Override
    public List<Expression> arrayConstructor(Expression.ArrayConstructor node) {
        return node.elements();
    }

    @Override
    public List<Expression> element(Expression.Element node) {
        return List.of(node.array(), node.position());
    }
}
