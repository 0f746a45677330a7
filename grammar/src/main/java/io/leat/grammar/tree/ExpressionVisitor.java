package io.leat.grammar.tree;

/** One method per kind of expression. There are no default methods: a new one breaks the build wherever it must be handled. */
public interface ExpressionVisitor<R> {
    R nullLiteral(Expression.NullLiteral node);

    R booleanLiteral(Expression.BooleanLiteral node);

    R numberLiteral(Expression.NumberLiteral node);

    R stringLiteral(Expression.StringLiteral node);

    R binaryLiteral(Expression.BinaryLiteral node);

    R typedLiteral(Expression.TypedLiteral node);

    R intervalLiteral(Expression.IntervalLiteral node);

    R parameter(Expression.Parameter node);

    R reference(Expression.Reference node);

    R fieldAccess(Expression.FieldAccess node);

    R unary(Expression.Unary node);

    R arithmetic(Expression.Arithmetic node);

    R logical(Expression.Logical node);

    R comparison(Expression.Comparison node);

    R between(Expression.Between node);

    R inList(Expression.InList node);

    R inQuery(Expression.InQuery node);

    R quantified(Expression.Quantified node);

    R exists(Expression.Exists node);

    R scalarQuery(Expression.ScalarQuery node);

    R like(Expression.Like node);

    R isNull(Expression.IsNull node);

    R isTruth(Expression.IsTruth node);

    R caseOf(Expression.Case node);

    R cast(Expression.Cast node);

    R call(Expression.Call node);

    R over(Expression.Over node);

    R unit(Expression.Unit node);

    R rowConstructor(Expression.RowConstructor node);

    R arrayConstructor(Expression.ArrayConstructor node);

    R element(Expression.Element node);

    /** Calls the method for what the node is. */
    static <R> R visit(Expression node, ExpressionVisitor<R> visitor) {
        if (node instanceof Expression.NullLiteral is) {
            return visitor.nullLiteral(is);
        }
        if (node instanceof Expression.BooleanLiteral is) {
            return visitor.booleanLiteral(is);
        }
        if (node instanceof Expression.NumberLiteral is) {
            return visitor.numberLiteral(is);
        }
        if (node instanceof Expression.StringLiteral is) {
            return visitor.stringLiteral(is);
        }
        if (node instanceof Expression.BinaryLiteral is) {
            return visitor.binaryLiteral(is);
        }
        if (node instanceof Expression.TypedLiteral is) {
            return visitor.typedLiteral(is);
        }
        if (node instanceof Expression.IntervalLiteral is) {
            return visitor.intervalLiteral(is);
        }
        if (node instanceof Expression.Parameter is) {
            return visitor.parameter(is);
        }
        if (node instanceof Expression.Reference is) {
            return visitor.reference(is);
        }
        if (node instanceof Expression.FieldAccess is) {
            return visitor.fieldAccess(is);
        }
        if (node instanceof Expression.Unary is) {
            return visitor.unary(is);
        }
        if (node instanceof Expression.Arithmetic is) {
            return visitor.arithmetic(is);
        }
        if (node instanceof Expression.Logical is) {
            return visitor.logical(is);
        }
        if (node instanceof Expression.Comparison is) {
            return visitor.comparison(is);
        }
        if (node instanceof Expression.Between is) {
            return visitor.between(is);
        }
        if (node instanceof Expression.InList is) {
            return visitor.inList(is);
        }
        if (node instanceof Expression.InQuery is) {
            return visitor.inQuery(is);
        }
        if (node instanceof Expression.Quantified is) {
            return visitor.quantified(is);
        }
        if (node instanceof Expression.Exists is) {
            return visitor.exists(is);
        }
        if (node instanceof Expression.ScalarQuery is) {
            return visitor.scalarQuery(is);
        }
        if (node instanceof Expression.Like is) {
            return visitor.like(is);
        }
        if (node instanceof Expression.IsNull is) {
            return visitor.isNull(is);
        }
        if (node instanceof Expression.IsTruth is) {
            return visitor.isTruth(is);
        }
        if (node instanceof Expression.Case is) {
            return visitor.caseOf(is);
        }
        if (node instanceof Expression.Cast is) {
            return visitor.cast(is);
        }
        if (node instanceof Expression.Call is) {
            return visitor.call(is);
        }
        if (node instanceof Expression.Over is) {
            return visitor.over(is);
        }
        if (node instanceof Expression.Unit is) {
            return visitor.unit(is);
        }
        if (node instanceof Expression.ArrayConstructor is) {
            return visitor.arrayConstructor(is);
        }
        if (node instanceof Expression.Element is) {
            return visitor.element(is);
        }
        if (node instanceof Expression.RowConstructor is) {
            return visitor.rowConstructor(is);
        }
        throw new AssertionError("no method for " + node.getClass());
    }
}
