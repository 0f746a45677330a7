package io.leat.runtime.local;

import io.leat.runtime.local.Snapshot.Header;
import io.leat.runtime.local.Snapshot.Section;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.state.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts a snapshot together from what the workers of a job, and the job itself, write down. One thread. */
final class SnapshotBuilder {
    private final SavedNames names;
    private final SavedQuery query;
    private final Map<Place, SectionWriter> sections = new LinkedHashMap<>();
    private final Map<String, Set<Integer>> workers = new HashMap<>();

    private record Place(String name, int worker, int partition) {}

    SnapshotBuilder(SavedNames names, SavedQuery query) {
        this.names = names;
        this.query = query;
    }

    /** Takes down what a node keeps on a worker. */
    StateWriter writer(int node, int worker) {
        return writer(names.of(node), worker);
    }

    /** Takes down what something with this name keeps. */
    StateWriter writer(String name, int worker) {
        workers.computeIfAbsent(name, key -> new HashSet<>()).add(worker);
        return new Writer(name, worker);
    }

    Snapshot build(int phase, EpochClock.Epoch epoch) {
        List<Section> written = new ArrayList<>();
        sections.forEach((place, writer) -> written.add(
                new Section(place.name(), place.worker(), place.partition(), writer.entries(), writer.toBytes())));
        Map<String, Integer> counts = new HashMap<>();
        workers.forEach((name, each) -> counts.put(name, each.size()));
        return new Snapshot(new Header(phase, epoch.number(), epoch.wallMicros(), query, counts), written);
    }

    private final class Writer implements StateWriter {
        private final String name;
        private final int worker;

        Writer(String name, int worker) {
            this.name = name;
            this.worker = worker;
        }

        @Override
        public StateWriter of(String part) {
            return new Writer(name + "/" + part, worker);
        }

        @Override
        public SectionWriter partition(int virtualPartition) {
            return sections.computeIfAbsent(new Place(name, worker, virtualPartition), key -> new SectionWriter());
        }

        @Override
        public SectionWriter whole() {
            return partition(Snapshot.WHOLE);
        }
    }
}
