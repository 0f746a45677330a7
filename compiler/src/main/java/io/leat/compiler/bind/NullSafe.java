package io.leat.compiler.bind;

import io.leat.compiler.expr.ByteText;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DecimalType;
import java.math.BigDecimal;
import java.util.List;

/** Equality for which NULL is a value, out of equalities by which a join can look for rows. */
final class NullSafe {
    private NullSafe() {}

    /** That two values of one type are not distinct. */
    static List<Expr> equal(Expr left, Expr right, Origin at) {
        if (!left.nullable() && !right.nullable()) {
            return List.of(new Expr.Compare(Expr.Compare.Operator.EQUAL, left, right, at));
        }
        return List.of(
                new Expr.Compare(
                        Expr.Compare.Operator.EQUAL, new Expr.IsNull(left, at), new Expr.IsNull(right, at), at),
                new Expr.Compare(Expr.Compare.Operator.EQUAL, orZero(left, at), orZero(right, at), at));
    }

    private static Expr orZero(Expr value, Origin at) {
        return value.nullable() ? new Expr.Coalesce(List.of(value, zero(value.type(), at)), value.type(), at) : value;
    }

    /** Some value of a type that is no row: 0 of a number, an array without elements. */
    static Expr zero(Type type, Origin at) {
        if (type instanceof Type.ArrayType array) {
            return new Expr.ArrayOf(List.of(), array, at);
        }
        if (type instanceof DecimalType decimal) {
            return new Literal(BigDecimal.ZERO.setScale(decimal.scale()), type, at);
        }
        return switch (type.physical()) {
            case BOOL -> new Literal(false, type, at);
            case INT8, INT16, INT32, INT64, INT128 -> new Literal(0L, type, at);
            case FLOAT32, FLOAT64 -> new Literal(0.0, type, at);
            case BYTES ->
                type instanceof Type.VarbinaryType
                        ? new Literal(new ByteText(new byte[0]), type, at)
                        : new Literal("", type, at);
            case ROW -> throw new IllegalArgumentException("a row is no value to compare");
        };
    }
}
