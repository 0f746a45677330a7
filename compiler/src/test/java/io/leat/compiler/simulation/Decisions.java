package io.leat.compiler.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;

/** What has been decided in a world, whoever knows of it; and what went against the rules. */
final class Decisions {
    private final Map<Long, Decision> decided = new HashMap<>();
    private String violation = "";

    /**
     * A decision.
     *
     * @param by which attempt won
     * @param durable whether nothing can undo it
     */
    private record Decision(String by, boolean durable) {}

    /** An epoch is decided. */
    void decide(long epoch, String by, boolean durable) {
        Decision before = decided.get(epoch);
        if (before != null && !before.by.equals(by)) {
            violate("epoch " + epoch + " was decided for " + before.by + ", and then for " + by);
        }
        decided.put(epoch, new Decision(by, durable));
    }

    /** Decisions so far survive a loss of power. */
    void sync() {
        decided.replaceAll((epoch, each) -> each.durable ? each : new Decision(each.by, true));
    }

    /**
     * The power is gone, and with it perhaps decisions that were not durable.
     *
     * @param left whether an epoch is decided still
     */
    void losePower(LongPredicate left) {
        decided.entrySet().removeIf(each -> !each.getValue().durable && !left.test(each.getKey()));
        sync();
    }

    /** Whether rows of an attempt may be seen: it is decided, and for good. */
    boolean isDecided(long epoch, String by) {
        Decision decision = decided.get(epoch);
        return decision != null && decision.durable && decision.by.equals(by);
    }

    /** How many epochs are decided. */
    long count() {
        return decided.size();
    }

    /** Something happened that must not; the first counts. */
    void violate(String what) {
        if (violation.isEmpty()) {
            violation = what;
        }
    }

    /** What happened that must not; empty for nothing. */
    String violation() {
        return violation;
    }
}
