package io.leat.runtime.local;

import io.leat.runtime.job.OperatorParts;
import io.leat.runtime.job.OperatorParts.Accumulator;
import io.leat.runtime.state.GroupMigration;
import io.leat.runtime.state.GroupMigration.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How groups that kept other aggregates go on.
 *
 * @param migration takes what they kept to what they keep; empty if that cannot be
 * @param reason what has changed, or why it cannot be
 * @param loses whether something of the state is left out
 */
record GroupChange(Optional<GroupMigration> migration, String reason, boolean loses) {

    static GroupChange of(SavedOperator was, SavedOperator is) {
        OperatorParts before = was.plan().parts();
        OperatorParts now = is.plan().parts();
        List<Integer> accumulators = places(prints(before), prints(now));
        List<Integer> sets = places(before.sets(), now.sets());
        if (accumulators.contains(-1)) {
            String field = "aggregate " + (accumulators.indexOf(-1) + 1);
            return refused("'" + field + "' is " + is.keeps().get(field) + ", and in the state "
                    + was.keeps().getOrDefault(field, "not there") + ": nothing is known of it of the rows before");
        }
        if (sets.contains(-1)) {
            String field = "distinct values " + (sets.indexOf(-1) + 1);
            return refused("'" + field + "' are new, and none of the rows before are known");
        }
        if (!is.kind().equals("aggregate")) {
            return refused("aggregates have come or gone, and those of sessions stay together");
        }
        if (is.plan().takesBack()) {
            return refused("aggregates have come or gone, and rows that come to them may go again");
        }
        String sums = before.settings().getOrDefault(OperatorParts.SUMS, "");
        if (!sums.equals(now.settings().getOrDefault(OperatorParts.SUMS, ""))) {
            return refused(
                    "'" + OperatorParts.SUMS + "' are kept " + now.settings().get(OperatorParts.SUMS)
                            + ", and in the state " + sums
                            + ", since an aggregate has gone whose result depends on the order of rows");
        }
        List<String> gone = new ArrayList<>();
        for (int i = 0; i < before.accumulators().size(); i++) {
            if (!accumulators.contains(i)) {
                gone.add(name(was, i) + " is left out");
            }
        }
        List<Slot> slots = before.accumulators().stream()
                .map(each -> new Slot(each.width(), each.texts()))
                .toList();
        return new GroupChange(
                Optional.of(
                        new GroupMigration(slots, accumulators, before.sets().size(), sets)),
                gone.isEmpty() ? "aggregates have other places" : String.join("; ", gone),
                !gone.isEmpty());
    }

    private static GroupChange refused(String reason) {
        return new GroupChange(Optional.empty(), reason, false);
    }

    private static List<String> prints(OperatorParts parts) {
        return parts.accumulators().stream().map(Accumulator::print).toList();
    }

    /** Where each was; -1 if it was not there. Of several that are the same the first is the first. */
    private static List<Integer> places(List<String> before, List<String> now) {
        List<String> left = new ArrayList<>(before);
        List<Integer> places = new ArrayList<>();
        for (String each : now) {
            int place = left.indexOf(each);
            places.add(place);
            if (place >= 0) {
                left.set(place, null);
            }
        }
        return places;
    }

    private static String name(SavedOperator operator, int accumulator) {
        List<String> calls = operator.plan().calls();
        return "'aggregate " + (accumulator + 1) + "'"
                + (accumulator < calls.size() ? " " + calls.get(accumulator) : "");
    }
}
