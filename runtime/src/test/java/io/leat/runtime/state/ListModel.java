package io.leat.runtime.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An ordered map of bytes in a list, every question answered by looking at all entries. Places are -1 where there is none. */
final class ListModel {
    private record Entry(byte[] key, byte[] value) {}

    private final List<Entry> entries = new ArrayList<>();

    int size() {
        return entries.size();
    }

    byte[] key(int place) {
        return entries.get(place).key();
    }

    byte[] value(int place) {
        return entries.get(place).value();
    }

    void put(byte[] key, byte[] value) {
        remove(key);
        int behind = atOrBehind(key);
        entries.add(behind < 0 ? size() : behind, new Entry(key, value));
    }

    byte[] get(byte[] key) {
        return entries.stream()
                .filter(entry -> Arrays.equals(entry.key(), key))
                .map(Entry::value)
                .findFirst()
                .orElse(null);
    }

    boolean remove(byte[] key) {
        return entries.removeIf(entry -> Arrays.equals(entry.key(), key));
    }

    void removeRange(byte[] from, byte[] to) {
        entries.removeIf(
                entry -> Arrays.compareUnsigned(entry.key(), from) >= 0 && Arrays.compareUnsigned(entry.key(), to) < 0);
    }

    void removePrefix(byte[] prefix) {
        entries.removeIf(entry -> startsWith(entry.key(), prefix));
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(Arrays.copyOf(key, prefix.length), prefix);
    }

    int atOrBehind(byte[] key) {
        for (int i = 0; i < size(); i++) {
            if (Arrays.compareUnsigned(key(i), key) >= 0) {
                return i;
            }
        }
        return -1;
    }

    int behind(byte[] key) {
        for (int i = 0; i < size(); i++) {
            if (Arrays.compareUnsigned(key(i), key) > 0) {
                return i;
            }
        }
        return -1;
    }

    int before(byte[] key) {
        for (int i = size() - 1; i >= 0; i--) {
            if (Arrays.compareUnsigned(key(i), key) < 0) {
                return i;
            }
        }
        return -1;
    }

    int lastStartingWith(byte[] prefix) {
        for (int i = size() - 1; i >= 0; i--) {
            if (startsWith(key(i), prefix)) {
                return i;
            }
        }
        return -1;
    }
}
