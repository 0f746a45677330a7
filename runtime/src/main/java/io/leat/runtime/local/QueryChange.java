package io.leat.runtime.local;

import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.state.GroupMigration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What becomes of the state of a query with another one, operator by operator. A start goes by it, and so does whoever only asks.
 */
public final class QueryChange {

    /** What becomes of the state of an operator. */
    public enum Outcome {
        /** It goes on, and computes what it did. */
        KEPT,
        /** It is taken to another form, and goes on. */
        MIGRATED,
        /** It is made again: the operator begins with the first row of its sources. */
        REBUILT,
        /** It goes on and computes something else from now on. */
        CHANGED,
        /** It is new, and begins with the rows that come now. */
        ADDED,
        /** It is there no more, and its state is dropped. */
        DROPPED,
        /** It cannot go on. */
        REFUSED
    }

    /**
     * Of one operator.
     *
     * @param at {@code line:column} in the query of now; empty if it is not there
     * @param operator what it is called, with the tables that it is for
     * @param reason why, and of what field; empty if nothing has changed
     * @param asks whether somebody has to say first that it is meant
     */
    public record Verdict(String at, String operator, Outcome outcome, String reason, boolean asks) {}

    /** The reason of an operator that does what it did with rows of one that does not. */
    static final String BEFORE_IT = "what it takes rows from has changed";

    private final SavedQuery saved;
    private final SavedQuery now;
    private final AcceptedChanges accepted;
    private final OperatorMatches matches;
    private final List<Verdict> verdicts = new ArrayList<>();
    /** By the names of the sections that they are for, as the state has them. */
    private final Map<String, GroupMigration> migrations = new LinkedHashMap<>();

    private QueryChange(SavedState state, SavedQuery now, AcceptedChanges accepted) {
        this.saved = state.query();
        this.now = now;
        this.accepted = accepted;
        this.matches = new OperatorMatches(saved.operators(), now.operators());
        NewOperators fresh = new NewOperators(state, now, matches, accepted);
        for (SavedOperator is : now.operators()) {
            verdicts.add(matches.of(is).map(was -> judge(was, is)).orElseGet(() -> fresh.judge(is)));
        }
        matches.left().forEach(was -> verdicts.add(dropped(was)));
        judgeWhole();
    }

    /**
     * What becomes of the state of a job when it goes on as another one.
     *
     * @param accepted what is said to be meant
     */
    public static QueryChange between(CompiledJob was, CompiledJob is, AcceptedChanges accepted) {
        return of(SavedState.of(SavedQuery.of(was.graph())), SavedQuery.of(is.graph()), accepted);
    }

    static QueryChange of(SavedState state, SavedQuery now, AcceptedChanges accepted) {
        return new QueryChange(state, now, accepted);
    }

    private Verdict judge(SavedOperator was, SavedOperator is) {
        OperatorChange change = OperatorChange.of(was, is, matches);
        change.migration().ifPresent(each -> migrations.put(was.name() + "/state/groups", each));
        return new Verdict(
                is.plan().at(),
                is.title(),
                change.outcome(),
                change.reason(),
                change.asks() && !accepted.changedQuery());
    }

    /** What keeps nothing can come again as it was. */
    private Verdict dropped(SavedOperator was) {
        boolean loses = !was.isOutputOnly();
        return new Verdict(
                "",
                was.title(),
                Outcome.DROPPED,
                "the query does not have it any more",
                loses && !accepted.changedQuery());
    }

    /** What is kept by number is the same only where the order is. */
    private void judgeWhole() {
        boolean moved = !saved.operators().stream()
                        .map(SavedOperator::name)
                        .toList()
                        .equals(now.operators().stream()
                                .map(SavedOperator::name)
                                .toList())
                || matches.all().entrySet().stream()
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
        verdicts.add(new Verdict("", what, Outcome.REFUSED, reason, false));
    }

    /** What becomes of each operator, then of those that are gone, then of what is kept beside operators if that cannot go on. */
    public List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    /** How many operators go on with a state. */
    public long keptOperators() {
        return matches.all().size();
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

    /** Whether the query computes what it did, means what it did, and says it in the same way. */
    public boolean isNone() {
        return verdicts.stream()
                        .allMatch(each ->
                                each.outcome() == Outcome.KEPT && each.reason().isEmpty())
                && meanings().isEmpty();
    }

    /** Whether somebody has to say first that what has changed is meant. */
    public boolean asks() {
        return verdicts.stream().anyMatch(Verdict::asks) || !meanings().isEmpty() && !accepted.changedQuery();
    }

    /** Why a start does not go on with the state, and what to do; empty if it does. */
    public Optional<String> objection() {
        if (isRefused()) {
            return Optional.of(ChangeText.refusal(this));
        }
        return asks() ? Optional.of(ChangeText.question(this)) : Optional.empty();
    }

    /** What sections of groups have to become, by their names in the state. */
    Map<String, GroupMigration> migrations() {
        return migrations;
    }

    /** Whether the state can be gone on with at all. */
    public boolean isRefused() {
        return verdicts.stream().anyMatch(each -> each.outcome() == Outcome.REFUSED);
    }

    /** What the operator of the query of now is called in the state; empty if there is none. */
    Optional<String> savedName(String name) {
        boolean keeps = now.operators().stream().anyMatch(each -> each.name().equals(name));
        return keeps
                ? matches.all().entrySet().stream()
                        .filter(each -> each.getKey().name().equals(name))
                        .map(each -> each.getValue().name())
                        .findFirst()
                : Optional.of(name);
    }

    /** Which source of now that of the state is; -1 if it is gone. */
    int source(int number) {
        String table = saved.sources().get(number);
        String called = matches.all().entrySet().stream()
                .filter(each -> each.getValue().isScan() && each.getValue().of().equals(List.of(table)))
                .map(each -> each.getKey().of().get(0))
                .findFirst()
                .orElse(table);
        return now.sources().indexOf(called);
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
