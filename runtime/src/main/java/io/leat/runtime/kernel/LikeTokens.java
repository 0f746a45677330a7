package io.leat.runtime.kernel;

import java.util.Arrays;

/**
 * A LIKE pattern taken apart: code points to be matched as they are, {@link #ANY} for {@code _}, {@link #MANY} for {@code %}.
 * An escape character before anything but those two and itself is an error ({@code BAD_ARGUMENT}).
 */
final class LikeTokens {
    static final int ANY = -1;
    static final int MANY = -2;

    private LikeTokens() {}

    /** {@code escape} is a code point, or negative if there is none. */
    static int[] parse(String pattern, int escape) {
        int[] codePoints = pattern.codePoints().toArray();
        int[] tokens = new int[codePoints.length];
        int count = 0;
        for (int i = 0; i < codePoints.length; i++) {
            int codePoint = codePoints[i];
            if (codePoint == escape) {
                i++;
                if (i == codePoints.length
                        || (codePoints[i] != '%' && codePoints[i] != '_' && codePoints[i] != escape)) {
                    throw Errors.badArgument("in the LIKE pattern " + RowError.quote(pattern)
                            + " the escape character stands before something that needs none");
                }
                tokens[count++] = codePoints[i];
            } else if (codePoint == '%') {
                if (count == 0 || tokens[count - 1] != MANY) {
                    tokens[count++] = MANY;
                }
            } else {
                tokens[count++] = codePoint == '_' ? ANY : codePoint;
            }
        }
        return Arrays.copyOf(tokens, count);
    }

    /** Bounds of the segments between {@link #MANY}: start and end of each in turn; empty ones at the ends left out. */
    static int[] segments(int[] tokens) {
        int[] bounds = new int[2 * tokens.length + 2];
        int count = 0;
        int start = 0;
        for (int i = 0; i <= tokens.length; i++) {
            if (i == tokens.length || tokens[i] == MANY) {
                if (i > start) {
                    bounds[count++] = start;
                    bounds[count++] = i;
                }
                start = i + 1;
            }
        }
        return Arrays.copyOf(bounds, count);
    }
}
