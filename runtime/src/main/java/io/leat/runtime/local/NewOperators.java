package io.leat.runtime.local;

import io.leat.runtime.local.QueryChange.Outcome;
import io.leat.runtime.local.QueryChange.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What becomes of operators for which a state has nothing. */
final class NewOperators {
    private final SavedState state;
    private final SavedQuery now;
    private final OperatorMatches matches;
    private final AcceptedChanges accepted;

    NewOperators(SavedState state, SavedQuery now, OperatorMatches matches, AcceptedChanges accepted) {
        this.state = state;
        this.now = now;
        this.matches = matches;
        this.accepted = accepted;
    }

    Verdict judge(SavedOperator is) {
        if (matches.isFresh(is)) {
            return rebuilt(is);
        }
        boolean plain = is.isOutputOnly() && !is.plan().takesBack();
        if (plain) {
            boolean said = accepted.changedQuery() || accepted.partialResults();
            return verdict(is, Outcome.ADDED, "it begins with the rows that come now", !said);
        }
        if (is.plan().takesBack()) {
            return verdict(
                    is, Outcome.REFUSED, "it is new, and rows that came before it may go again" + again(is), false);
        }
        if (accepted.partialResults()) {
            String reason = "it begins with the rows that come now, and its first results are of these alone";
            return verdict(is, Outcome.ADDED, reason, false);
        }
        return verdict(
                is,
                Outcome.REFUSED,
                "it is new, and has no state of the rows before" + again(is)
                        + ", or begin with the rows that come now (--accept-partial-results)",
                false);
    }

    private static Verdict verdict(SavedOperator is, Outcome outcome, String reason, boolean asks) {
        return new Verdict(is.plan().at(), is.title(), outcome, reason, asks);
    }

    /** It reads its sources from their beginning, beside those that go on. */
    private Verdict rebuilt(SavedOperator is) {
        if (state.last()) {
            return verdict(
                    is,
                    Outcome.REFUSED,
                    "it is new, and the job has come to its end: start it in a new state directory",
                    false);
        }
        if (is.isScan()) {
            return verdict(is, Outcome.REBUILT, "reads " + is.of().get(0) + " from its first record" + cost(is), false);
        }
        boolean beside = is.isDelivery()
                && matches.left().stream()
                        .anyMatch(
                                was -> was.kind().equals(is.kind()) && was.of().equals(is.of()));
        return verdict(
                is,
                Outcome.REBUILT,
                "from all rows of " + String.join(", ", tables(is))
                        + (beside ? "; rows that are in " + String.join(", ", is.of()) + " already stay there" : ""),
                beside && !accepted.changedQuery());
    }

    /** What was read already where it reads. */
    private String cost(SavedOperator scan) {
        return state.query().operators().stream()
                .filter(was -> was.isScan() && OperatorMatches.isRenamed(was, scan))
                .findFirst()
                .map(was -> was.of().get(0))
                .flatMap(table -> Optional.ofNullable(state.rowsRead().get(table))
                        .map(rows -> ": " + rows(rows) + " that were read as " + table))
                .orElse("");
    }

    /** How its state could be made. */
    private String again(SavedOperator is) {
        Set<String> tables = tables(is);
        List<String> ways = new ArrayList<>();
        for (String table : tables) {
            Long rows = state.rowsRead().get(table);
            ways.add(table + (rows == null ? "" : " (" + rows(rows) + ")"));
        }
        return ways.isEmpty()
                ? ""
                : ": let it read " + String.join(" and ", ways) + " again, under another name (CREATE TABLE … LIKE "
                        + tables.iterator().next() + ")";
    }

    private static String rows(long rows) {
        return String.format(Locale.ROOT, "%,d ", rows) + (rows == 1 ? "row" : "rows");
    }

    /** The tables whose rows come to it. */
    private Set<String> tables(SavedOperator is) {
        Set<String> wanted = new HashSet<>(is.inputs());
        Set<String> tables = new TreeSet<>();
        for (int i = now.operators().size() - 1; i >= 0; i--) { // each comes after those that it takes rows from
            SavedOperator each = now.operators().get(i);
            if (wanted.contains(each.name())) {
                wanted.addAll(each.inputs());
                if (each.isScan()) {
                    tables.addAll(each.of());
                }
            }
        }
        return tables;
    }
}
