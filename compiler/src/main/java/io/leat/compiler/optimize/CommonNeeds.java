package io.leat.compiler.optimize;

import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BiFunction;

/**
 * What several users of the same part of a plan need of it, together: pruned to that, the part stays the same for all of them and is
 * computed once. Users keep to themselves where one would make an expression be evaluated for another that may fail: its rows would
 * be rejected for both.
 */
final class CommonNeeds {
    private final BiFunction<LogicalPlan, Need[], LogicalPlan> pruned;
    private final Map<LogicalPlan, List<Need[]>> asked = new HashMap<>();
    private final Map<LogicalPlan, Need[]> common = new HashMap<>();
    /** Parts whose users are not all known before all larger parts are looked into. */
    private final PriorityQueue<LogicalPlan> open =
            new PriorityQueue<>(Comparator.comparingInt(CommonNeeds::size).reversed());

    /**
     * @param plans of all statements of a job
     * @param pruned a plan with no more than some columns
     */
    CommonNeeds(List<LogicalPlan> plans, BiFunction<LogicalPlan, Need[], LogicalPlan> pruned) {
        this.pruned = pruned;
        plans.forEach(plan -> ask(plan, Needs.all(plan.output().size())));
        while (!open.isEmpty()) {
            settle(open.remove());
        }
    }

    /** What is needed of a part where one of its users needs this much. */
    Need[] of(LogicalPlan part, Need[] needed) {
        return Optional.ofNullable(common.get(part)).orElse(needed);
    }

    private void ask(LogicalPlan plan, Need[] needed) {
        if (!Plans.rests(plan)) {
            askInputs(plan, needed);
            return;
        }
        List<Need[]> users = asked.get(plan);
        if (users == null) {
            users = new ArrayList<>();
            asked.put(plan, users);
            open.add(plan);
        }
        users.add(needed);
    }

    private void askInputs(LogicalPlan plan, Need[] needed) {
        List<Need[]> ofInputs = Needs.ofInputs(plan, needed);
        for (int i = 0; i < ofInputs.size(); i++) {
            ask(plan.inputs().get(i), ofInputs.get(i));
        }
    }

    private void settle(LogicalPlan part) {
        List<Need[]> users = asked.get(part);
        Need[] sum = Need.sum(users);
        if (users.size() > 1 && areAlike(part, users, sum)) {
            common.put(part, sum);
            askInputs(part, sum);
        } else {
            users.forEach(needed -> askInputs(part, needed));
        }
    }

    /** Whether no user evaluates what may fail only because another one needs it. */
    private boolean areAlike(LogicalPlan part, List<Need[]> users, Need[] sum) {
        int together = failing(pruned.apply(part, sum));
        return users.stream().allMatch(needed -> failing(pruned.apply(part, needed)) == together);
    }

    /** A sum that is out of range is no matter: it fails the job, whoever asked for it. */
    private static int failing(LogicalPlan plan) {
        long own = Plans.expressions(plan).stream().filter(Exprs::canFail).count();
        return (int) own + plan.inputs().stream().mapToInt(CommonNeeds::failing).sum();
    }

    private static int size(LogicalPlan plan) {
        return 1 + plan.inputs().stream().mapToInt(CommonNeeds::size).sum();
    }
}
