package io.leat.compiler.optimize.rule;

import io.leat.compiler.logical.LogicalPlan;
import java.util.Optional;
import java.util.Set;

/**
 * Replaces one node of a plan by another one that yields the same rows and rejects the same rows. Stateless.
 *
 * <p>An expression that may fail is part of what a query means: a rule never makes it be evaluated for more rows than before, or
 * for fewer.
 */
public interface Rule {

    /** What takes the node's place, with the same columns; empty if the rule does not apply to it. */
    Optional<LogicalPlan> apply(LogicalPlan node);

    /**
     * Whether it makes what is below a filter yield fewer rows. It then leaves alone a part that is computed once for several readers, one
     * of which reads all of it.
     */
    default boolean narrows() {
        return false;
    }

    /** The same for a rule that {@link #widens} what the node reads. */
    default Optional<LogicalPlan> apply(LogicalPlan node, Place place) {
        return apply(node);
    }

    /**
     * What is known of where a node stands.
     *
     * @param shared parts of the plans that are computed once for several readers, and so have to stay as they are
     * @param read the columns of the node that are read, and no others; empty if that is not known, since the node is in such a part
     */
    record Place(Set<LogicalPlan> shared, Optional<Set<Integer>> read) {}

    /** Whether it gives parts that the node reads more columns. */
    default boolean widens() {
        return false;
    }

    /**
     * Whether it is tried only where no other rule applies: it adds what the others then move to its place, or goes by where they have moved
     * everything.
     */
    default boolean isLast() {
        return false;
    }

    /** Under which it is switched off and explained. */
    default String name() {
        return getClass().getSimpleName();
    }
}
