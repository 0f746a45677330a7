package io.leat.runtime.local;

import io.leat.runtime.local.Snapshot.Place;
import io.leat.runtime.local.SnapshotFrame.Kind;
import io.leat.runtime.state.SectionBlock;
import java.util.Map;

/** What a snapshot is written to, block by block. One thread. */
interface SnapshotTarget {
    /**
     * @param bytes the first {@code length} of which count, and none behind this call
     * @param entries how many begin in them; of {@code KEEP}, how many blocks stand
     */
    void block(Kind kind, Place place, int form, byte[] bytes, int length, long entries);

    /** Everything was written. */
    void end(Map<String, Integer> workers, Map<String, Long> held);

    /** A snapshot in memory, which has everything. One thread. */
    final class InMemory implements SnapshotTarget {
        private final int phase;
        private final EpochClock.Epoch epoch;
        private final SavedQuery query;
        private final SnapshotFold fold = new SnapshotFold();
        private Snapshot snapshot;

        InMemory(int phase, EpochClock.Epoch epoch, SavedQuery query) {
            this.phase = phase;
            this.epoch = epoch;
            this.query = query;
            fold.begin(true);
        }

        @Override
        public void block(Kind kind, Place place, int form, byte[] bytes, int length, long entries) {
            SectionBlock block = SectionBlock.copyOf(bytes, length, entries);
            fold.frame(new SnapshotFrame(kind, place, form, block));
        }

        @Override
        public void end(Map<String, Integer> workers, Map<String, Long> held) {
            snapshot = new Snapshot(new Snapshot.Header(phase, epoch, query, workers, held), fold.sections());
        }

        /** What was written. */
        Snapshot snapshot() {
            return snapshot;
        }
    }
}
