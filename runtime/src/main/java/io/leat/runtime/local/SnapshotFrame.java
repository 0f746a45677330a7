package io.leat.runtime.local;

import io.leat.runtime.local.Snapshot.Place;
import io.leat.runtime.state.SectionBlock;

/**
 * What a snapshot says at once: a block of a section, or what becomes of what snapshots before it in a chain have in its place.
 *
 * @param form what the entries are ({@code SectionForm})
 * @param block without bytes where {@code kind} says all
 */
record SnapshotFrame(Kind kind, Place place, int form, SectionBlock block) {

    /** The order is that of the numbers in files. */
    enum Kind {
        /** The first block of a section that stands for all of its place. */
        ALL,
        /** The first block of a section that comes behind what is there. */
        MORE,
        /** Nothing is left of the place. */
        GONE,
        /** The next block of the section that this snapshot has begun in the place. */
        NEXT,
        /** As many blocks of what was there stand as the block has entries, from the first one on; others follow them. */
        KEEP
    }

    /** Takes the frames of a snapshot in their order. */
    interface Receiver {
        void frame(SnapshotFrame frame);
    }
}
