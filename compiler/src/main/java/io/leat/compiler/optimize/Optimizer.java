package io.leat.compiler.optimize;

import io.leat.compiler.catalog.TableSizes;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.optimize.rule.FoldArithmetic;
import io.leat.compiler.optimize.rule.FoldConstants;
import io.leat.compiler.optimize.rule.InferJoinFilters;
import io.leat.compiler.optimize.rule.MergeFilters;
import io.leat.compiler.optimize.rule.MergeProjects;
import io.leat.compiler.optimize.rule.NarrowOuterJoin;
import io.leat.compiler.optimize.rule.PushConditionBelowJoin;
import io.leat.compiler.optimize.rule.PushConditionBelowStreamJoin;
import io.leat.compiler.optimize.rule.PushFilterBelowAggregate;
import io.leat.compiler.optimize.rule.PushFilterBelowJoin;
import io.leat.compiler.optimize.rule.PushFilterBelowPartitions;
import io.leat.compiler.optimize.rule.PushFilterBelowProject;
import io.leat.compiler.optimize.rule.PushFilterBelowRepeat;
import io.leat.compiler.optimize.rule.PushFilterBelowSessions;
import io.leat.compiler.optimize.rule.PushFilterBelowSort;
import io.leat.compiler.optimize.rule.PushFilterBelowStreamJoin;
import io.leat.compiler.optimize.rule.PushFilterBelowUnion;
import io.leat.compiler.optimize.rule.PushFilterBelowWindow;
import io.leat.compiler.optimize.rule.PushFilterIntoJoin;
import io.leat.compiler.optimize.rule.PushLimitBelowProject;
import io.leat.compiler.optimize.rule.RecognizeTopN;
import io.leat.compiler.optimize.rule.RemoveIdentityProject;
import io.leat.compiler.optimize.rule.RemoveRedundantGroups;
import io.leat.compiler.optimize.rule.RemoveRepeatedKeys;
import io.leat.compiler.optimize.rule.RemoveTrivialFilter;
import io.leat.compiler.optimize.rule.Rule;
import io.leat.compiler.optimize.rule.SimplifyConditions;
import io.leat.runtime.type.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Applies rules to the plans of a job, bottom up, in this order, again and again until none applies. What one statement leaves out of the
 * rows of a part that another one reads whole is left out above that part, so that it stays the same for both and is computed once.
 */
public final class Optimizer {
    /** All rules, in the order in which they are tried. */
    public static final List<Rule> RULES = List.of(
            new FoldArithmetic(),
            new FoldConstants(),
            new SimplifyConditions(),
            new RemoveTrivialFilter(),
            new MergeFilters(),
            new PushFilterBelowProject(),
            new PushFilterBelowWindow(),
            new NarrowOuterJoin(),
            new PushFilterBelowJoin(),
            new PushFilterIntoJoin(),
            new PushConditionBelowJoin(),
            new PushFilterBelowUnion(),
            new PushFilterBelowRepeat(),
            new PushFilterBelowSort(),
            new PushFilterBelowStreamJoin(),
            new PushConditionBelowStreamJoin(),
            new RecognizeTopN(),
            new PushFilterBelowPartitions(),
            new PushFilterBelowSessions(),
            new PushFilterBelowAggregate(),
            new RemoveRepeatedKeys(),
            new RemoveRedundantGroups(),
            new PushLimitBelowProject(),
            new MergeProjects(),
            new RemoveIdentityProject(),
            new InferJoinFilters(),
            new CarryValues());

    /** Names, among rules that may be left out, that joins of tables are brought into another order. */
    public static final String ORDER_JOINS = "OrderJoins";

    private static final int MAX_ROUNDS = 1000;

    /** What rules that are tried last add travels through a join a round; some of it may turn out to say nothing, again and again. */
    private static final int MAX_LAST_ROUNDS = 10;

