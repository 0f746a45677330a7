package io.leat.compiler.physical;

import io.leat.compiler.logical.Demand;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the plans of a phase have in common, so that it is computed once: parts that are equal, whose rows are told in the same way. Only
 * parts that end where rows rest count; what fuses into the pipelines of its users is cheaper twice than handed on.
 */
final class SharedPlans {
    private final Map<Told, Part> parts = new HashMap<>();

    /** A plan, and how its rows are told. */
    private record Told(LogicalPlan plan, Demand demand) {}

    /** A part of one or several plans. */
    static final class Part {
        private final Set<Integer> statements = new TreeSet<>();
        private int users;
        private List<Path> paths = List.of();

        /** The ranks of the statements that use it. */
        List<Integer> statements() {
            return List.copyOf(statements);
        }

        /** Where its rows are had; empty until it is planned. */
        List<Path> paths() {
            return paths;
        }

        void planned(List<Path> where) {
            paths = List.copyOf(where);
        }
    }

    /** Notes what a statement is made of. */
    void add(LogicalPlan plan, Demand demand, int statement) {
        add(plan, demand, statement, true);
    }

    /**
     * @param first whether what stands above it is noted for the first time
     */
    private void add(LogicalPlan plan, Demand demand, int statement, boolean first) {
        boolean isFirst = first;
        if (Plans.rests(plan)) {
            Part part = parts.computeIfAbsent(new Told(plan, demand), key -> new Part());
            part.statements.add(statement);
            isFirst = first && part.users == 0;
            part.users += first ? 1 : 0;
        }
        // The right side of a static join is planned by itself.
        int inputs = plan instanceof LogicalPlan.Join ? 1 : plan.inputs().size();
        for (int i = 0; i < inputs; i++) {
            add(plan.inputs().get(i), demand.ofInput(plan, i), statement, isFirst);
        }
    }

    /** Whether several read the rows of a plan. */
    boolean isShared(LogicalPlan plan, Demand demand) {
        return find(plan, demand).filter(part -> part.users > 1).isPresent();
    }

    /** The part that a plan is. */
    Optional<Part> find(LogicalPlan plan, Demand demand) {
        return Plans.rests(plan) ? Optional.ofNullable(parts.get(new Told(plan, demand))) : Optional.empty();
    }
}
