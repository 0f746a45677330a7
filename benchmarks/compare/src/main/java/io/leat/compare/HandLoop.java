package io.leat.compare;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a file of JSON lines in large pieces and hands out where each line begins. A loop runs once. */
abstract class HandLoop {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long LINE_ENDS = ONES * '\n';
    private static final int PIECE = 1 << 20;
    /** Bytes behind a piece that may be looked at. */
    private static final int PADDING = 64;

    final byte[] bytes = new byte[PIECE + PADDING];
    final List<String> answer = new ArrayList<>();

    /** Works off the line that begins here; answers with where the next one does. */
    abstract int line(int at);

    /** There are no more lines. */
    void end() {
        // Most have told all by then.
    }

    final List<String> run(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            int filled = 0;
            for (int read = in.read(bytes, 0, PIECE); read >= 0; read = in.read(bytes, filled, PIECE - filled)) {
                filled += read;
                int whole = filled;
                while (whole > 0 && bytes[whole - 1] != '\n') {
                    whole--;
                }
                for (int at = 0; at < whole; ) {
                    at = line(at);
                }
                filled -= whole;
                System.arraycopy(bytes, whole, bytes, 0, filled);
            }
        }
        end();
        return answer;
    }

    static long word(byte[] bytes, int at) {
        return (long) WORDS.get(bytes, at);
    }

    /** The first bytes of a name as a word, to be compared with that of another one of the same length. */
    static long word(String name) {
        byte[] padded = new byte[8];
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, padded, 0, Math.min(8, ascii.length));
        return word(padded, 0);
    }

    /** The first bytes of a name that stands somewhere, as {@link #word(String)}. */
    static long name(byte[] bytes, int at, int length) {
        return length >= 8 ? word(bytes, at) : word(bytes, at) & (1L << 8 * length) - 1;
    }

    /** The quote that ends the text that begins here; of escapes it knows that what follows a backslash is no end. */
    static int textEnd(byte[] bytes, int from) {
        int at = from;
        while (true) {
            long word = word(bytes, at);
            long found = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
            if (found == 0) {
                at += 8;
            } else {
                at += Long.numberOfTrailingZeros(found) >>> 3;
                if (bytes[at] == '"') {
                    return at;
                }
                at += 2;
            }
        }
    }

    static int nextLine(byte[] bytes, int from) {
        int at = from;
        long found = zeros(word(bytes, at) ^ LINE_ENDS);
        while (found == 0) {
            at += 8;
            found = zeros(word(bytes, at) ^ LINE_ENDS);
        }
        return at + (Long.numberOfTrailingZeros(found) >>> 3) + 1;
    }

    /** The highest bits of bytes that are zero; only the lowest is sure. */
    private static long zeros(long word) {
        return word - ONES & ~word & HIGHS;
    }

    static int mix(long bits) {
        return (int) (bits * 0x9E3779B97F4A7C15L >>> 32);
    }

    final String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
