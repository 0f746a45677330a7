package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.type.Coercion;
import io.leat.compiler.type.Types;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.NullType;
import io.leat.runtime.type.Type.VarcharType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Puts in the casts that a query leaves out. */
final class Conversions {
    private final Context context;

    Conversions(Context context) {
        this.context = context;
    }

    /** The value as another type, which it can be cast to; a literal becomes a literal where that is exact. */
    Expr cast(Expr value, Type type) {
        if (value.type().equals(type)) {
            return value;
        }
        if (value.type() instanceof NullType) {
            return Literal.ofNull(type, value.at());
        }
        if (value instanceof Literal literal) {
            Optional<Literal> converted = convert(literal, type);
            if (converted.isPresent()) {
                return converted.get();
            }
        }
        if (value instanceof Expr.ArrayOf array && type instanceof Type.ArrayType wanted) {
            List<Expr> elements = array.elements().stream()
                    .map(element -> cast(element, wanted.element()))
                    .toList();
            return new Expr.ArrayOf(elements, wanted, array.at());
        }
        return new Expr.Cast(value, type, false, value.at());
    }

    private static Optional<Literal> convert(Literal literal, Type type) {
        if (literal.isNull()) {
            return Optional.of(Literal.ofNull(type, literal.at()));
        }
        if (literal.value() instanceof Long number) {
            if (type instanceof Type.IntegerType integer && literal.type() instanceof Type.IntegerType) {
                boolean fits = integer.bits() == 64 || Math.abs(number) < 1L << integer.bits() - 1;
                return fits ? Optional.of(new Literal(number, type, literal.at())) : Optional.empty();
            }
            if (type instanceof Type.DecimalType decimal && literal.type() instanceof Type.IntegerType) {
                BigDecimal value = BigDecimal.valueOf(number).setScale(decimal.scale());
                return value.precision() <= decimal.precision()
                        ? Optional.of(new Literal(value, type, literal.at()))
                        : Optional.empty();
            }
            if (type.equals(Type.DOUBLE) && literal.type() instanceof Type.IntegerType) {
                return Optional.of(new Literal((double) number, type, literal.at()));
            }
        }
        if (literal.value() instanceof BigDecimal number) {
            if (type.equals(Type.DOUBLE)) {
                return Optional.of(new Literal(number.doubleValue(), type, literal.at()));
            }
            if (type instanceof Type.DecimalType decimal && decimal.scale() >= number.scale()) {
                BigDecimal value = number.setScale(decimal.scale());
                return value.precision() <= decimal.precision()
                        ? Optional.of(new Literal(value, type, literal.at()))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The value as a type that its own becomes without being asked; empty if it does not. */
    Optional<Expr> implicit(Expr value, Type type) {
        Expr read = literalAs(value, type);
        Optional<Type> common = Coercion.common(read.type(), type);
        return common.isPresent() && common.get().equals(type) ? Optional.of(cast(read, type)) : Optional.empty();
    }

    Optional<Type> common(Type left, Type right) {
        return Coercion.common(left, right);
    }

    /**
     * A text literal that meets a value of another type, read as a literal of that type, e.g. a date. Anything else, and a text that
     * is no such literal, stays as it is.
     */
    Expr literalAs(Expr value, Type other) {
        boolean isText = value instanceof Literal literal && literal.value() instanceof String;
        boolean readable = !(other instanceof VarcharType || other instanceof NullType || other instanceof Type.RowType)
                && !(other instanceof Type.IntervalType || other instanceof Type.ArrayType);
        if (!isText || !readable) {
            return value;
        }
        Literal literal = (Literal) value;
        return LiteralParser.parse((String) literal.value(), other, context.zone())
                .<Expr>map(parsed -> new Literal(parsed, other, literal.at()))
                .orElse(value);
    }

    /** The value as text, whatever it is. */
    Expr toText(Expr value) {
        return Types.isText(value.type()) && value.type().equals(Type.VARCHAR) ? value : cast(value, Type.VARCHAR);
    }

    /** The value in a form that a column can have: a bare NULL becomes text. */
    Expr settled(Expr value) {
        return cast(value, Types.settled(value.type()));
    }
}
