package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.tree.Relation.Expiring;
import io.leat.runtime.type.Type;

/** How long rows stand after their time: the interval of {@code EXPIRE AFTER}. */
final class ExpiryBinder {
    private final Context context;

    ExpiryBinder(Context context) {
        this.context = context;
    }

    /** The interval in microseconds, more than 0. */
    long micros(Expiring expiring) {
        Expr after = new ExpressionBinder(context, QueryBinder.nothing(expiring.at())).bind(expiring.after());
        if (after instanceof Expr.Literal literal
                && literal.type().equals(Type.INTERVAL_MICROS)
                && literal.value() instanceof Long micros
                && micros > 0) {
            return micros;
        }
        throw context.problems()
                .abandon(
                        ErrorCode.BAD_WINDOW,
                        expiring.after().at(),
                        "EXPIRE AFTER takes a time of fixed length, more than 0",
                        "write it in days or less, such as EXPIRE AFTER INTERVAL '30' DAY");
    }
}
