package io.leat.runtime.local;

import io.leat.runtime.job.JobGraph.PhaseSpec;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.local.Snapshot.Section;
import io.leat.runtime.state.GroupMigration;
import io.leat.runtime.state.Restorable;
import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A snapshot that a job goes on from. One thread. */
final class SavedJob {
    private final Snapshot snapshot;
    private final SavedNames names;
    private final QueryChange change;
    private final Map<String, List<Section>> sections = new HashMap<>();
    /** How many entries parts say that they have, by their names. */
    private final Map<String, Long> restored = new TreeMap<>();

    private boolean goesOn;

    private SavedJob(Snapshot snapshot, SavedNames names, QueryChange change) {
        this.snapshot = snapshot;
        this.names = names;
        this.change = change;
        snapshot.sections()
                .forEach(section -> sections.computeIfAbsent(section.name(), key -> new ArrayList<>())
                        .add(section));
    }

    /** A section in the layout of now. */
    private SectionReader read(Section section) {
        GroupMigration migration = change.migrations().get(section.name());
        return migration == null
                ? section.read()
                : new SectionReader(List.of(migration.migrate(section.read())), section.more());
    }

    /**
     * @param query what is to go on
     * @param last whether the job has come to its end
     * @param accepted what is said to be meant of what has changed
     * @throws SnapshotException if it cannot go on, or may not
     */
    static SavedJob of(Snapshot snapshot, boolean last, SavedNames names, SavedQuery query, AcceptedChanges accepted) {
        QueryChange change = QueryChange.of(SavedState.of(snapshot, last), query, accepted);
        change.objection().ifPresent(objection -> {
            throw new SnapshotException(objection);
        });
        return new SavedJob(snapshot, names, change);
    }

    /** What has changed since the snapshot was made. */
    QueryChange change() {
        return change;
    }

    int phase() {
        return snapshot.header().phase();
    }

    EpochClock.Epoch epoch() {
        return snapshot.header().epoch();
    }

    /**
     * Checks that what nodes keep can be moved to the workers there are now. Groups cannot whose rows stay where others put them: their
     * hash does not say where that is.
     *
     * @param workers on how many workers each node runs now
     * @throws SnapshotException if something cannot be moved
     */
    void checkMoves(PhaseSpec phase, Map<Integer, Integer> workers) {
        Set<Integer> exchanged = new HashSet<>();
        for (NodeSpec node : phase.nodes()) {
            if (node.inputs().stream().anyMatch(edge -> edge.distribution() != Distribution.LOCAL)) {
                exchanged.add(node.id());
            }
        }
        for (NodeSpec node : phase.nodes()) {
            int now = workers.getOrDefault(node.id(), 0);
            int before = change.savedName(names.of(node.id()))
                    .map(name -> snapshot.header().workers().getOrDefault(name, now))
                    .orElse(now);
            boolean stays = node instanceof NodeSpec.Aggregate
                    && now > 1
                    && node.inputs().stream().noneMatch(edge -> exchanged.contains(edge.from()));
            if (stays && before != now) {
                throw new SnapshotException(
                        names.of(node.id()) + " keeps groups of rows that are where another operator put"
                                + " them, and cannot be moved from " + before + " to " + now + " workers: go on with "
                                + (before == 1 ? "1 worker" : before + " workers or with 1"));
            }
        }
    }

    /**
     * Decides whether what is saved next goes on from here, if that can be written down: if everything is kept where it was, by the same query.
     *
     * @param workers on how many workers each node runs now
     */
    boolean goesOn(Map<Integer, Integer> workers) {
        Map<String, Integer> now = new HashMap<>();
        workers.forEach((node, count) -> now.put(names.of(node), count));
        Map<String, Integer> before = new HashMap<>(snapshot.header().workers());
        before.keySet().retainAll(now.keySet());
        goesOn = change.isNone() && now.equals(before);
        return goesOn;
    }

    /** Of numbers of entries, which are not known if one of them is not. */
    static long sum(long left, long right) {
        return left == StateWriter.UNKNOWN || right == StateWriter.UNKNOWN ? StateWriter.UNKNOWN : left + right;
    }

