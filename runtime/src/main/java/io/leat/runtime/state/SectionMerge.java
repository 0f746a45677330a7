package io.leat.runtime.state;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Merges the sections of one place in a chain of snapshots into one that says the same: entries that were replaced or are gone are left out, and
 * groups whose windows have fired. What has changed is kept in memory, a share of the keys at a time; what everything was is read by.
 */
public final class SectionMerge {
    /** As many bytes of changes are in memory at once, about; on the heap they take a few times as much. */
    private static final long SHARE_BYTES = 8 << 20;

    private SectionMerge() {}

    /** Which windows are open. */
    public static final class Windows {
        private static final String GROUPS = "/groups";

        private final Function<String, List<SectionReader>> wholes;
        private final Map<String, Set<GroupSections.Place>> open = new HashMap<>();

        /**
         * @param wholes the sections for the whole of all workers that a part wrote
         */
        public Windows(Function<String, List<SectionReader>> wholes) {
            this.wholes = wholes;
        }

        /** Whether a place of groups is open that a part, or the state above it, has. */
        public Predicate<Object> of(String part) {
            Set<GroupSections.Place> places =
                    part.endsWith(GROUPS) ? open.computeIfAbsent(part, this::read) : Set.<GroupSections.Place>of();
            return places::contains;
        }

        private Set<GroupSections.Place> read(String part) {
            Set<GroupSections.Place> places = new HashSet<>();
            String state = part.substring(0, part.length() - GROUPS.length());
            wholes.apply(state).forEach(whole -> SlicedState.readPlaces(whole, places));
            return places;
        }
    }

    /**
     * @param sections opens them, in their order, as often as that is asked for; all but the first, and perhaps that one too, say what changed
     * @param changedBytes how long those are
     * @param open of places of groups
     */
    public static void merge(
            int form,
            List<Supplier<SectionReader>> sections,
            long changedBytes,
            Predicate<Object> open,
            SectionWriter out) {
        int shares = (int) Math.max(1, (changedBytes + SHARE_BYTES - 1) / SHARE_BYTES);
        out.of(form);
        for (int share = 0; share < shares; share++) {
            int which = share;
            Predicate<byte[]> keys = key -> shares == 1 || Math.floorMod(mixed(key), shares) == which;
            if (SectionForm.isGroups(form)) {
                new MergedGroups(SectionForm.sets(form), keys, open).merge(sections, out);
            } else {
                new MergedEntries(keys).merge(sections, out);
            }
        }
    }

    private static int mixed(byte[] key) {
        int hash = Arrays.hashCode(key) * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}
