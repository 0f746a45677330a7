package io.leat.runtime.kernel;

import java.util.Arrays;

/**
 * A part of an ILIKE pattern: code points without their case. Two code points are the same if they are so in
 * upper case, as {@code String.equalsIgnoreCase} has it.
 */
final class FoldedLikeSegment extends LikeSegment {
    private final int[] tokens;

    FoldedLikeSegment(int[] tokens, int start, int end) {
        this.tokens = Arrays.copyOfRange(tokens, start, end);
        for (int i = 0; i < this.tokens.length; i++) {
            this.tokens[i] = this.tokens[i] < 0 ? this.tokens[i] : fold(this.tokens[i]);
        }
    }

    private static int fold(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint >= 'A' && codePoint <= 'Z' ? codePoint | 0x20 : codePoint;
        }
        return Character.toLowerCase(Character.toUpperCase(codePoint));
    }

    private static boolean matches(int token, long at, long end) {
        return token == LikeTokens.ANY || token == fold(Utf8.codePoint(at, end));
    }

    @Override
    long matchAt(long start, long end) {
        long at = start;
        for (int token : tokens) {
            if (at == end || !matches(token, at, end)) {
                return NONE;
            }
            at = Utf8.next(at, end);
        }
        return at;
    }

    @Override
    long matchBack(long start, long end) {
        long at = end;
        for (int i = tokens.length - 1; i >= 0; i--) {
            if (at == start) {
                return NONE;
            }
            long previous = Utf8.previous(start, at);
            if (!matches(tokens[i], previous, at)) {
                return NONE;
            }
            at = previous;
        }
        return at;
    }

    @Override
    long find(long start, long end) {
        for (long at = start; end - at >= tokens.length; at = Utf8.next(at, end)) {
            long matched = matchAt(at, end);
            if (matched != NONE) {
                return matched;
            }
        }
        return NONE;
    }
}
