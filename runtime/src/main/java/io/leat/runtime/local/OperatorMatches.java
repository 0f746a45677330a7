package io.leat.runtime.local;

import io.leat.runtime.job.OperatorParts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * Which operator of a query goes on with the state of which one: with that of one that computes the same, wherever that stands in its query
 * and whatever its columns, tables and views are called; otherwise with that of one of its kind whose rows go to the same tables.
 */
final class OperatorMatches {
    private final List<SavedOperator> now;
    /** Saved operators by those that go on with their state. */
    private final Map<SavedOperator, SavedOperator> matches = new LinkedHashMap<>();

    private final List<SavedOperator> left;
    /** Names of those whose rows are all told anew. */
    private final Set<String> fresh = new HashSet<>();

    OperatorMatches(List<SavedOperator> saved, List<SavedOperator> now) {
        this.now = now;
        this.left = new ArrayList<>(saved);
        match(true, (was, is) -> computesTheSame(was, is) && was.of().equals(is.of()));
        match(true, (was, is) -> was.of().equals(is.of()));
        match(true, OperatorMatches::isRenamed);
        findFresh();
        match(false, (was, is) -> computesTheSame(was, is) && was.of().equals(is.of()) && fits(was, is));
        match(false, (was, is) -> computesTheSame(was, is) && fits(was, is));
        match(false, (was, is) -> isAlike(was, is) && was.of().equals(is.of()) && fits(was, is));
        match(false, (was, is) -> isAlike(was, is) && fits(was, is));
        match(false, (was, is) -> was.of().equals(is.of()));
    }

    static boolean computesTheSame(SavedOperator was, SavedOperator is) {
        return was.plan().print().equals(is.plan().print()) && was.keeps().equals(is.keeps());
    }

    /** Whether they differ at most in settings, aggregates and names. */
    static boolean isAlike(SavedOperator was, SavedOperator is) {
        OperatorParts before = was.plan().parts();
        OperatorParts after = is.plan().parts();
        return before.isKnown()
                && (before.computes().equals(after.computes())
                        || before.placed().equals(after.placed()));
    }

    /** Whether a table is the same by where it is, whatever it is called. */
    static boolean isRenamed(SavedOperator was, SavedOperator is) {
        return was.plan().parts().isKnown()
                && was.plan().parts().placed().equals(is.plan().parts().placed());
    }

    private void match(boolean scans, BiPredicate<SavedOperator, SavedOperator> same) {
        for (SavedOperator is : now) {
            if (is.isScan() == scans && !matches.containsKey(is) && !fresh.contains(is.name())) {
                left.stream()
                        .filter(was -> was.kind().equals(is.kind()) && was.phase() == is.phase())
                        .filter(was -> same.test(was, is))
                        .findFirst()
                        .ifPresent(was -> {
                            matches.put(is, was);
                            left.remove(was);
                        });
            }
        }
    }

    /** Those that read a table of which the state knows nothing, and those that take rows of nobody else: they begin at the beginning. */
    private void findFresh() {
        for (SavedOperator is : now) { // each comes after those that it takes rows from
            boolean begins =
                    is.isScan() ? !matches.containsKey(is) : !is.inputs().isEmpty() && fresh.containsAll(is.inputs());
            if (begins) {
                fresh.add(is.name());
            }
        }
    }

    /** Whether rows come to it from those from which they came, as far as that is known. */
    boolean fits(SavedOperator was, SavedOperator is) {
        if (!was.plan().parts().isKnown()) {
            return true;
        }
        Set<String> inputs = new TreeSet<>();
        for (SavedOperator each : now) {
            if (is.inputs().contains(each.name())) {
                inputs.add(Optional.ofNullable(matches.get(each))
                        .map(SavedOperator::name)
                        .orElse(""));
            }
        }
        return inputs.equals(new TreeSet<>(was.inputs()));
    }

    /** Whose state it goes on with. */
    Optional<SavedOperator> of(SavedOperator is) {
        return Optional.ofNullable(matches.get(is));
    }

    boolean isFresh(SavedOperator is) {
        return fresh.contains(is.name());
    }

    /** Whether all that it takes rows from goes on with a state. */
    boolean isFed(SavedOperator is) {
        return now.stream().filter(each -> is.inputs().contains(each.name())).allMatch(matches::containsKey);
    }

    Map<SavedOperator, SavedOperator> all() {
        return Collections.unmodifiableMap(matches);
    }

    /** Those with whose state nobody goes on. */
    List<SavedOperator> left() {
        return List.copyOf(left);
    }
}
