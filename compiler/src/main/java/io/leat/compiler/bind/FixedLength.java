package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.grammar.tree.Expression;
import io.leat.runtime.type.Type;
import java.util.OptionalLong;

/** Intervals that are as long at any time: not months, which are not. */
final class FixedLength {
    private final Context context;

    FixedLength(Context context) {
        this.context = context;
    }

    /** The length in microseconds; empty if it is none that is fixed. */
    OptionalLong micros(Expression interval) {
        Expr bound = new ExpressionBinder(context, QueryBinder.nothing(interval.at())).bind(interval);
        boolean isFixed = bound instanceof Expr.Literal literal
                && literal.type().equals(Type.INTERVAL_MICROS)
                && literal.value() instanceof Long;
        return isFixed ? OptionalLong.of((Long) ((Expr.Literal) bound).value()) : OptionalLong.empty();
    }
}