    /**
     * Checks that everything is there that was.
     *
     * @throws SnapshotException if something has fewer or more entries than it was saved with
     */
    void checkRestored() {
        restored.forEach((part, entries) -> {
            long held = snapshot.header().held().getOrDefault(part, entries);
            if (held != entries && held != StateWriter.UNKNOWN && entries != StateWriter.UNKNOWN) {
                throw new SnapshotException("of " + part + " " + entries + " entries were restored, and there were "
                        + held + " when it was saved: this is a bug");
            }
        });
    }

    /**
     * Restores what a node keeps on a worker.
     *
     * @param workers on how many workers the node runs now
     */
    void restore(int node, int worker, int workers, Restorable target) {
        // One that is new begins without.
        change.savedName(names.of(node)).ifPresent(name -> restore(name, worker, workers, target));
    }

    /** Restores what keeps something under a name. */
    void restore(String name, int worker, int workers, Restorable target) {
        int before = snapshot.header().workers().getOrDefault(name, 0);
        Predicate<Section> own = section -> owner(section, before, workers) == worker;
        Set<Section> read = Collections.newSetFromMap(new IdentityHashMap<>());
        target.restore(new Reader(name, own, read));
        sections.forEach((each, list) -> {
            if (each.equals(name) || each.startsWith(name + "/")) {
                list.stream()
                        .filter(own)
                        .filter(section -> !read.contains(section))
                        .forEach(section -> {
                            throw new SnapshotException("the snapshot has " + section.entries() + " entries of " + each
                                    + " that nothing takes over: this is a bug");
                        });
            }
        });
    }

    /** A key stays with its worker where there are as many as before, or goes where its exchange will send its next row. */
    private static int owner(Section section, int before, int now) {
        if (before == now) {
            return section.place().worker();
        }
        Snapshot.Place place = section.place();
        return (place.partition() == Snapshot.WHOLE ? place.worker() : place.partition()) % now;
    }

    private final class Reader implements StateReader {
        private final String name;
        private final Predicate<Section> own;
        private final Set<Section> read;

        Reader(String name, Predicate<Section> own, Set<Section> read) {
            this.name = name;
            this.own = own;
            this.read = read;
        }

        @Override
        public StateReader of(String part) {
            return new Reader(name + "/" + part, own, read);
        }

        @Override
        public void partitions(Consumer<SectionReader> reader) {
            each(own.and(section -> section.place().partition() != Snapshot.WHOLE), reader);
        }

        @Override
        public void whole(Consumer<SectionReader> reader) {
            each(own.and(section -> section.place().partition() == Snapshot.WHOLE), reader);
        }

        @Override
        public void wholeOfAll(Consumer<SectionReader> reader) {
            each(section -> section.place().partition() == Snapshot.WHOLE, reader);
        }

        private void each(Predicate<Section> wanted, Consumer<SectionReader> reader) {
            for (Section section : sections.getOrDefault(name, List.of())) {
                if (wanted.test(section)) {
                    read.add(section);
                    SectionReader in = SavedJob.this.read(section);
                    reader.accept(in);
                    if (!in.isRead()) {
                        throw new SnapshotException("the snapshot has more of " + name + " than is taken over: "
                                + section.entries() + " entries in " + section.bytes()
                                + " bytes; this is a bug");
                    }
                }
            }
        }

        @Override
        public void restored(long entries) {
            restored.merge(name, entries, SavedJob::sum);
        }

        @Override
        public long entries() {
            return sections.getOrDefault(name, List.of()).stream()
                    .filter(own)
                    .mapToLong(Section::entries)
                    .sum();
        }

        @Override
        public boolean isFollowed() {
            return goesOn;
        }

        @Override
        public boolean isEmpty() {
            return sections.entrySet().stream()
                    .filter(each -> each.getKey().equals(name) || each.getKey().startsWith(name + "/"))
                    .flatMap(each -> each.getValue().stream())
                    .noneMatch(own);
        }
    }
}
