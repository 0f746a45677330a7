package io.leat.runtime.kernel;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;

/** Arrays as text, from the texts of their elements. */
public final class ArrayText {
    private static final byte QUOTE = '\'';
    private static final byte ESCAPE = '\\';

    private ArrayText() {}

    // ---- as a cast shows them
    // ------------------------------------------------------------------------------------------

    /** Begins the text of an array, such as {@code [1, 2, NULL]}: each element is added, then comes the end. */
    public static void begin(BytesResult result) {
        result.clear();
        result.append((byte) '[');
    }

    public static void end(BytesResult result) {
        result.append((byte) ']');
    }

    public static void addNull(BytesResult result) {
        separate(result, 4);
        result.append((byte) 'N');
        result.append((byte) 'U');
        result.append((byte) 'L');
        result.append((byte) 'L');
    }

    /** Adds a text that stands for itself, such as that of an array. */
    public static void addPlain(long address, int length, BytesResult result) {
        separate(result, length);
        result.append(address, length);
    }

    /** Adds a text, in quotes if it could be taken for something else. */
    public static void add(long address, int length, BytesResult result) {
        if (!needsQuotes(address, length)) {
            addPlain(address, length, result);
            return;
        }
        separate(result, 2L * length + 2);
        result.append(QUOTE);
        for (long at = address; at < address + length; at++) {
            byte value = Memory.getByte(at);
            if (value == QUOTE || value == ESCAPE) {
                result.append(ESCAPE);
            }
            result.append(value);
        }
        result.append(QUOTE);
    }

    /** Makes room for an element, its separator and the end. */
    private static void separate(BytesResult result, long bytes) {
        Room.reserve(result, result.length() + bytes + 3);
        if (result.length() > 1) {
            result.append((byte) ',');
            result.append((byte) ' ');
        }
    }

    private static boolean needsQuotes(long address, int length) {
        if (length == 0 || isSpace(address) || isSpace(address + length - 1) || isNullWord(address, length)) {
            return true;
        }
        for (long at = address; at < address + length; at++) {
            switch (Memory.getByte(at)) {
                case ',', ':', '(', ')', '[', ']', '{', '}', '\'', '"', '\\' -> {
                    return true;
                }
                default -> {
                    // Stands for itself.
                }
            }
        }
        return false;
    }

    private static boolean isSpace(long at) {
        int c = Memory.getByte(at);
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private static boolean isNullWord(long address, int length) {
        return length == 4 && (Memory.getInt(address) & 0xDFDF_DFDF) == ('N' | 'U' << 8 | 'L' << 16 | 'L' << 24);
    }

    // ---- joined
    // --------------------------------------------------------------------------------------------------------

    /** The texts of an array with a separator between each two, without NULLs; an error ({@code TOO_LARGE}) beyond 16 MiB. */
    public static void join(long address, int length, long separator, int separatorLength, BytesResult result) {
        join(address, length, separator, separatorLength, 0, -1, result);
    }

    /** As above, with a text in the place of each NULL. */
    public static void join(
            long address,
            int length,
            long separator,
            int separatorLength,
            long instead,
            int insteadLength,
            BytesResult result) {
        result.clear();
        boolean first = true;
        for (long at = address; at < address + length; at = OrderedBytes.next(at, -1)) {
            if (OrderedBytes.isNull(at) && insteadLength < 0) {
                continue;
            }
            if (!first) {
                Text.append(separator, separatorLength, result);
            }
            first = false;
            if (OrderedBytes.isNull(at)) {
                Text.append(instead, insteadLength, result);
            } else {
                OrderedBytes.appendBytes(at, result);
            }
        }
    }
}
