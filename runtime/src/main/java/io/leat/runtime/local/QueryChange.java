package io.leat.runtime.local;

import io.leat.runtime.job.CompiledJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * What becomes of the state of a query with another one, operator by operator. An operator goes on with the state of one that computes the
 * same, wherever that stands in its query and whatever its columns are called; otherwise with that of one of its kind whose rows go to the
 * same tables, if both keep the same.
 */
public final class QueryChange {

    /** What becomes of the state of an operator. */
    public enum Outcome {
        /** It goes on, and computes what it did. */
        KEPT,
        /** It goes on and computes something else from now on. */
        CHANGED,
        /** It is new, needs no state, and begins with the rows that come now. */
        ADDED,
        /** It is there no more, and its state is dropped. */
        DROPPED,
        /** It cannot go on. */
        REFUSED
    }

    /**
     * Of one operator.
     *
     * @param operator what it is called, with the tables that it is for
     * @param reason why, and of what field; empty if nothing has changed
     */
    public record Verdict(String operator, Outcome outcome, String reason) {}

    /** The reason of an operator that does what it did with rows of one that does not. */
    static final String BEFORE_IT = "what it takes rows from has changed";
    /** So many fields are named. */
    private static final int MAX_FIELDS = 3;

    private final SavedQuery saved;
    private final SavedQuery now;
    private final List<Verdict> verdicts = new ArrayList<>();
    /** Saved operators by those that go on with their state. */
    private final Map<SavedOperator, SavedOperator> matches = new LinkedHashMap<>();

    private final List<SavedOperator> left;

    private QueryChange(SavedQuery saved, SavedQuery now) {
        this.saved = saved;
        this.now = now;
        this.left = new ArrayList<>(saved.operators());
        match((was, is) -> computesTheSame(was, is) && was.of().equals(is.of()));
        match(QueryChange::computesTheSame);
        match((was, is) -> was.of().equals(is.of()));
        now.operators().forEach(this::judge);
        left.forEach(
                was -> verdicts.add(new Verdict(was.title(), Outcome.DROPPED, "the query does not have it any more")));
        judgeWhole();
    }

    /** What becomes of the state of a job when it goes on as another one. */
    public static QueryChange between(CompiledJob was, CompiledJob is) {
        return of(SavedQuery.of(was.graph()), SavedQuery.of(is.graph()));
    }

    static QueryChange of(SavedQuery saved, SavedQuery now) {
        return new QueryChange(saved, now);
    }

    private static boolean computesTheSame(SavedOperator was, SavedOperator is) {
        return was.plan().print().equals(is.plan().print()) && was.keeps().equals(is.keeps());
    }

