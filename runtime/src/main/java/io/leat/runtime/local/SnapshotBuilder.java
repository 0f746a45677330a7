package io.leat.runtime.local;

import io.leat.runtime.local.Snapshot.Place;
import io.leat.runtime.local.SnapshotChain.Part;
import io.leat.runtime.local.SnapshotFrame.Kind;
import io.leat.runtime.state.SectionForm;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Hands on what the workers of a job, and the job itself, write down, in blocks as soon as they are full: what is in memory does not grow with
 * the state. In a chain, what is as it was in the last snapshot is left out. One thread.
 */
final class SnapshotBuilder {
    /** As many sections may have something in memory that is no full block. */
    private static final int MAX_OPEN = 256;

    private static final byte[] NONE = {};

    private final SavedNames names;
    private final SnapshotTarget target;
    private final Optional<SnapshotChain> chain;
    private final Map<Place, OpenSection> sections = new LinkedHashMap<>();
    private final List<OpenSection> open = new ArrayList<>();
    private final Map<String, Set<Integer>> workers = new HashMap<>();
    private final Map<String, Long> held = new TreeMap<>();
    private final Set<Part> parts = new HashSet<>();
    /** Those that say what has changed. */
    private final Set<Part> goingOn = new HashSet<>();

    /**
     * @param chain what the snapshot follows; empty for one that nothing follows
     */
    SnapshotBuilder(SavedNames names, SnapshotTarget target, Optional<SnapshotChain> chain) {
        this.names = names;
        this.target = target;
        this.chain = chain;
    }

    /** Takes down what a node keeps on a worker. */
    StateWriter writer(int node, int worker) {
        return writer(names.of(node), worker);
    }

    /** Takes down what something with this name keeps. */
    StateWriter writer(String name, int worker) {
        workers.computeIfAbsent(name, key -> new HashSet<>()).add(worker);
        return new Writer(new Part(name, worker));
    }

    /** Everything was taken down. */
    void end() {
        Map<Place, List<byte[]>> hashes = new HashMap<>();
        sections.forEach((place, section) -> hashes.put(place, section.end()));
        if (chain.isPresent()) {
            for (Place place : chain.get().places()) {
                if (goingOn.contains(Part.of(place))) {
                    hashes.put(place, SnapshotChain.UNKNOWN);
                } else if (!hashes.containsKey(place)) {
                    target.block(Kind.GONE, place, SectionForm.OWN, NONE, 0, 0);
                }
            }
            chain.get().add(hashes, parts);
        }
        Map<String, Integer> counts = new TreeMap<>();
        workers.forEach((name, each) -> counts.put(name, each.size()));
        target.end(counts, held);
    }

    /** How many entries are kept; {@link StateWriter#UNKNOWN} if that is not known. */
    long held() {
        return held.values().stream().reduce(0L, SavedJob::sum);
    }

    private OpenSection open(Part part, int partition) {
        Place place = new Place(part.name(), part.worker(), partition);
        return sections.computeIfAbsent(place, key -> {
            if (open.size() == MAX_OPEN) {
                open.forEach(OpenSection::spill);
                open.clear();
            }
            OpenSection section = new OpenSection(key, goingOn.contains(part));
            open.add(section);
            return section;
        });
    }

    /** A section that is written, and was handed on up to some block. */
    private final class OpenSection implements SectionWriter.Receiver {
        private final Place place;
        private final boolean more;
        private final SectionWriter writer = new SectionWriter(this);
        private final Optional<List<byte[]>> before;
        private final List<byte[]> hashes = new ArrayList<>();
        /** Blocks that are as they were before, and were not handed on for that. */
        private int kept;

        private boolean begun;

        OpenSection(Place place, boolean more) {
            this.place = place;
            this.more = more;
            this.before = chain.flatMap(each -> each.blocks(place));
        }

        /** What is compared with what was there before is divided in the same places each time. */
        void spill() {
            if (writer.form() != SectionForm.OWN && writer.length() > 0) {
                writer.flush();
            }
        }

        @Override
        public void block(int form, byte[] bytes, int length, long entries) {
            if (form == SectionForm.OWN && chain.isPresent()) {
                byte[] hash = SnapshotChain.hash(bytes, length);
                hashes.add(hash);
                if (!begun && isKept(hash)) {
                    kept++;
                    return;
                }
            }
            keep();
            target.block(begun ? Kind.NEXT : more ? Kind.MORE : Kind.ALL, place, form, bytes, length, entries);
            begun = true;
        }

        private boolean isKept(byte[] hash) {
            return before.isPresent()
                    && kept < before.get().size()
                    && Arrays.equals(before.get().get(kept), hash);
        }

        private void keep() {
            if (!begun && kept > 0) {
                target.block(Kind.KEEP, place, SectionForm.OWN, NONE, 0, kept);
                begun = true;
            }
        }

        /** Answers the hashes of its blocks, if they are known. */
        List<byte[]> end() {
            if (writer.length() > 0 || writer.entries() > 0 || !begun && kept == 0) {
                writer.flush();
            }
            if (!begun && kept < before.map(List::size).orElse(0)) {
                keep();
            }
            return more ? SnapshotChain.UNKNOWN : hashes;
        }
    }

    private final class Writer implements StateWriter {
        private static final int PARTITIONS = 256;

        private final Part part;
        /** Those that were asked for, so that asking again is no more than a look. */
        private final SectionWriter[] asked = new SectionWriter[PARTITIONS];

        Writer(Part part) {
            this.part = part;
            parts.add(part);
        }

        @Override
        public StateWriter of(String name) {
            return new Writer(new Part(part.name() + "/" + name, part.worker()));
        }

        @Override
        public SectionWriter partition(int virtualPartition) {
            if (virtualPartition < 0 || virtualPartition >= PARTITIONS) {
                return open(part, virtualPartition).writer;
            }
            SectionWriter section = asked[virtualPartition];
            if (section == null) {
                section = open(part, virtualPartition).writer;
                asked[virtualPartition] = section;
            }
            return section;
        }

        @Override
        public SectionWriter whole() {
            return partition(Snapshot.WHOLE);
        }

        @Override
        public boolean goOn() {
            boolean there = chain.isPresent() && chain.get().has(part);
            if (there) {
                goingOn.add(part);
            }
            return there;
        }

        @Override
        public void holds(long entries) {
            held.merge(part.name(), entries, SavedJob::sum);
        }

        @Override
        public boolean isFollowed() {
            return chain.isPresent();
        }
    }
}
