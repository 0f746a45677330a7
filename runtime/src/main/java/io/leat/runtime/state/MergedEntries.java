package io.leat.runtime.state;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Entries of a keyed state, with what became of them. Where the entries that all begins with are sorted, those that come of it are. */
final class MergedEntries {
    private static final byte[] NONE = {};

    private final Predicate<byte[]> keys;
    /** Those that are not in the first section. */
    private final NavigableMap<byte[], byte[]> added = new TreeMap<>(Arrays::compareUnsigned);
    /** Those that are in the first section, and have another value or are gone. */
    private final Map<Key, Change> changed = new HashMap<>();

    private record Change(byte kind, byte[] value) {}

    /** Bytes that compare by content. */
    private record Key(byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /**
     * @param keys which are looked at
     */
    MergedEntries(Predicate<byte[]> keys) {
        this.keys = keys;
    }

    void merge(List<Supplier<SectionReader>> sections, SectionWriter out) {
        SectionReader first = sections.get(0).get();
        int from = first.isMore() ? 0 : 1;
        for (Supplier<SectionReader> section : sections.subList(from, sections.size())) {
            note(section.get());
        }
        if (from == 1) {
            pass(first, out);
        }
        added.forEach((key, value) -> write(key, value, out));
        if (!changed.isEmpty()) {
            throw misfit();
        }
    }

    private void note(SectionReader in) {
        while (in.next()) {
            byte kind = in.getByte();
            byte[] key = in.getBytes();
            byte[] value = in.getBytes();
            if (keys.test(key)) {
                note(kind, key, value);
            }
        }
    }

    private void note(byte kind, byte[] key, byte[] value) {
        Key named = new Key(key);
        Change before = changed.get(named);
        boolean isNew = added.containsKey(key);
        boolean isGone = before != null && before.kind() == ChangeLog.REMOVED;
        if (kind == ChangeLog.ADDED && (isNew || before != null && !isGone) || kind != ChangeLog.ADDED && isGone) {
            throw misfit();
        }
        if (kind == ChangeLog.REMOVED) {
            if (isNew) {
                added.remove(key);
            } else {
                changed.put(named, new Change(ChangeLog.REMOVED, NONE));
            }
        } else if (isNew || kind == ChangeLog.ADDED && !isGone) {
            added.put(key, value);
        } else {
            changed.put(named, new Change(ChangeLog.REPLACED, value));
        }
    }

    private void pass(SectionReader first, SectionWriter out) {
        while (first.next()) {
            byte kind = first.getByte();
            byte[] key = first.getBytes();
            byte[] value = first.getBytes();
            if (!keys.test(key)) {
                continue;
            }
            if (kind != ChangeLog.ADDED) {
                throw misfit();
            }
            while (!added.isEmpty() && Arrays.compareUnsigned(added.firstKey(), key) < 0) {
                Map.Entry<byte[], byte[]> least = added.pollFirstEntry();
                write(least.getKey(), least.getValue(), out);
            }
            Change change = changed.remove(new Key(key));
            if (change == null) {
                write(key, value, out);
            } else if (change.kind() == ChangeLog.REPLACED) {
                write(key, change.value(), out);
            }
        }
    }

    private static void write(byte[] key, byte[] value, SectionWriter out) {
        out.entry();
        out.putByte(ChangeLog.ADDED);
        out.putBytes(key, key.length);
        out.putBytes(value, value.length);
    }

    private static IllegalStateException misfit() {
        return new IllegalStateException("snapshots that are merged do not fit together");
    }
}
