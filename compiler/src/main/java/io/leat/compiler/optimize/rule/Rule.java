package io.leat.compiler.optimize.rule;

import io.leat.compiler.logical.LogicalPlan;
import java.util.Optional;

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

    /** Whether it is tried only where no other rule applies, since it adds what the others then move to its place. */
    default boolean isLast() {
        return false;
    }

    /** Under which it is switched off and explained. */
    default String name() {
        return getClass().getSimpleName();
    }
}