    private final List<Rule> rules;
    private final boolean shares;
    private final Optional<JoinOrder> joins;

    /**
     * @param disabled names of rules that are not applied
     * @param sizes what is known of tables
     */
    public Optimizer(Set<String> disabled, TableSizes sizes) {
        this.rules =
                RULES.stream().filter(rule -> !disabled.contains(rule.name())).toList();
        this.shares = !disabled.contains(PruneColumns.SHARE_PARTS);
        this.joins = disabled.contains(ORDER_JOINS) ? Optional.empty() : Optional.of(new JoinOrder(sizes));
    }

    /** A rule that fired, and the plan after it had fired everywhere it could. */
    public record Firing(String rule, LogicalPlan after) {}

    /**
     * A plan after all rules.
     *
     * @param firings what happened on the way
     */
    public record Optimized(LogicalPlan plan, List<Firing> firings) {}

    /** The plans of all statements of a job, one by one. */
    public List<Optimized> optimize(List<LogicalPlan> plans) {
        List<LogicalPlan> current = new ArrayList<>(plans);
        List<List<Firing>> firings = new ArrayList<>();
        plans.forEach(plan -> firings.add(new ArrayList<>()));
        settle(current, firings);
        joins.filter(each -> JoinOrder.suits(plans)).ifPresent(order -> order(order, current, firings));
        rules.stream().filter(Rule::isLast).forEach(rule -> applyLast(rule, current, firings));
        List<Optimized> optimized = new ArrayList<>();
        for (int i = 0; i < current.size(); i++) {
            optimized.add(new Optimized(current.get(i), List.copyOf(firings.get(i))));
        }
        return optimized;
    }

    private void order(JoinOrder joinOrder, List<LogicalPlan> plans, List<List<Firing>> firings) {
        for (int i = 0; i < plans.size(); i++) {
            LogicalPlan before = plans.get(i);
            LogicalPlan after = joinOrder.order(before);
            if (after != before) {
                check(ORDER_JOINS, before, after);
                firings.get(i).add(new Firing(ORDER_JOINS, after));
                plans.set(i, after);
            }
        }
        settle(plans, firings);
    }

    private void applyLast(Rule rule, List<LogicalPlan> plans, List<List<Firing>> firings) {
        for (int round = 0; round < MAX_LAST_ROUNDS; round++) {
            List<LogicalPlan> before = List.copyOf(plans);
            apply(rule, plans, firings);
            settle(plans, firings);
            if (before.equals(plans)) {
                return;
            }
        }
    }

