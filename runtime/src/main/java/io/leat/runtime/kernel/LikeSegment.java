package io.leat.runtime.kernel;

/** A part of a LIKE pattern without {@code %}: code points to be matched one after the other. */
abstract class LikeSegment {
    static final long NONE = -1;

    /** The end of a match that begins at {@code start}, or {@link #NONE}. */
    abstract long matchAt(long start, long end);

    /** The start of a match that ends at {@code end}, or {@link #NONE}. */
    abstract long matchBack(long start, long end);

    /** The end of the first match in a range, or {@link #NONE}. */
    abstract long find(long start, long end);
}
