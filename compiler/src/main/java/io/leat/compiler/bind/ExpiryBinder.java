package io.leat.compiler.bind;

import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.tree.Relation.Expiring;
import java.util.OptionalLong;

/** How long rows stand after their time: the interval of {@code EXPIRE AFTER}. */
final class ExpiryBinder {
    private final Context context;

    ExpiryBinder(Context context) {
        this.context = context;
    }

    /** The interval in microseconds, more than 0. */
    long micros(Expiring expiring) {
        OptionalLong micros = new FixedLength(context).micros(expiring.after());
        if (micros.isPresent() && micros.getAsLong() > 0) {
            return micros.getAsLong();
        }
        throw context.problems()
                .abandon(
                        ErrorCode.BAD_WINDOW,
                        expiring.after().at(),
                        "EXPIRE AFTER takes a time of fixed length, more than 0",
                        "write it in days or less, such as EXPIRE AFTER INTERVAL '30' DAY");
    }
}
