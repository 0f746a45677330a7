package io.leat.compiler.optimize;

import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.optimize.rule.FoldArithmetic;
import io.leat.compiler.optimize.rule.FoldConstants;
import io.leat.compiler.optimize.rule.MergeFilters;
import io.leat.compiler.optimize.rule.MergeProjects;
import io.leat.compiler.optimize.rule.PushFilterBelowJoin;
import io.leat.compiler.optimize.rule.PushFilterBelowProject;
import io.leat.compiler.optimize.rule.PushFilterBelowUnion;
import io.leat.compiler.optimize.rule.PushFilterBelowWindow;
import io.leat.compiler.optimize.rule.RecognizeTopN;
import io.leat.compiler.optimize.rule.RemoveIdentityProject;
import io.leat.compiler.optimize.rule.RemoveTrivialFilter;
import io.leat.compiler.optimize.rule.Rule;
import io.leat.compiler.optimize.rule.SimplifyConditions;
import io.leat.runtime.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Applies rules to a plan, bottom up, in this order, again and again until none applies. */
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
            new PushFilterBelowJoin(),
            new PushFilterBelowUnion(),
            new RecognizeTopN(),
            new MergeProjects(),
            new RemoveIdentityProject());

    private static final int MAX_ROUNDS = 1000;

    private final List<Rule> rules;

    /**
     * @param disabled names of rules that are not applied
     */
    public Optimizer(Set<String> disabled) {
        this.rules =
                RULES.stream().filter(rule -> !disabled.contains(rule.name())).toList();
    }

    /** A rule that fired, and the plan after it had fired everywhere it could. */
    public record Firing(String rule, LogicalPlan after) {}

    /**
     * @param firings takes what happens on the way
     */
    public LogicalPlan optimize(LogicalPlan plan, List<Firing> firings) {
        LogicalPlan current = plan;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            LogicalPlan before = current;
            for (Rule rule : rules) {
                LogicalPlan after = everywhere(rule, current);
                if (after != current) {
                    firings.add(new Firing(rule.name(), after));
                    current = after;
                }
            }
            if (current == before) {
                return current;
            }
        }
        throw new IllegalStateException("the rules do not come to an end");
    }

    private LogicalPlan everywhere(Rule rule, LogicalPlan plan) {
        List<LogicalPlan> inputs = new ArrayList<>();
        boolean same = true;
        for (LogicalPlan input : plan.inputs()) {
            LogicalPlan rewritten = everywhere(rule, input);
            same &= rewritten == input;
            inputs.add(rewritten);
        }
        LogicalPlan node = same ? plan : plan.withInputs(inputs);
        Optional<LogicalPlan> replaced = rule.apply(node);
        replaced.ifPresent(after -> check(rule, node, after));
        return replaced.orElse(node);
    }

    /** A rule keeps the columns: their number, their types, and that none becomes NULL that never was. */
    private static void check(Rule rule, LogicalPlan before, LogicalPlan after) {
        List<Field> old = before.output();
        List<Field> now = after.output();
        boolean same = old.size() == now.size();
        for (int i = 0; same && i < old.size(); i++) {
            same = old.get(i).type().equals(now.get(i).type())
                    && (old.get(i).nullable() || !now.get(i).nullable());
        }
        if (!same) {
            throw new IllegalStateException("rule " + rule.name() + " changed the columns " + old + " to " + now);
        }
    }
}
