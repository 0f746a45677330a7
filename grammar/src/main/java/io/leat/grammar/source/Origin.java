package io.leat.grammar.source;

/**
 * A range of the query text: UTF-16 offsets, {@code end} exclusive.
 *
 * <p>All origins are equal to each other, so that trees and plans compare by structure while errors still know their place.
 */
public record Origin(int start, int end) {
    /** For what stands nowhere in the text. */
    public static final Origin NONE = new Origin(0, 0);

    public Origin {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("origin " + start + ".." + end);
        }
    }

    /** From the start of this range to the end of {@code last}. */
    public Origin to(Origin last) {
        return new Origin(start, Math.max(end, last.end));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Origin;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
