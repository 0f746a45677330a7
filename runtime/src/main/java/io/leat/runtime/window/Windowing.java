package io.leat.runtime.window;

/**
 * Windows of one size that start every {@code slide}: TUMBLE where the two are equal, HOP otherwise. Windows are {@code [start,
 * end)}, aligned to 1970-01-01T00:00 plus {@code offset}.
 *
 * <p>Event time is cut into slices of the greatest common divisor of size and slide, so that each row belongs to one slice and
 * each window is a run of slices (P. Traub et al., "Scotty: General and Efficient Open-Source Window Aggregation", 2021).
 *
 * @param size length of a window in microseconds
 * @param slide distance between the starts of two windows in microseconds
 * @param offset shift of all windows in microseconds
 */
public record Windowing(long size, long slide, long offset) {
    /** Before any row. */
    public static final long NEVER = Long.MIN_VALUE;
    /** After the last row. */
    public static final long END = Long.MAX_VALUE;

    public Windowing {
        if (size <= 0 || slide <= 0) {
            throw new IllegalArgumentException("window of size " + size + " and slide " + slide);
        }
        offset = Math.floorMod(offset, slide);
    }

    public static Windowing tumble(long size, long offset) {
        return new Windowing(size, size, offset);
    }

    public boolean isTumbling() {
        return size == slide;
    }

    public long sliceWidth() {
        long a = size;
        long b = slide;
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    public long sliceStart(long ts) {
        return sliceStart(ts, sliceWidth(), offset);
    }

    /** The start of the slice that {@code ts} lies in. */
    public static long sliceStart(long ts, long width, long offset) {
        return ts - Math.floorMod(ts - offset, width);
    }

    /** The end of the earliest window that holds the slice. */
    public long firstEnd(long sliceStart) {
        return firstEnd(sliceStart, sliceWidth(), size, slide, offset);
    }

    /** As {@link #firstEnd(long)}, for generated code, which knows the numbers. */
    public static long firstEnd(long sliceStart, long width, long size, long slide, long offset) {
        long least = sliceStart + width - size - offset;
        return least + Math.floorMod(-least, slide) + offset + size;
    }

    /** The end of the latest window that holds the slice. Before {@link #firstEnd} if windows have gaps and the slice is in one. */
    public long lastEnd(long sliceStart) {
        return lastEnd(sliceStart, size, slide, offset);
    }

    /** As {@link #lastEnd(long)}, for generated code. */
    public static long lastEnd(long sliceStart, long size, long slide, long offset) {
        return sliceStart - Math.floorMod(sliceStart - offset, slide) + size;
    }

    /**
     * The end of the earliest window ending at or after {@code firstEnd}, on the same grid, that is still open at the watermark.
     * A row is on time for the windows from there on.
     */
    public static long firstOpenEnd(long firstEnd, long slide, long watermark) {
        if (firstEnd > watermark) {
            return firstEnd;
        }
        if (watermark == END) {
            return END;
        }
        return firstEnd + (Math.floorDiv(watermark - firstEnd, slide) + 1) * slide;
    }

    /** {@code watermark - delay}, where the two ends of time stay what they are. */
    public static long minus(long watermark, long delay) {
        if (watermark == NEVER || watermark == END) {
            return watermark;
        }
        long result = watermark - delay;
        return ((watermark ^ delay) & (watermark ^ result)) < 0 ? (delay > 0 ? NEVER + 1 : END - 1) : result;
    }
}
