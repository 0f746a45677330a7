package io.leat.runtime.state;

import java.util.Map;
import java.util.TreeMap;

/**
 * Groups that have changed since the last snapshot, and left memory for the store before the next one. It begins with a snapshot, and is
 * given up if it becomes too long: then everything is saved again. One thread.
 */
final class NotedGroups {
    private static final long MAX_BYTES = 64 << 20;

    private final Map<Integer, SectionWriter> sections = new TreeMap<>();
    private boolean open;

    /** Whether it has all that has changed since the last snapshot and is not in memory. */
    boolean isOpen() {
        return open;
    }

    void begin() {
        sections.clear();
        open = true;
    }

    void giveUp() {
        sections.clear();
        open = false;
    }

    /** Notes what has changed in a table that is about to leave memory. */
    void add(AggregateTable groups, GroupSections.Place place, StoreLink link) {
        if (!open) {
            return;
        }
        GroupSections.save(
                groups,
                place,
                true,
                link.variable(),
                partition -> sections.computeIfAbsent(partition, key -> new SectionWriter()));
        if (sections.values().stream().mapToLong(SectionWriter::length).sum() > MAX_BYTES) {
            giveUp();
        }
    }

    void save(StateWriter out) {
        sections.forEach((partition, noted) -> out.partition(partition).append(noted));
    }
}
