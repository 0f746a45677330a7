package io.leat.runtime.window;

/**
 * Windows on an even grid of time: {@code [start, end)}, aligned to 1970-01-01T00:00 plus {@code offset}, with one end every
 * {@code slide}.
 *
 * <p>Event time is cut into slices, so that each row belongs to one slice and each window is a run of slices (P. Traub et al.,
 * "Scotty: General and Efficient Open-Source Window Aggregation", 2021).
 *
 * @param size length of the longest window in microseconds
 * @param slide distance between the ends of two windows in microseconds
 * @param offset shift of all windows in microseconds
 */
public record Windowing(Shape shape, long size, long slide, long offset) {
    /** What begins when a window has ended. */
    public enum Shape {
        /** Each window begins one slide after the one before: TUMBLE where size and slide are equal, HOP otherwise. */
        HOP,
        /** Windows begin where the one before began and are one slide longer, until they have the whole size: CUMULATE. */
        CUMULATE
    }

    /** Before any row. */
    public static final long NEVER = Long.MIN_VALUE;
    /** After the last row. */
    public static final long END = Long.MAX_VALUE;

    public Windowing {
        if (size <= 0 || slide <= 0) {
            throw new IllegalArgumentException("window of size " + size + " and slide " + slide);
        }
        if (shape == Shape.CUMULATE && size % slide != 0) {
            throw new IllegalArgumentException("windows of up to " + size + " in steps of " + slide);
        }
        offset = Math.floorMod(offset, shape == Shape.CUMULATE ? size : slide);
    }

    public static Windowing tumble(long size, long offset) {
        return hop(size, size, offset);
    }

    public static Windowing hop(long size, long slide, long offset) {
        return new Windowing(Shape.HOP, size, slide, offset);
    }

    /**
     * @param size a multiple of {@code step}
     */
    public static Windowing cumulate(long size, long step, long offset) {
        return new Windowing(Shape.CUMULATE, size, step, offset);
    }

    /** Whether each moment belongs to exactly one window. */
    public boolean isTumbling() {
        return size == slide;
    }

    public boolean isCumulating() {
        return shape == Shape.CUMULATE;
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
        return isCumulating() ? sliceStart + slide : firstEnd(sliceStart, sliceWidth(), size, slide, offset);
    }

    /** As {@link #firstEnd(long)} of hopping windows, for generated code, which knows the numbers. */
    public static long firstEnd(long sliceStart, long width, long size, long slide, long offset) {
        long least = sliceStart + width - size - offset;
        return least + Math.floorMod(-least, slide) + offset + size;
    }

    /** The end of the latest window that holds the slice. Before {@link #firstEnd} if windows have gaps and the slice is in one. */
    public long lastEnd(long sliceStart) {
        return lastEnd(sliceStart, size, startsEvery(), offset);
    }

    /**
     * As {@link #lastEnd(long)}, for generated code.
     *
     * @param startsEvery how far the starts of windows are apart
     */
    public static long lastEnd(long sliceStart, long size, long startsEvery, long offset) {
        return sliceStart - Math.floorMod(sliceStart - offset, startsEvery) + size;
    }

    /** How far the starts of windows are apart. */
    public long startsEvery() {
        return isCumulating() ? size : slide;
    }

    /** Where the window begins that ends there. */
    public long startOf(long end) {
        return isCumulating() ? sliceStart(end - slide, size, offset) : end - size;
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
