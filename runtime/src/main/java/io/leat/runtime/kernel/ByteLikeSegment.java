package io.leat.runtime.kernel;

import io.leat.runtime.memory.Memory;
import java.nio.charset.StandardCharsets;

/**
 * A part of a LIKE pattern as bytes to be matched, where one that UTF-8 never has stands for any code point. Valid text and a
 * valid pattern match in whole code points, because no code point begins inside another.
 */
final class ByteLikeSegment extends LikeSegment {
    private static final byte ANY = (byte) 0xFF;
    private static final int WORD = 8;

    /** With room to read a whole word at the last byte. */
    private final byte[] bytes;

    private final int length;
    /** Without any {@link #ANY}. */
    private final boolean literal;

    ByteLikeSegment(int[] tokens, int start, int end) {
        byte[] room = new byte[(end - start) * Utf8.MAX_BYTES + WORD];
        int count = 0;
        boolean isLiteral = true;
        for (int i = start; i < end; i++) {
            if (tokens[i] == LikeTokens.ANY) {
                room[count++] = ANY;
                isLiteral = false;
            } else {
                byte[] encoded = Character.toString(tokens[i]).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(encoded, 0, room, count, encoded.length);
                count += encoded.length;
            }
        }
        this.bytes = room;
        this.length = count;
        this.literal = isLiteral;
    }

    @Override
    long matchAt(long at, long end) {
        if (end - at < length) {
            return NONE; // every token takes a byte or more
        }
        return literal ? matchLiteral(at) : matchTokens(at, end);
    }

    private long matchLiteral(long at) {
        int done = 0;
        for (; done + WORD <= length; done += WORD) {
            if (Memory.getLong(at + done) != Memory.getLong(bytes, done)) {
                return NONE;
            }
        }
        for (; done < length; done++) {
            if (Memory.getByte(at + done) != bytes[done]) {
                return NONE;
            }
        }
        return at + length;
    }

    private long matchTokens(long start, long end) {
        long at = start;
        for (int i = 0; i < length; i++) {
            if (at == end) {
                return NONE;
            }
            if (bytes[i] == ANY) {
                at = Utf8.next(at, end);
            } else if (bytes[i] == Memory.getByte(at)) {
                at++;
            } else {
                return NONE;
            }
        }
        return at;
    }

    @Override
    long matchBack(long start, long end) {
        if (end - start < length) {
            return NONE;
        }
        if (literal) {
            return matchLiteral(end - length) == NONE ? NONE : end - length;
        }
        long at = end;
        for (int i = length - 1; i >= 0; i--) {
            if (at == start) {
                return NONE;
            }
            long previous = bytes[i] == ANY ? Utf8.previous(start, at) : at - 1;
            if (bytes[i] != ANY && bytes[i] != Memory.getByte(previous)) {
                return NONE;
            }
            at = previous;
        }
        return at;
    }

    @Override
    long find(long start, long end) {
        long at = start;
        while (end - at >= length) {
            if (bytes[0] != ANY) {
                int found = TextSearch.findByte(at, (int) (end - at) - length + 1, bytes[0], 0);
                if (found < 0) {
                    return NONE;
                }
                at += found;
            }
            long matched = matchAt(at, end);
            if (matched != NONE) {
                return matched;
            }
            at = Utf8.next(at, end);
        }
        return NONE;
    }
}
