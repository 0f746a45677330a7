package io.leat.runtime.decode;

import io.leat.runtime.memory.Memory;
import java.util.Arrays;

/**
 * The order in which the members of an object mostly come. Whoever wrote one record usually wrote the next one the same way, so a name
 * need not be looked for: it is compared with the one that is expected here, as it stands between its quotes and with its colon.
 *
 * <p>Calling order: {@link #begin} at the start of an object, then {@link #next} for each member, and {@link #learn} for each that was not
 * expected. Members may be left out or put in between without harm; when too many come unexpected, the order is learned anew. Not
 * thread-safe.
 */
public final class MemberOrder {
    /** No expected member stands here. */
    public static final int UNEXPECTED = -1;

    private static final int MAX_MEMBERS = 256;
    private static final int WORDS_PER_NAME = 8;
    /** Bytes of a name with quotes and colon, so that comparing it stays within the padding of a chunk. */
    private static final int MAX_BYTES = 8 * WORDS_PER_NAME;
    /** How many members may be left out in a row. */
    private static final int LOOK_AHEAD = 3;
    /** After how many unexpected members the order is learned anew. */
    private static final int PATIENCE = 256;

    private int size;
    private int position;
    private int unexpected;
    /** The bytes of each name, zero behind it. */
    private long[] words = new long[8 * WORDS_PER_NAME];
    /** For each name the bits that count of its first word, and of its second one. */
    private long[] masks = new long[16];

    private int[] lengths = new int[8];
    private int[] numbers = new int[8];

    /** An object begins. */
    public void begin() {
        position = 0;
    }

    /** The number of the member whose name stands here, or {@link #UNEXPECTED}. */
    public int next(long at) {
        int here = position;
        if (here < size && isAt(here, at)) {
            position = here + 1;
            return numbers[here];
        }
        return lookAhead(at);
    }

    /** How many bytes the name takes that {@link #next} found, with quotes and colon. */
    public int nameBytes() {
        return lengths[position - 1];
    }

    private boolean isAt(int index, long at) {
        int word = index * WORDS_PER_NAME;
        return (Memory.getLong(at) & masks[2 * index]) == words[word]
                && (Memory.getLong(at + 8) & masks[2 * index + 1]) == words[word + 1]
                && (lengths[index] <= 16 || isRestAt(index, at));
    }

    private boolean isRestAt(int index, long at) {
        int length = lengths[index];
        for (int done = 16; done < length; done += 8) {
            long mask = mask(length - done);
            if ((Memory.getLong(at + done) & mask) != words[index * WORDS_PER_NAME + (done >>> 3)]) {
                return false;
            }
        }
        return true;
    }

    /** A mask for the first {@code bytes} bytes of a word. */
    private static long mask(int bytes) {
        return bytes >= 8 ? -1L : bytes <= 0 ? 0 : (1L << 8 * bytes) - 1;
    }

    private int lookAhead(long at) {
        int last = Math.min(size, position + LOOK_AHEAD + 1);
        for (int index = position + 1; index < last; index++) {
            if (isAt(index, at)) {
                position = index + 1;
                return numbers[index];
            }
        }
        return UNEXPECTED;
    }

    /**
     * Notes a member that was not expected.
     *
     * @param quote where it begins
     * @param name where its name stands: behind the quote, or elsewhere with its escapes replaced
     * @param number what {@link #next} shall answer
     */
    public void learn(long quote, long name, int nameBytes, int number) {
        if (position < size) {
            if (++unexpected >= PATIENCE) {
                unexpected = 0;
                size = 0;
                position = MAX_MEMBERS;
            }
            return;
        }
        int length = nameBytes + 3;
        boolean verbatim = name == quote + 1 && Memory.getByte(name + nameBytes + 1) == ':';
        if (position > size || size == MAX_MEMBERS || length > MAX_BYTES || !verbatim) {
            return;
        }
        if (size == numbers.length) {
            grow();
        }
        for (int word = 0; word < WORDS_PER_NAME; word++) {
            words[size * WORDS_PER_NAME + word] =
                    8 * word < length ? Memory.getLong(quote + 8L * word) & mask(length - 8 * word) : 0;
        }
        masks[2 * size] = mask(length);
        masks[2 * size + 1] = mask(length - 8);
        lengths[size] = length;
        numbers[size] = number;
        size++;
        position = size;
    }

    private void grow() {
        int larger = 2 * numbers.length;
        words = Arrays.copyOf(words, larger * WORDS_PER_NAME);
        masks = Arrays.copyOf(masks, 2 * larger);
        lengths = Arrays.copyOf(lengths, larger);
        numbers = Arrays.copyOf(numbers, larger);
    }
}
