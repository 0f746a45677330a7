package io.leat.runtime.local;

import io.leat.runtime.epoch.Attempt;
import io.leat.runtime.epoch.SavedStates;
import io.leat.runtime.epoch.StateFile;
import io.leat.runtime.platform.Threads;
import io.leat.runtime.state.StateWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The states at the end of epochs, in a state directory: one with everything, and behind it one for each epoch with what is different then.
 * When they have become too much, they are merged into one with everything, while rows are read. One thread, beside that of the merge.
 */
final class StateChain implements AutoCloseable {
    /** What is different may always take as much. */
    private static final long LEAST_BYTES = 4 << 20;
    /** Where the first file is large, so many are not merged yet. */
    private static final long MOST_FILES = 512;

    private static final long BYTES_PER_FILE = 1 << 20;
    /** Who has so many times what is merged waits for the merge. */
    private static final int PATIENCE = 2;

    private final SavedStates states;
    private final Threads threads;
    private final int mergedAfter;
    private final SnapshotChain snapshots = new SnapshotChain();
    private List<StateFile> files = List.of();
    private Optional<StateMerge> merge = Optional.empty();
    private Optional<StateFileTarget> target = Optional.empty();
    /** How many entries with a key the first file has, and how many of all are left. */
    private long baseEntries;

    private long held = StateWriter.UNKNOWN;

    /**
     * @param mergedAfter so many files are not merged, unless they are large
     */
    StateChain(SavedStates states, Threads threads, int mergedAfter) {
        this.mergedAfter = mergedAfter;
        this.states = states;
        this.threads = threads;
    }

    /** What the next snapshot follows. */
    SnapshotChain snapshots() {
        return snapshots;
    }

    /** Goes on behind what was read. */
    void resume(StateSnapshots.Read read) {
        files = read.files();
        baseEntries = read.baseEntries();
        Collection<Snapshot.Place> places =
                read.snapshot().sections().stream().map(Snapshot.Section::place).toList();
        snapshots.resume(places);
    }

    /**
     * Begins the file of the running epoch's state.
     *
     * @param restart whether it should have everything in any case
     */
    StateFileTarget begin(Attempt attempt, boolean restart, int phase, EpochClock.Epoch epoch, SavedQuery query) {
        if (restart) {
            giveUpMerge();
            snapshots.restart();
        }
        boolean whole = !snapshots.isBegun();
        StateFileTarget begun = new StateFileTarget(states.create(attempt, whole), whole, phase, epoch, query);
        target = Optional.of(begun);
        return begun;
    }

    /**
     * The file of the running epoch's state was written; answers all files that it takes to read it.
     *
     * @param entries how many are left, with keys; or that it is not known
     */
    List<StateFile> end(Attempt attempt, long entries) {
        StateFileTarget ended = target.orElseThrow();
        target = Optional.empty();
        List<StateFile> chain = new ArrayList<>(ended.isWhole() ? List.of() : files);
        chain.add(ended.written());
        if (ended.isWhole()) {
            baseEntries = ended.keyedEntries();
        }
        files = List.copyOf(chain);
        held = entries;
        takeOver(attempt);
        return files;
    }

    /** Puts what was merged in place of what it was merged from, if it has come to its end. */
    private void takeOver(Attempt attempt) {
        if (merge.isEmpty()) {
            return;
        }
        StateMerge running = merge.get();
        if (isTooMuch(PATIENCE)) {
            running.await(threads);
        }
        if (running.isEnded()) {
            merge = Optional.empty();
            StateMerge.Merged merged = running.result();
            List<StateFile> chain = new ArrayList<>(List.of(states.adopt(merged.file(), attempt)));
            chain.addAll(files.subList(running.files(), files.size()));
            files = List.copyOf(chain);
            baseEntries = merged.entries();
        }
    }

    /** An epoch begins, and all files are of decided ones: merges them, if they have become too much. */
    void merge(Attempt running) {
        if (merge.isEmpty() && (isTooMuch(1) || isMostlyGone())) {
            merge = Optional.of(StateMerge.begin(states, files, running, threads));
        }
    }

    private boolean isTooMuch(int times) {
        if (files.size() < 2) {
            return false;
        }
        long base = files.get(0).bytes();
        long different = files.stream().mapToLong(StateFile::bytes).sum() - base;
        long most = mergedAfter + Math.min(MOST_FILES, base / BYTES_PER_FILE);
        return different > times * Math.max(LEAST_BYTES, base / 2) || files.size() > times * most;
    }

    /** Whether most of what the first file has is no more: removing it takes hardly any bytes. */
    private boolean isMostlyGone() {
        return files.size() > 1
                && files.get(0).bytes() > LEAST_BYTES
                && held != StateWriter.UNKNOWN
                && 2 * held < baseEntries;
    }

    private void giveUpMerge() {
        merge.ifPresent(each -> each.giveUp(threads));
        merge = Optional.empty();
    }

    @Override
    public void close() {
        giveUpMerge();
        target.ifPresent(StateFileTarget::close);
    }
}