    /** Applies all rules that are not last until none applies. */
    private void settle(List<LogicalPlan> plans, List<List<Firing>> firings) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<LogicalPlan> before = List.copyOf(plans);
            rules.stream().filter(rule -> !rule.isLast()).forEach(rule -> apply(rule, plans, firings));
            if (isSame(before, plans)) {
                return;
            }
        }
        throw new IllegalStateException("the rules do not come to an end");
    }

    private static boolean isSame(List<LogicalPlan> before, List<LogicalPlan> after) {
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i) != after.get(i)) {
                return false;
            }
        }
        return true;
    }

    private void apply(Rule rule, List<LogicalPlan> plans, List<List<Firing>> firings) {
        Set<LogicalPlan> kept = shares ? kept(rule, plans) : Set.of();
        for (int i = 0; i < plans.size(); i++) {
            LogicalPlan after = everywhere(rule, plans.get(i), new Walk(kept, allOf(plans.get(i), kept)));
            if (after != plans.get(i)) {
                firings.get(i).add(new Firing(rule.name(), after));
                plans.set(i, after);
            }
        }
    }

    /** The parts that a rule has to leave as they are, since they are computed once for several readers. */
    private static Set<LogicalPlan> kept(Rule rule, List<LogicalPlan> plans) {
        Set<LogicalPlan> kept = new HashSet<>();
        if (rule.widens()) {
            Map<LogicalPlan, Integer> readers = new HashMap<>();
            plans.forEach(plan -> countReaders(plan, true, readers));
            readers.keySet().stream().filter(part -> readers.get(part) > 1).forEach(kept::add);
        }
        if (rule.narrows()) {
            plans.forEach(plan -> {
                if (Plans.rests(plan)) {
                    kept.add(plan);
                }
                addWhole(plan, kept);
            });
        }
        return kept;
    }

    /**
     * Counts for each part that can be computed once in how many places it is read.
     *
     * @param first whether what stands above it is met for the first time
     */
    private static void countReaders(LogicalPlan plan, boolean first, Map<LogicalPlan, Integer> into) {
        boolean isFirst = first;
        if (Plans.rests(plan)) {
            int others = into.getOrDefault(plan, 0);
            isFirst = first && others == 0;
            into.put(plan, first ? others + 1 : others);
        }
        for (LogicalPlan input : plan.inputs()) {
            countReaders(input, isFirst, into);
        }
    }

    /** Collects the parts that are computed once and that somebody reads all rows of. */
    private static void addWhole(LogicalPlan reader, Set<LogicalPlan> whole) {
        for (LogicalPlan input : reader.inputs()) {
            if (Plans.rests(input) && !(reader instanceof LogicalPlan.Filter)) {
                whole.add(input);
            }
            addWhole(input, whole);
        }
    }

    /**
     * Where a rule is on its way through a plan.
     *
     * @param kept parts that stay as they are
     * @param read what is read of the node; empty if that is not known, since several read it
     */
    private record Walk(Set<LogicalPlan> kept, Optional<Need[]> read) {
        Walk into(LogicalPlan node, int input) {
            boolean isShared = kept.contains(node.inputs().get(input));
            Optional<Need[]> ofInput = read.filter(needed -> !isShared)
                    .map(needed -> Needs.ofInputs(node, needed).get(input));
            return new Walk(kept, ofInput);
        }

        Rule.Place place() {
            return new Rule.Place(kept, read.map(Need::columns));
        }
    }

    private static Optional<Need[]> allOf(LogicalPlan statement, Set<LogicalPlan> kept) {
        return kept.contains(statement)
                ? Optional.empty()
                : Optional.of(Needs.all(statement.output().size()));
    }

    private LogicalPlan everywhere(Rule rule, LogicalPlan plan, Walk walk) {
        List<LogicalPlan> inputs = new ArrayList<>();
        boolean same = true;
        for (int i = 0; i < plan.inputs().size(); i++) {
            LogicalPlan input = plan.inputs().get(i);
            LogicalPlan rewritten = everywhere(rule, input, rule.widens() ? walk.into(plan, i) : walk);
            same &= rewritten == input;
            inputs.add(rewritten);
        }
        LogicalPlan node = same ? plan : plan.withInputs(inputs);
        boolean narrowed = rule.narrows()
                && plan instanceof LogicalPlan.Filter filter
                && walk.kept().contains(filter.input());
        // Which parts are kept was found on the plan as it was.
        if (narrowed || rule.widens() && !same) {
            return node;
        }
        Optional<LogicalPlan> replaced = rule.widens() ? rule.apply(node, walk.place()) : rule.apply(node);
        replaced.ifPresent(after -> check(rule.name(), node, after));
        return replaced.orElse(node);
    }

    /** A rule keeps the columns: their number, their types, and that none becomes NULL that never was. */
    private static void check(String rule, LogicalPlan before, LogicalPlan after) {
        List<Field> old = before.output();
        List<Field> now = after.output();
        boolean same = old.size() == now.size();
        for (int i = 0; same && i < old.size(); i++) {
            same = old.get(i).type().equals(now.get(i).type())
                    && (old.get(i).nullable() || !now.get(i).nullable());
        }
        if (!same) {
            throw new IllegalStateException("rule " + rule + " changed the columns " + old + " to " + now);
        }
    }
}
