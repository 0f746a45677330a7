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
    /** Bytes of a name with quotes and colon, so that comparing it stays within the padding of a chunk. */
    private static final int MAX_BYTES = 64;
    /** The first two words of a name, each behind a mask of the bits that count. */
    private static final int HEAD = 4;

    private static final int HEAD_BYTES = 16;
    /** The other words of a name. */
    private static final int TAIL = (MAX_BYTES - HEAD_BYTES) / 8;
    /** How many members may be left out in a row. */
    private static final int LOOK_AHEAD = 3;
    /** After how many unexpected members the order is learned anew. */
    private static final int PATIENCE = 256;

    private int size;
    private int position;
    private int unexpected;
    private long[] heads = new long[8 * HEAD];
    private long[] tails = new long[8 * TAIL];
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
        long[] head = heads;
        int first = index * HEAD;
        return (Memory.getLong(at) & head[first]) == head[first + 1]
                && (Memory.getLong(at + 8) & head[first + 2]) == head[first + 3]
                && (lengths[index] <= HEAD_BYTES || isTailAt(index, at));
    }

    private boolean isTailAt(int index, long at) {
        int length = lengths[index];
        int word = index * TAIL;
        for (int done = HEAD_BYTES; done < length; done += 8) {
            if ((Memory.getLong(at + done) & mask(length - done)) != tails[word++]) {
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
            } else {
                goOnBehind(number);
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
        for (int word = 0; word < 2; word++) {
            long mask = mask(length - 8 * word);
            heads[size * HEAD + 2 * word] = mask;
            heads[size * HEAD + 2 * word + 1] = Memory.getLong(quote + 8L * word) & mask;
        }
        for (int done = HEAD_BYTES; done < length; done += 8) {
            tails[size * TAIL + (done - HEAD_BYTES) / 8] = Memory.getLong(quote + done) & mask(length - done);
        }
        lengths[size] = length;
        numbers[size] = number;
        size++;
        position = size;
    }

    /** Where many members were left out, those behind them are expected next. */
    private void goOnBehind(int number) {
        for (int index = position; index < size; index++) {
            if (numbers[index] == number) {
                position = index + 1;
                return;
            }
        }
    }

    private void grow() {
        int larger = 2 * numbers.length;
        heads = Arrays.copyOf(heads, larger * HEAD);
        tails = Arrays.copyOf(tails, larger * TAIL);
        lengths = Arrays.copyOf(lengths, larger);
        numbers = Arrays.copyOf(numbers, larger);
    }
}
