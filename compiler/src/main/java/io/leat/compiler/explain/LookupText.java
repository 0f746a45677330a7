package io.leat.compiler.explain;

import io.leat.compiler.physical.PhysicalOperator.JoinStreams;
import io.leat.runtime.connector.LookupCache;
import io.leat.runtime.job.NodeSpec.JoinBound;

/** What a join remembers of a table outside that it asks for keys. */
final class LookupText {
    private LookupText() {}

    static String cache(LookupCache cache) {
        if (cache.maxRows() == 0) {
            return "remembers nothing";
        }
        return "remembers " + cache.maxRows() + " rows a worker"
                + (cache.expireMicros() == 0 ? "" : " for " + Durations.text(cache.expireMicros()))
                + (cache.missing() ? "" : ", but no key without rows");
    }

    static void write(JoinStreams join, JoinBound.Lookup bound, Lines out) {
        LookupCache cache = bound.cache();
        out.add(
                0,
                join.id() + " lookup in " + bound.table() + ": "
                        + (cache.maxRows() == 0 ? "no state" : "answers by key"));
        out.add(1, "rows wait for the answer to their batch, and for nothing else");
        if (cache.maxRows() > 0) {
            out.add(
                    1,
                    "bounded by " + cache.maxRows()
                            + " rows a worker, in memory and not in snapshots; the least asked for goes first"
                            + (cache.expireMicros() == 0
                                    ? ""
                                    : ", and what is " + Durations.text(cache.expireMicros()) + " old"));
        }
    }
}
