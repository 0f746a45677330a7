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
}
