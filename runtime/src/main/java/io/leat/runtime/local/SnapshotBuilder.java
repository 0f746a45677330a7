package io.leat.runtime.local;

import io.leat.runtime.local.Snapshot.Header;
import io.leat.runtime.local.Snapshot.Kind;
import io.leat.runtime.local.Snapshot.Place;
import io.leat.runtime.local.Snapshot.Section;
import io.leat.runtime.local.SnapshotChain.Part;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.state.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a snapshot together from what the workers of a job, and the job itself, write down. In a chain, what is as it was in the last one
 * is left out. One thread.
 */
final class SnapshotBuilder {
    private final SavedNames names;
    private final SavedQuery query;
    private final Optional<SnapshotChain> chain;
    private final Map<Place, SectionWriter> sections = new LinkedHashMap<>();
    private final Map<String, Set<Integer>> workers = new HashMap<>();
    private final Set<Part> parts = new HashSet<>();
    /** Those that say what has changed. */
    private final Set<Part> goingOn = new HashSet<>();

    /**
     * @param chain what the snapshot follows; empty for one that nothing follows
     */
    SnapshotBuilder(SavedNames names, SavedQuery query, Optional<SnapshotChain> chain) {
        this.names = names;
        this.query = query;
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

    Snapshot build(int phase, EpochClock.Epoch epoch) {
        Map<String, Integer> counts = new HashMap<>();
        workers.forEach((name, each) -> counts.put(name, each.size()));
        Header header = new Header(phase, epoch.number(), epoch.wallMicros(), query, counts);
        boolean whole = chain.isEmpty() || !chain.get().isBegun();
        return new Snapshot(header, whole, chain.isPresent() ? different(chain.get()) : all());
    }

    private List<Section> all() {
        List<Section> written = new ArrayList<>();
        sections.forEach((place, writer) -> written.add(section(Kind.ALL, place, writer.entries(), writer.toBytes())));
        return written;
    }

    private List<Section> different(SnapshotChain from) {
        List<Section> written = new ArrayList<>();
        Map<Place, byte[]> hashes = new HashMap<>();
        sections.forEach((place, writer) -> {
            byte[] bytes = writer.toBytes();
            boolean more = goingOn.contains(Part.of(place));
            byte[] hash = more ? SnapshotChain.hashOfSeveral() : SnapshotChain.hash(bytes);
            if (more || !from.isSame(place, hash)) {
                written.add(section(more ? Kind.MORE : Kind.ALL, place, writer.entries(), bytes));
            }
            hashes.put(place, hash);
        });
        for (Place place : from.places()) {
            if (goingOn.contains(Part.of(place))) {
                hashes.put(place, SnapshotChain.hashOfSeveral());
            } else if (!hashes.containsKey(place)) {
                written.add(section(Kind.GONE, place, 0, new byte[0]));
            }
        }
        from.add(hashes, parts);
        return written;
    }

    private static Section section(Kind kind, Place place, long entries, byte[] bytes) {
        return new Section(kind, place.name(), place.worker(), place.partition(), entries, bytes);
    }

    private final class Writer implements StateWriter {
        private final Part part;

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
            return sections.computeIfAbsent(
                    new Place(part.name(), part.worker(), virtualPartition), key -> new SectionWriter());
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
        public boolean isFollowed() {
            return chain.isPresent();
        }
    }
}
