package io.leat.runtime.local;

import io.leat.runtime.local.QueryChange.Outcome;
import io.leat.runtime.local.QueryChange.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What becomes of a state with a query, in sentences. */
final class ChangeText {
    private ChangeText() {}

    /** Why a query does not go on with the state of another one, and what to do. */
    static String refusal(QueryChange change) {
        return "the query does not go on with the state of the one before: " + all(change.of(Outcome.REFUSED))
                + "; go on with the query of before, or start this one in a new state directory, where it reads everything again";
    }

    /** Why a query is not taken for the one before, and how to say that it is meant. */
    static String question(QueryChange change) {
        List<String> changed = changes(change);
        return "the query is not the one that the state was made with: " + String.join("; ", changed)
                + "; go on with the query of before, or say that the change is meant (--accept-changed-query): then all state"
                + " is kept, and what was computed stays as it was";
    }

    /** What was accepted. */
    static List<String> notes(QueryChange change) {
        List<String> notes = new ArrayList<>();
        changes(change).forEach(each -> notes.add("the query has changed: " + each));
        long kept = change.of(Outcome.KEPT).size() + change.of(Outcome.CHANGED).size();
        notes.add("the state of " + (kept == 1 ? "1 operator is" : kept + " operators is all") + " kept: what was"
                + " computed stays as it was, and rows that come now are computed by the query of now");
        return notes;
    }

    private static List<String> changes(QueryChange change) {
        List<String> changes = new ArrayList<>();
        // What only takes rows from something that has changed is no news.
        change.verdicts().stream()
                .filter(each -> each.outcome() != Outcome.KEPT)
                .filter(each -> !each.reason().equals(QueryChange.BEFORE_IT))
                .forEach(each -> changes.add(line(each)));
        changes.addAll(change.meanings());
        return changes;
    }

    private static String all(List<Verdict> verdicts) {
        return verdicts.stream().map(ChangeText::line).collect(Collectors.joining("; "));
    }

    private static String line(Verdict verdict) {
        String outcome = verdict.outcome().name().toLowerCase(Locale.ROOT);
        return verdict.operator() + ": "
                + (verdict.outcome() == Outcome.ADDED || verdict.outcome() == Outcome.DROPPED ? outcome + ", " : "")
                + verdict.reason();
    }
}
