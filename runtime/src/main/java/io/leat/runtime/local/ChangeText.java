package io.leat.runtime.local;

import io.leat.runtime.local.QueryChange.Outcome;
import io.leat.runtime.local.QueryChange.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What becomes of a state with a query, in sentences. */
final class ChangeText {
    /** Outcomes that reasons do not say. */
    private static final Set<Outcome> SAID = Set.of(Outcome.MIGRATED, Outcome.REBUILT, Outcome.ADDED, Outcome.DROPPED);

    private ChangeText() {}

    /** Why a query does not go on with the state of another one, and what to do. */
    static String refusal(QueryChange change) {
        return "the query does not go on with the state of the one before: "
                + change.of(Outcome.REFUSED).stream().map(ChangeText::line).collect(Collectors.joining("; "))
                + "; go on with the query of before, or start this one in a new state directory, where it reads everything again";
    }

    /** Why a query is not taken for the one before, and how to say that it is meant. */
    static String question(QueryChange change) {
        List<Verdict> asking = change.verdicts().stream().filter(Verdict::asks).toList();
        List<Verdict> news = news(asking);
        List<String> asked = new ArrayList<>(
                (news.isEmpty() ? asking : news).stream().map(ChangeText::line).toList());
        asked.addAll(change.meanings());
        boolean drops = change.of(Outcome.DROPPED).stream().anyMatch(Verdict::asks)
                || change.of(Outcome.MIGRATED).stream().anyMatch(Verdict::asks);
        return "the query is not the one that the state was made with: " + String.join("; ", asked)
                + "; go on with the query of before, or say that the change is meant (--accept-changed-query): then all "
                + (drops ? "other " : "") + "state is kept, and what was computed stays as it was";
    }

    /** What was accepted, or needs nobody's consent. */
    static List<String> notes(QueryChange change) {
        List<String> notes = new ArrayList<>();
        news(change.verdicts()).forEach(each -> notes.add("the query has changed: " + line(each)));
        change.meanings().forEach(each -> notes.add("the query has changed: " + each));
        long kept = change.keptOperators();
        notes.add("the state of " + (kept == 1 ? "1 operator is" : kept + " operators is all") + " kept: what was"
                + " computed stays as it was, and rows that come now are computed by the query of now");
        return notes;
    }

    /** What only takes rows from something that has changed is no news. */
    private static List<Verdict> news(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(each -> each.outcome() != Outcome.KEPT || !each.reason().isEmpty())
                .filter(each -> !each.reason().equals(QueryChange.BEFORE_IT))
                .toList();
    }

    private static String line(Verdict verdict) {
        String outcome = verdict.outcome().name().toLowerCase(Locale.ROOT);
        return verdict.operator() + ": " + (SAID.contains(verdict.outcome()) ? outcome + ", " : "") + verdict.reason();
    }
}