    private void match(BiPredicate<SavedOperator, SavedOperator> same) {
        for (SavedOperator is : now.operators()) {
            if (!matches.containsKey(is)) {
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

    private void judge(SavedOperator is) {
        SavedOperator was = matches.get(is);
        Outcome outcome;
        String reason = "";
        if (was == null) {
            boolean begins = is.kind().equals("deliver")
                    && !is.plan().takesBack()
                    && is.keeps().size() == 1;
            outcome = begins ? Outcome.ADDED : Outcome.REFUSED;
            reason =
                    begins ? "it begins with the rows that come now" : "it is new, and has no state of the rows before";
        } else if (!was.keeps().equals(is.keeps())) {
            outcome = Outcome.REFUSED;
            reason = fields(was.keeps(), is.keeps());
        } else if (was.plan().print().equals(is.plan().print())) {
            outcome = Outcome.KEPT;
        } else if (was.plan().own().equals(is.plan().own())) {
            outcome = Outcome.CHANGED;
            reason = BEFORE_IT;
        } else {
            outcome = is.plan().takesBack() ? Outcome.REFUSED : Outcome.CHANGED;
            reason = lines(was.plan().lines(), is.plan().lines())
                    + (is.plan().takesBack() ? "; rows that were told could not be taken back as they were" : "");
        }
        verdicts.add(new Verdict(is.title(), outcome, reason));
    }

    private static String fields(Map<String, String> was, Map<String, String> is) {
        List<String> names = Stream.concat(is.keySet().stream(), was.keySet().stream())
                .distinct()
                .filter(field -> !Optional.ofNullable(is.get(field)).equals(Optional.ofNullable(was.get(field))))
                .toList();
        List<String> said = new ArrayList<>();
        for (String field : names.subList(0, Math.min(MAX_FIELDS, names.size()))) {
            said.add("'" + field + "' is " + is.getOrDefault(field, "not there") + ", and in the state "
                    + was.getOrDefault(field, "not there"));
        }
        return String.join("; ", said)
                + (names.size() > MAX_FIELDS ? "; and " + (names.size() - MAX_FIELDS) + " more fields differ" : "");
    }

    private static String lines(List<String> was, List<String> is) {
        List<String> gone = new ArrayList<>(was);
        is.forEach(gone::remove);
        List<String> come = new ArrayList<>(is);
        was.forEach(come::remove);
        if (gone.isEmpty() && come.isEmpty()) {
            return "what it computes has changed";
        }
        String before = gone.isEmpty() ? "" : "'" + gone.get(0) + "'";
        String after = come.isEmpty() ? "" : "'" + come.get(0) + "'";
        return before.isEmpty() ? after + " is new" : before + (after.isEmpty() ? " is gone" : " has become " + after);
    }

    /** What is kept by number is the same only where the order is. */
    private void judgeWhole() {
        boolean moved = !saved.operators().stream()
                        .map(SavedOperator::name)
                        .toList()
                        .equals(now.operators().stream()
                                .map(SavedOperator::name)
                                .toList())
                || matches.entrySet().stream()
                        .anyMatch(each ->
                                !each.getKey().name().equals(each.getValue().name()));
        boolean inPhases = Stream.concat(saved.operators().stream(), now.operators().stream())
                .anyMatch(each -> each.phase() > 0);
        if (moved && inPhases) {
            refuse(
                    "phases",
                    "operators have come or gone, and tables are read before others: that cannot be told apart");
        }
        if (!saved.results().equals(now.results())) {
            refuse(
                    "results",
                    "results that are shown are " + now.results() + ", and in the state " + saved.results()
                            + ": write them into tables instead");
        }
        if (!saved.tables().equals(now.tables()) || moved && !now.tables().isEmpty()) {
            refuse("tables in memory", "statements that fill them have come or gone");
        }
    }

    private void refuse(String what, String reason) {
        verdicts.add(new Verdict(what, Outcome.REFUSED, reason));
    }

    /** What becomes of each operator, then of those that are gone, then of what is kept beside operators if that cannot go on. */
    public List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    /** Verdicts of one kind. */
    public List<Verdict> of(Outcome outcome) {
        return verdicts.stream().filter(each -> each.outcome() == outcome).toList();
    }

    /** What has changed in what functions and time zones mean; empty if nothing has. */
    public List<String> meanings() {
        List<String> changed = new ArrayList<>();
        if (saved.functions() != now.functions()) {
            changed.add("functions are those of version " + now.functions() + ", and the state was made with version "
                    + saved.functions());
        }
        now.zones().forEach((zone, rules) -> {
            String before = saved.zones().get(zone);
            if (before != null && !before.equals(rules)) {
                changed.add("the rules of the time zone " + zone
                        + " are not those that the state was made with: another" + " Java, or other time zone data");
            }
        });
        return changed;
    }

    /** Whether the query computes what it did, and means what it did. */
    public boolean isNone() {
        return verdicts.stream().allMatch(each -> each.outcome() == Outcome.KEPT)
                && meanings().isEmpty();
    }

    /** Whether the state can be gone on with at all. */
    public boolean isRefused() {
        return verdicts.stream().anyMatch(each -> each.outcome() == Outcome.REFUSED);
    }

    /** What the operator of the query of now is called in the state; empty if there is none. */
    Optional<String> savedName(String name) {
        boolean keeps = now.operators().stream().anyMatch(each -> each.name().equals(name));
        return keeps
                ? matches.entrySet().stream()
                        .filter(each -> each.getKey().name().equals(name))
                        .map(each -> each.getValue().name())
                        .findFirst()
                : Optional.of(name);
    }

    /** Which source of now that of the state is; -1 if it is gone. */
    int source(int number) {
        return now.sources().indexOf(saved.sources().get(number));
    }

    /** Which statement of now that of the state is; -1 if it is gone. Of several with one title the first is the first. */
    int statement(int number) {
        Map<String, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < now.statements().size(); i++) {
            places.computeIfAbsent(now.statements().get(i), key -> new ArrayList<>())
                    .add(i);
        }
        String title = saved.statements().get(number);
        int rank = (int) saved.statements().subList(0, number).stream()
                .filter(title::equals)
                .count();
        List<Integer> here = places.getOrDefault(title, List.of());
        return rank < here.size() ? here.get(rank) : -1;
    }
}
