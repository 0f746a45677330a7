package io.leat.runtime.state.paged;

import io.leat.runtime.memory.Memory;
import java.util.Arrays;

/**
 * Sorted keys with a number each, which divide the keys of a state: a key belongs to the last separator that is not behind it. What the
 * separators begin with is compared once; then their heads, the eight bytes that follow, decide nearly always.
 *
 * <p>To the first one belong all keys before the second one, so that its own bytes are never looked at.
 */
final class Separators {
    private static final int HEAD_BYTES = Long.BYTES;

    private final BlockArena arena;
    private long[] heads;
    /** Places in the arena. */
    private int[] keys;

    private int[] numbers;
    private int count;
    /** How many bytes all separators but the first begin with; never more than they have in common. */
    private int prefix;

    Separators(BlockArena arena, int capacity) {
        this.arena = arena;
        this.heads = new long[capacity];
        this.keys = new int[capacity];
        this.numbers = new int[capacity];
    }

    int count() {
        return count;
    }

    int number(int at) {
        return numbers[at];
    }

    long keyAddress(int at) {
        return arena.address(keys[at]);
    }

    int keyLength(int at) {
        return arena.length(keys[at]);
    }

    /** The separator that a key belongs to. */
    int find(long key, int length) {
        if (count == 1) {
            return 0;
        }
        long any = keyAddress(1);
        int common = Memory.common(key, any, Math.min(length, prefix));
        if (common < prefix) {
            boolean less =
                    common == length || (Memory.getByte(key + common) & 0xFF) < (Memory.getByte(any + common) & 0xFF);
            return less ? 0 : count - 1;
        }
        long head = head(key, length, prefix);
        int low = 1;
        int high = count;
        while (low < high) {
            int middle = low + high >>> 1;
            int difference = Long.compareUnsigned(heads[middle], head);
            if (difference == 0) {
                difference = Memory.compare(
                        keyAddress(middle) + prefix, keyLength(middle) - prefix, key + prefix, length - prefix);
            }
            if (difference <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private static long head(long key, int length, int prefix) {
        int rest = length - prefix;
        if (rest >= HEAD_BYTES) {
            return Long.reverseBytes(Memory.getLong(key + prefix));
        }
        long head = 0;
        for (int i = 0; i < rest; i++) {
            head |= (Memory.getByte(key + prefix + i) & 0xFFL) << (56 - 8 * i);
        }
        return head;
    }

    /** Inserts a separator, of which the bytes are copied, where it belongs. */
    void insert(int at, long key, int length, int number) {
        if (count == keys.length) {
            heads = Arrays.copyOf(heads, 2 * count);
            keys = Arrays.copyOf(keys, 2 * count);
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        int place = arena.add(key, length);
        System.arraycopy(heads, at, heads, at + 1, count - at);
        System.arraycopy(keys, at, keys, at + 1, count - at);
        System.arraycopy(numbers, at, numbers, at + 1, count - at);
        keys[at] = place;
        numbers[at] = number;
        count++;
        boolean outermost = at <= 1 || at == count - 1;
        if (!outermost || !tightened(count <= 2 ? Integer.MAX_VALUE : prefix)) {
            heads[at] = head(arena.address(place), length, prefix);
        }
    }

    /** Makes the prefix what the separators have in common, if that is less than {@code longest}; whether it was. */
    private boolean tightened(int longest) {
        if (count < 2) {
            return false;
        }
        int least = Math.min(keyLength(1), keyLength(count - 1));
        int common = Memory.common(keyAddress(1), keyAddress(count - 1), least);
        if (common >= longest) {
            return false;
        }
        prefix = common;
        for (int i = 1; i < count; i++) {
            heads[i] = head(keyAddress(i), keyLength(i), prefix);
        }
        return true;
    }

    /** Takes separators out. What belonged to them belongs to the one before them, or to the one behind if there is none before. */
    void remove(int from, int to) {
        int first = from;
        int end = to;
        if (from == 0 && to > 0 && to < count) {
            numbers[0] = numbers[to];
            first = 1;
            end = to + 1;
        }
        for (int i = first; i < end; i++) {
            arena.remove(keys[i]);
        }
        cut(first, end);
    }

    private void cut(int from, int to) {
        System.arraycopy(heads, to, heads, from, count - to);
        System.arraycopy(keys, to, keys, from, count - to);
        System.arraycopy(numbers, to, numbers, from, count - to);
        count -= to - from;
    }

    /** Moves the separators from {@code from} on to the end of others, which have room for them. */
    void moveTo(int from, Separators others) {
        int moved = count - from;
        System.arraycopy(keys, from, others.keys, others.count, moved);
        System.arraycopy(numbers, from, others.numbers, others.count, moved);
        others.count += moved;
        cut(from, count);
        others.tightened(Integer.MAX_VALUE);
        tightened(Integer.MAX_VALUE);
    }
}
