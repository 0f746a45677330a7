package io.leat.runtime.state;

/**
 * Takes down what one operator keeps on one worker, in sections. What belongs to keys stands in the section of its virtual partition, so
 * that it finds its way also when there are more or fewer workers afterwards; the rest stands in a section for the whole.
 */
public interface StateWriter {

    /** For a part of the operator that is restored by itself. */
    StateWriter of(String part);

    /** The section of a virtual partition, or of a partition of a source, the same one for each call. */
    SectionWriter partition(int virtualPartition);

    /** The section for what belongs to no virtual partition, the same one for each call. */
    SectionWriter whole();

    /**
     * Lets what this part wrote the last time stand, if that is possible: what is written now is read behind it, and says what has changed.
     * To be called before anything is written.
     *
     * @return false if there is no last time, or if everything is to be written again
     */
    boolean goOn();

    /** In place of a number of entries that is not known. */
    long UNKNOWN = -1;

    /**
     * Says how many entries this part keeps, or {@link #UNKNOWN}. If all workers know it, it must have as many again when it is restored.
     */
    void holds(long entries);

    /** Whether there may be a next time that goes on, so that it pays to note what changes until then. */
    boolean isFollowed();
}
