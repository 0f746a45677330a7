package io.leat.compiler.simulation;

import java.nio.file.Path;

/** Mistakes that a world makes on purpose. A simulation that does not notice them would not notice ours. */
enum Mutant {
    NONE,
    /** The slot is taken before it is known what for. */
    DECIDES_BEFORE_IT_PREPARES,
    /** Preparations are not synced. */
    FORGETS_TO_SYNC_PREPARATIONS,
    /** The directory of decisions is not synced. */
    FORGETS_TO_SYNC_DECISIONS,
    /** Rows that wait are not synced. */
    FORGETS_TO_SYNC_ROWS,
    /** Rooms of older starts stay where they are, and of two who decide an epoch the second one wins. */
    TAKES_A_SLOT_THAT_IS_TAKEN,
    /** Rows of an epoch are shown as often as that is asked for. */
    SHOWS_AGAIN,
    /** The broker takes transactions of older starts. */
    FENCES_NOBODY;

    /** Whether the sync of a path is left out. */
    boolean leavesOut(Places places, Path path) {
        return switch (this) {
            case FORGETS_TO_SYNC_PREPARATIONS -> places.isPreparation(path);
            case FORGETS_TO_SYNC_DECISIONS -> path.equals(places.decisions());
            case FORGETS_TO_SYNC_ROWS -> places.isStaged(path);
            case NONE, DECIDES_BEFORE_IT_PREPARES, TAKES_A_SLOT_THAT_IS_TAKEN, SHOWS_AGAIN, FENCES_NOBODY -> false;
        };
    }

    /** Whether it is one of worlds whose epochs are decided in transactions. */
    boolean isTransactional() {
        return this == FENCES_NOBODY;
    }
}
