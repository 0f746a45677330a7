package io.leat.runtime.kernel;

import io.leat.runtime.batch.LongResult;
import io.leat.runtime.memory.Memory;

/**
 * Text to BOOLEAN: true, t, yes, y, on, 1 and false, f, no, n, off, 0, in any case, with spaces around allowed. Other text is
 * an error ({@code BAD_CAST}).
 */
public final class BooleanParser {
    private static final int NONE = -1;

    private BooleanParser() {}

    public static boolean toBoolean(long address, int length) {
        int value = parse(address, length);
        if (value == NONE) {
            throw Errors.badCast(address, length, "BOOLEAN");
        }
        return value != 0;
    }

    /** Answers false for other text; else the result is 1 or 0. */
    public static boolean tryBoolean(long address, int length, LongResult result) {
        int value = parse(address, length);
        result.value = value;
        return value != NONE;
    }

    private static int parse(long address, int length) {
        long start = Blanks.skip(address, address + length);
        long end = Blanks.trim(start, address + length);
        return switch ((int) Math.min(end - start, 6)) {
            case 1 -> parseLetter(Memory.getByte(start));
            case 2 -> is(start, "on") ? 1 : is(start, "no") ? 0 : NONE;
            case 3 -> is(start, "yes") ? 1 : is(start, "off") ? 0 : NONE;
            case 4 -> is(start, "true") ? 1 : NONE;
            case 5 -> is(start, "false") ? 0 : NONE;
            default -> NONE;
        };
    }

    private static int parseLetter(int letter) {
        return switch (letter) {
            case 't', 'T', 'y', 'Y', '1' -> 1;
            case 'f', 'F', 'n', 'N', '0' -> 0;
            default -> NONE;
        };
    }

    private static boolean is(long start, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            if ((Memory.getByte(start + i) | 0x20) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
