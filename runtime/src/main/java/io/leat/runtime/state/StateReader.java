package io.leat.runtime.state;

import java.util.function.Consumer;

/**
 * Hands out what {@link StateWriter} took down, for one operator on one worker. With as many workers as before each gets what it wrote
 * itself; otherwise a virtual partition goes to the worker that owns it now.
 */
public interface StateReader {

    /** What {@link StateWriter#of} took down under this name. */
    StateReader of(String part);

    /** Hands over each section of a virtual partition that belongs to this worker. */
    void partitions(Consumer<SectionReader> reader);

    /** Hands over each section for a whole that belongs to this worker and to no other one. */
    void whole(Consumer<SectionReader> reader);

    /** Hands over the sections for the whole of all workers, to each worker. */
    void wholeOfAll(Consumer<SectionReader> reader);

    /**
     * Says how many entries this part has now that it is restored, or {@link StateWriter#UNKNOWN}: as many as it was saved with, over all
     * workers.
     */
    void restored(long entries);

    /** How many entries there are here to be read, at most: what became of one may be written down several times. */
    long entries();

    /** Whether what is saved next may go on from what is restored ({@link StateWriter#goOn}), so that changes are to be noted from now on. */
    boolean isFollowed();

    /** Whether there is nothing here, nor in any part, that belongs to this worker alone. */
    boolean isEmpty();
}
