package io.leat.runtime.kernel;

/**
 * LIKE and ILIKE: {@code %} is any text, {@code _} any one code point. An escape character before anything but those two and
 * itself is an error ({@code BAD_ARGUMENT}).
 *
 * <p>The parts between the {@code %} are looked for one after the other, each at its first place, those at the ends at the ends:
 * nothing is tried twice, so that no pattern takes more than text times pattern. One per call site, which calls one of the two
 * functions only: keeps the last pattern and compiles when another comes. Else nothing allocates. Not thread-safe.
 */
public final class LikeMatcher {
    /** {@code escape} where there is no escape character. */
    public static final int NO_ESCAPE = -1;

    private final PatternMemory pattern = new PatternMemory();
    private int escape;
    /** The pattern begins or ends with {@code %}. */
    private boolean openStart;

    private boolean openEnd;
    /** Has no {@code %} at all. */
    private boolean whole;

    /** What stands between the {@code %}; null before the first pattern. */
    private LikeSegment[] segments;

    /** LIKE; {@code escapeCodePoint} is {@link #NO_ESCAPE} where there is none. */
    public boolean matches(long address, int length, long patternAddress, int patternLength, int escapeCodePoint) {
        if (segments == null || escape != escapeCodePoint || !pattern.isSame(patternAddress, patternLength)) {
            compile(patternAddress, patternLength, escapeCodePoint, false);
        }
        return match(address, address + length);
    }

    /** ILIKE: the same without regard to case. */
    public boolean matchesIgnoreCase(
            long address, int length, long patternAddress, int patternLength, int escapeCodePoint) {
        if (segments == null || escape != escapeCodePoint || !pattern.isSame(patternAddress, patternLength)) {
            compile(patternAddress, patternLength, escapeCodePoint, true);
        }
        return match(address, address + length);
    }

    private boolean match(long start, long textEnd) {
        LikeSegment[] parts = segments;
        if (whole) {
            return parts.length == 0 ? start == textEnd : parts[0].matchAt(start, textEnd) == textEnd;
        }
        long at = start;
        long end = textEnd;
        int next = 0;
        int last = parts.length;
        if (!openStart) {
            at = parts[next++].matchAt(at, end);
            if (at == LikeSegment.NONE) {
                return false;
            }
        }
        if (!openEnd) {
            end = parts[--last].matchBack(at, end);
            if (end == LikeSegment.NONE) {
                return false;
            }
        }
        while (next < last) {
            at = parts[next++].find(at, end);
            if (at == LikeSegment.NONE) {
                return false;
            }
        }
        return true;
    }

    private void compile(long patternAddress, int patternLength, int escapeCodePoint, boolean ignoreCase) {
        int[] tokens = LikeTokens.parse(PatternMemory.text(patternAddress, patternLength), escapeCodePoint);
        int[] bounds = LikeTokens.segments(tokens);
        segments = new LikeSegment[bounds.length / 2];
        for (int i = 0; i < segments.length; i++) {
            int start = bounds[2 * i];
            int end = bounds[2 * i + 1];
            segments[i] =
                    ignoreCase ? new FoldedLikeSegment(tokens, start, end) : new ByteLikeSegment(tokens, start, end);
        }
        openStart = tokens.length > 0 && tokens[0] == LikeTokens.MANY;
        openEnd = tokens.length > 0 && tokens[tokens.length - 1] == LikeTokens.MANY;
        whole = true;
        for (int token : tokens) {
            whole &= token != LikeTokens.MANY;
        }
        escape = escapeCodePoint;
        pattern.keep(patternAddress, patternLength);
    }
}
