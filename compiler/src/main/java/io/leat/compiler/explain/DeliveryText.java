package io.leat.compiler.explain;

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
        switch (Guarantees.of(sink)) {
            case EXACTLY_ONCE -> {
                out.add(1, place + ": exactly once, with --state");
                out.add(2, once(sink));
            }
            case AT_LEAST_ONCE -> {
                out.add(1, place + ": at least once, with --state");
                out.add(2, "rows are handed on as they come: those of the epoch in which a run is killed come again");
            }
            case REFUSED -> {
                out.add(1, place + ": refused, with --state");
                out.add(2, "one file cannot grow epoch by epoch: name a directory");
            }
        }
        out.add(1, "without --state nothing is kept: a run that is started again begins with the first row");
    }

    private static String once(SinkSpec sink) {
        if (sink.kind() == SinkSpec.Kind.MEMORY) {
            return "the table is part of the state";
        }
        return Guarantees.isTransactional(sink)
                ? "rows and the decision on their epoch are in one transaction: readers need isolation.level = read_committed"
                : "an epoch has files of its own, which show when it is decided";
    }
}
