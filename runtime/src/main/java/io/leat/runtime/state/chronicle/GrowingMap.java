package io.leat.runtime.state.chronicle;

import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * A Chronicle Map that is never full. A map cannot hold more entries or bytes than it was made for, so this one moves into a larger
 * map before that, made for entries as long as those that came. One thread at a time.
 */
final class GrowingMap implements AutoCloseable {
    private static final long FIRST_ENTRIES = 1 << 14;
    private static final int GROWTH = 4;
    /** The share of a map's entries that is used at most: keys of different lengths fill it unevenly. */
    private static final double MAX_LOAD = 0.75;
    /** How many times the bytes it was made for a map takes, of the {@link #BLOAT} times that it can. */
    private static final double MAX_BYTES = 1.5;

    private static final double BLOAT = 4;

    private final String name;
    private final boolean variable;
    private long capacity = FIRST_ENTRIES;
    private double averageKeyBytes;
    private double averageValueBytes;
    private ChronicleMap<byte[], byte[]> map;
    private long keyBytes;
    private long valueBytes;

    private GrowingMap(String name, boolean variable, int averageKeyBytes, int averageValueBytes) {
        this.name = name;
        this.variable = variable;
        this.averageKeyBytes = averageKeyBytes;
        this.averageValueBytes = averageValueBytes;
        this.map = newMap();
    }

    /** For values that are all of this length. */
    static GrowingMap ofFixed(String name, int averageKeyBytes, int valueBytes) {
        return new GrowingMap(name, false, averageKeyBytes, valueBytes);
    }

    static GrowingMap ofVariable(String name, int averageKeyBytes, int averageValueBytes) {
        return new GrowingMap(name, true, averageKeyBytes, averageValueBytes);
    }

    private ChronicleMap<byte[], byte[]> newMap() {
        ChronicleMapBuilder<byte[], byte[]> builder = ChronicleMapBuilder.of(byte[].class, byte[].class)
                .name(name)
                .averageKeySize(averageKeyBytes)
                .entries(capacity)
                .maxBloatFactor(BLOAT)
                .actualSegments(1);
        return (variable
                        ? builder.averageValueSize(averageValueBytes)
                        : builder.constantValueSizeBySample(new byte[(int) averageValueBytes]))
                .create();
    }

    void put(byte[] key, byte[] value) {
        makeRoom(1, key.length + value.length);
        byte[] old = map.put(key, value);
        if (old == null) {
            keyBytes += key.length;
            valueBytes += value.length;
        } else {
            valueBytes += value.length - old.length;
        }
    }

    /** The value of a key, read into {@code using} if that has its length; null if there is none. */
    byte[] get(byte[] key, byte[] using) {
        return map.getUsing(key, using);
    }

    void remove(byte[] key) {
        byte[] old = map.remove(key);
        if (old != null) {
            keyBytes -= key.length;
            valueBytes -= old.length;
        }
    }

    long size() {
        return map.longSize();
    }

    /** Bytes outside the heap. */
    long bytes() {
        return map.offHeapMemoryUsed();
    }

    /** Grows once for so many entries, if need be, in place of again and again while they come. */
    void reserve(long moreEntries) {
        double needed = (map.longSize() + moreEntries) / MAX_LOAD;
        if (needed > capacity) {
            capacity = (long) needed + 1;
            move();
        }
    }

    /** Grows ahead of need, so that the next puts need not. */
    void grow() {
        makeRoom(map.longSize(), keyBytes + valueBytes);
    }

    private void makeRoom(long moreEntries, long moreBytes) {
        boolean fits = map.longSize() + moreEntries <= capacity * MAX_LOAD;
        boolean bytesFit =
                keyBytes + valueBytes + moreBytes <= capacity * (averageKeyBytes + averageValueBytes) * MAX_BYTES;
        if (fits && bytesFit) {
            return;
        }
        if (!fits) {
            capacity *= GROWTH;
        }
        if (!bytesFit) {
            long entries = map.longSize() + moreEntries;
            capacity = Math.max(capacity, 2 * entries);
            averageKeyBytes = Math.max(averageKeyBytes, (double) (keyBytes + moreBytes) / entries);
            averageValueBytes =
                    variable ? Math.max(averageValueBytes, (double) valueBytes / entries) : averageValueBytes;
        }
        move();
    }

    private void move() {
        ChronicleMap<byte[], byte[]> larger = newMap();
        try {
            map.forEach(larger::put);
        } finally {
            map.close();
            map = larger;
        }
    }

    @Override
    public void close() {
        map.close();
    }
}
