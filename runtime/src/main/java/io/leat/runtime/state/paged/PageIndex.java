package io.leat.runtime.state.paged;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Which page a key belongs to: pages in the order of their keys, in chunks, so that a new page moves few others. There is always at
 * least one page, and none of the chunks is empty.
 *
 * <p>A place is where a page stands in this order: the number of the chunk in the upper half, the position in it in the lower half.
 * It is valid until the index changes.
 */
final class PageIndex implements AutoCloseable {
    static final long NONE = -1;

    private static final int CHUNK = 256;
    /** Neighbouring chunks with as many pages together become one: far fewer than would soon be divided again. */
    private static final int MERGED = CHUNK / 2;

    private final BlockArena arena;
    private final Separators top;
    private final List<Separators> chunks = new ArrayList<>();
    private int[] free = new int[16];
    private int freeCount;

    PageIndex(BufferAllocator allocator, int firstPage) {
        this.arena = new BlockArena(allocator);
        this.top = new Separators(arena, CHUNK);
        int chunk = newChunk();
        top.insert(0, 0, 0, chunk);
        chunks.get(chunk).insert(0, 0, 0, firstPage);
    }

    private int newChunk() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        chunks.add(new Separators(arena, CHUNK));
        return chunks.size() - 1;
    }

    private void freeChunk(int chunk) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount);
        }
        free[freeCount++] = chunk;
    }

    private static long place(int chunk, int position) {
        return (long) chunk << 32 | position;
    }

    private static int chunkOf(long place) {
        return (int) (place >>> 32);
    }

    private static int positionOf(long place) {
        return (int) place;
    }

    private Separators chunk(int at) {
        return chunks.get(top.number(at));
    }

    /** The place of the page that a key belongs to. */
    long find(long key, int length) {
        int chunk = top.find(key, length);
        return place(chunk, chunk(chunk).find(key, length));
    }

    int page(long place) {
        return chunk(chunkOf(place)).number(positionOf(place));
    }

    long first() {
        return place(0, 0);
    }

    long last() {
        int chunk = top.count() - 1;
        return place(chunk, chunk(chunk).count() - 1);
    }

    /** The place behind, or {@link #NONE}. */
    long next(long place) {
        int chunk = chunkOf(place);
        if (positionOf(place) + 1 < chunk(chunk).count()) {
            return place + 1;
        }
        return chunk + 1 < top.count() ? place(chunk + 1, 0) : NONE;
    }

    /** The place before, or {@link #NONE}. */
    long previous(long place) {
        if (positionOf(place) > 0) {
            return place - 1;
        }
        int chunk = chunkOf(place) - 1;
        return chunk < 0 ? NONE : place(chunk, chunk(chunk).count() - 1);
    }

    /** Whether there is one page only. */
    boolean isSingle() {
        return top.count() == 1 && chunk(0).count() == 1;
    }

    /** Puts a page behind another one: keys from this separator on belong to it. */
    void insertBehind(long place, long separator, int length, int page) {
        int at = chunkOf(place);
        int position = positionOf(place) + 1;
        Separators chunk = chunk(at);
        if (chunk.count() == CHUNK) {
            int number = newChunk();
            Separators right = chunks.get(number);
            chunk.moveTo(CHUNK / 2, right);
            top.insert(at + 1, right.keyAddress(0), right.keyLength(0), number);
            if (position > CHUNK / 2) {
                chunk = right;
                position -= CHUNK / 2;
            }
        }
        chunk.insert(position, separator, length, page);
    }

    /** Whether the keys of a page would belong to the one before it if it were taken out. */
    boolean canJoinPrevious(long place) {
        int at = chunkOf(place);
        return positionOf(place) > 0 || at > 0 && chunk(at).count() == 1;
    }

    /** Takes a page out, which is not the only one; its keys belong to a neighbour then. */
    void remove(long place) {
        int at = chunkOf(place);
        chunk(at).remove(positionOf(place), positionOf(place) + 1);
        tidy(at);
    }

    /** Takes out all pages between two places; {@code before} stays valid, and {@link #next} of it is the page that stood at {@code behind}. */
    void removeBetween(long before, long behind, IntConsumer removed) {
        int first = chunkOf(before);
        int last = chunkOf(behind);
        for (int at = first; at <= last; at++) {
            Separators chunk = chunk(at);
            int from = at == first ? positionOf(before) + 1 : 0;
            int to = at == last ? positionOf(behind) : chunk.count();
            for (int i = from; i < to; i++) {
                removed.accept(chunk.number(i));
            }
            chunk.remove(from, to);
            if (chunk.count() == 0) {
                freeChunk(top.number(at));
            }
        }
        top.remove(first + 1, Math.max(first + 1, last));
        tidy(first);
    }

    /** Drops a chunk that is empty and joins one that is small with the one behind it. */
    private void tidy(int at) {
        Separators chunk = chunk(at);
        if (chunk.count() == 0) {
            freeChunk(top.number(at));
            top.remove(at, at + 1);
        } else if (at + 1 < top.count() && chunk.count() + chunk(at + 1).count() <= MERGED) {
            chunk(at + 1).moveTo(0, chunk);
            freeChunk(top.number(at + 1));
            top.remove(at + 1, at + 2);
        }
    }

    long bytes() {
        return arena.bytes();
    }

    @Override
    public void close() {
        arena.close();
    }
}
