package io.leat.runtime.decode;

import io.leat.runtime.kernel.Hashing;
import io.leat.runtime.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Names in records that no column has, and how often each came. As many are told apart as {@link #MOST} says, those that came first; all
 * others, and names longer than {@link #MAX_BYTES}, are counted together. Counting allocates nothing once a name is known.
 *
 * <p>One thread finds and counts names; any thread may ask for what was counted a moment ago.
 */
public final class UnknownFields {
    /** How many names are told apart. */
    public static final int MOST = 64;

    /** Longer names are counted with the others. */
    public static final int MAX_BYTES = 128;

    /** The number of all names that are not told apart. */
    private static final int OTHERS = 0;

    /** A power of two that leaves places free. */
    private static final int PLACES = 4 * MOST;

    private final AtomicLongArray counts = new AtomicLongArray(MOST + 1);
    private final byte[][] bytes = new byte[MOST + 1][];
    private final int[] leaves = new int[MOST + 1];
    /** The numbers of names, by what their bytes hash to; zero where there is none. */
    private final int[] places = new int[PLACES];

    /** With the row that each stands in; only the counting thread adds to them, within the lock. */
    private final String[] names = new String[MOST + 1];

    private int size;

    /**
     * The number of a name, 1 and more, or 0 if it is not told apart.
     *
     * @param leaf tells names of row values apart that are in several
     * @param path of the row value that has the name; empty for the record
     */
    int number(int leaf, String path, long address, int length) {
        if (length > MAX_BYTES) {
            return OTHERS;
        }
        int place = hash(leaf, address, length) & (PLACES - 1);
        while (places[place] != 0) {
            int number = places[place];
            if (leaves[number] == leaf && isAt(bytes[number], address, length)) {
                return number;
            }
            place = (place + 1) & (PLACES - 1);
        }
        return size == MOST ? OTHERS : add(place, leaf, path, Memory.toArray(address, length));
    }

    private static int hash(int leaf, long address, int length) {
        return 31 * leaf + (int) Hashing.hashBytes(address, length);
    }

    private static boolean isAt(byte[] name, long address, int length) {
        if (name.length != length) {
            return false;
        }
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            if (Memory.getLong(name, at) != Memory.getLong(address + at)) {
                return false;
            }
        }
        while (at < length && name[at] == Memory.getByte(address + at)) {
            at++;
        }
        return at == length;
    }

    private int add(int place, int leaf, String path, byte[] name) {
        String text = new String(name, StandardCharsets.UTF_8);
        synchronized (this) {
            size++;
            names[size] = path.isEmpty() ? text : path + "." + text;
        }
        bytes[size] = name;
        leaves[size] = leaf;
        places[place] = size;
        return size;
    }

    /** The name with this number, behind the row value that it is in; empty if it is not told apart. */
    String name(int number) {
        return number == OTHERS ? "" : names[number];
    }

    /** One more of this name. Nobody else writes, and readers may be behind, so that no order of memory is asked for. */
    void count(int number) {
        counts.setOpaque(number, counts.getPlain(number) + 1);
    }

    /** What was counted so far. */
    public Counts counted() {
        Map<String, Long> byName = new TreeMap<>();
        String[] known;
        synchronized (this) {
            known = Arrays.copyOf(names, size + 1);
        }
        for (int number = 1; number < known.length; number++) {
            if (counts.get(number) > 0) {
                byName.merge(known[number], counts.get(number), Long::sum);
            }
        }
        return new Counts(byName, counts.get(OTHERS));
    }

    /**
     * How often records had names that no column has, rejected records among them.
     *
     * @param byName of names that are told apart, by name; {@code row.name} for one inside a row value
     * @param others of all other names
     */
    public record Counts(Map<String, Long> byName, long others) {
        public static final Counts NONE = new Counts(Map.of(), 0);

        public Counts {
            byName = Collections.unmodifiableMap(new TreeMap<>(byName));
        }

        /** Both together. Of names that are too many together, those that come last in the order of the alphabet are others. */
        public Counts and(Counts more) {
            TreeMap<String, Long> all = new TreeMap<>(byName);
            more.byName.forEach((name, count) -> all.merge(name, count, Long::sum));
            long rest = others + more.others;
            while (all.size() > MOST) {
                rest += all.pollLastEntry().getValue();
            }
            return new Counts(all, rest);
        }

        /** How many there were in all. */
        public long total() {
            return others + byName.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
