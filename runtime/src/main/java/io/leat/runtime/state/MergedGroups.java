package io.leat.runtime.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Groups of aggregates, with what came later about them. */
final class MergedGroups {
    private final int sets;
    private final Predicate<byte[]> keys;
    private final Predicate<Object> open;
    private final Map<Key, Group> changed = new LinkedHashMap<>();

    /** Where a group is, and which of those there. */
    private record Key(GroupSections.Place place, byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && place.equals(key.place) && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return 31 * place.hashCode() + Arrays.hashCode(bytes);
        }
    }

    /** A value of a set. */
    private record Value(long hash, byte[] bytes) {}

    private record Group(Key key, long hash, byte[] accumulators, byte[] variable, List<List<Value>> sets) {}

    /**
     * @param keys which are looked at
     * @param open which places are
     */
    MergedGroups(int sets, Predicate<byte[]> keys, Predicate<Object> open) {
        this.sets = sets;
        this.keys = keys;
        this.open = open;
    }

    void merge(List<Supplier<SectionReader>> sections, SectionWriter out) {
        SectionReader first = sections.get(0).get();
        int from = first.isMore() ? 0 : 1;
        for (Supplier<SectionReader> section : sections.subList(from, sections.size())) {
            SectionReader in = section.get();
            while (in.next()) {
                Group group = read(in);
                if (isWanted(group)) {
                    changed.merge(group.key(), group, MergedGroups::later);
                }
            }
        }
        while (from == 1 && first.next()) {
            Group group = read(first);
            if (isWanted(group)) {
                Group change = changed.remove(group.key());
                write(change == null ? group : later(group, change), out);
            }
        }
        changed.values().forEach(group -> write(group, out));
    }

    private boolean isWanted(Group group) {
        return open.test(group.key().place()) && keys.test(group.key().bytes());
    }

    /** What is later has all accumulators, and the values of sets that are new. */
    private static Group later(Group before, Group after) {
        List<List<Value>> values = new ArrayList<>();
        for (int set = 0; set < before.sets().size(); set++) {
            List<Value> all = new ArrayList<>(before.sets().get(set));
            all.addAll(after.sets().get(set));
            values.add(all);
        }
        return new Group(before.key(), before.hash(), after.accumulators(), after.variable(), values);
    }

    private Group read(SectionReader in) {
        GroupSections.Place place = GroupSections.Place.read(in);
        long hash = in.getLong();
        Key key = new Key(place, in.getBytes());
        byte[] accumulators = in.getBytes();
        byte[] variable = in.getBytes();
        List<List<Value>> values = new ArrayList<>();
        for (int set = 0; set < sets; set++) {
            List<Value> each = new ArrayList<>();
            for (int left = in.getInt(); left > 0; left--) {
                each.add(new Value(in.getLong(), in.getBytes()));
            }
            values.add(each);
        }
        return new Group(key, hash, accumulators, variable, values);
    }

    private static void write(Group group, SectionWriter out) {
        out.entry();
        group.key().place().write(out);
        out.putLong(group.hash());
        out.putBytes(group.key().bytes(), group.key().bytes().length);
        out.putBytes(group.accumulators(), group.accumulators().length);
        out.putBytes(group.variable(), group.variable().length);
        for (List<Value> values : group.sets()) {
            out.putInt(values.size());
            for (Value value : values) {
                out.putLong(value.hash());
                out.putBytes(value.bytes(), value.bytes().length);
            }
        }
    }
}
