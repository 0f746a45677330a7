package io.leat.compiler.explain;

import io.leat.runtime.connector.Promise;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.local.Guarantees;

/** How often the rows of a statement come, and why. */
final class DeliveryText {
    private DeliveryText() {}

    static void write(SinkSpec sink, Lines out) {
        String place = switch (sink.kind()) {
            case PRINT -> "printed";
            case MEMORY -> "in memory";
            case TABLE -> sink.connector().orElse("");
        };
        Promise promise = Guarantees.promise(sink);
        String often = switch (promise.guarantee()) {
            case EXACTLY_ONCE -> "exactly once";
            case AT_LEAST_ONCE -> "at least once";
            case REFUSED -> "refused";
        };
        out.add(1, place + ": " + often + ", with --state");
        out.add(2, promise.why());
        out.add(1, "without --state nothing is kept: a run that is started again begins with the first row");
        if (!promise.withoutState().isEmpty()) {
            out.add(2, promise.withoutState());
        }
    }
}
