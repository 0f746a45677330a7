package io.leat.compiler.explain;

import io.leat.compiler.logical.Demand;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Traits;
import io.leat.compiler.logical.Traits.Changelog;
import io.leat.runtime.type.Field;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Logical plans with what leaves each node: only new rows, rows that replace each other by key, or rows that come and go. */
final class ChangelogText {
    private ChangelogText() {}

    static void write(LogicalPlan plan, Demand demand, int depth, Lines out) {
        out.add(depth, LogicalText.node(plan, demand) + " -> " + kind(plan, demand));
        for (int i = 0; i < plan.inputs().size(); i++) {
            write(plan.inputs().get(i), demand.ofInput(plan, i), depth + 1, out);
        }
    }

    /** {@code append}, {@code upsert by [k]} or {@code retract}; where only the final result is told, that it is. */
    private static String kind(LogicalPlan plan, Demand demand) {
        Traits traits = plan.traits();
        if (traits.changelog() == Changelog.APPEND) {
            return "append";
        }
        if (demand == Demand.FINAL && !Plans.comesAndGoes(plan)) {
            return "append, when all is final";
        }
        Optional<Set<Integer>> key = traits.uniqueKeys().stream().findFirst();
        return key.isEmpty() ? "retract" : "upsert by " + names(plan.output(), key.get());
    }

    private static String names(List<Field> fields, Set<Integer> columns) {
        return new TreeSet<>(columns)
                .stream().map(column -> fields.get(column).name()).collect(Collectors.joining(", ", "[", "]"));
    }
}
