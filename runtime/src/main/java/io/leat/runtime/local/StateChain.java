package io.leat.runtime.local;

import io.leat.runtime.epoch.Attempt;
import io.leat.runtime.epoch.Preparation;
import io.leat.runtime.epoch.SavedStates;
import io.leat.runtime.epoch.StateException;
import io.leat.runtime.epoch.StateFile;
import io.leat.runtime.platform.Disk;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The states at the end of epochs, in a state directory: one with everything, and behind it one for each epoch with what is different then. A
 * new chain begins with each start, and when what is different has become more than everything was. One thread.
 */
final class StateChain {
    /** What is different may always take as much. */
    private static final long LEAST_BYTES = 4 << 20;
    /** As many files are read at a start at most. */
    private static final int MAX_FILES = 64;

    private final SavedStates states;
    private final SnapshotChain snapshots = new SnapshotChain();
    private List<StateFile> files = List.of();

    StateChain(SavedStates states) {
        this.states = states;
    }

    /**
     * What the next snapshot follows.
     *
     * @param restart whether it should have everything in any case
     */
    SnapshotChain next(boolean restart) {
        long different = files.stream().skip(1).mapToLong(StateFile::bytes).sum();
        if (restart
                || files.size() == MAX_FILES
                || !files.isEmpty()
                        && different > Math.max(LEAST_BYTES, files.get(0).bytes())) {
            snapshots.restart();
        }
        return snapshots;
    }

    /** Writes a snapshot down; answers all files that it takes to read it. */
    List<StateFile> write(Attempt attempt, Snapshot snapshot) {
        List<StateFile> written = new ArrayList<>(snapshot.isWhole() ? List.of() : files);
        written.add(states.write(attempt, snapshot.isWhole(), snapshot::write));
        files = List.copyOf(written);
        return files;
    }

    /**
     * Reads the state of an epoch.
     *
     * @throws StateException if it is not what was prepared
     */
    static Snapshot read(SavedStates states, Preparation prepared) {
        List<Snapshot> chain = new ArrayList<>();
        for (StateFile file : prepared.states()) {
            states.check(file);
            try (InputStream in = new BufferedInputStream(states.open(file), 64 << 10)) {
                chain.add(Snapshot.read(in, file.bytes()));
            } catch (SnapshotException e) {
                throw new StateException("'" + states.path(file) + "': " + e.getMessage());
            } catch (IOException e) {
                throw new StateException("'" + states.path(file) + "' cannot be read: " + Disk.reason(e));
            }
        }
        Snapshot read = Snapshot.of(chain);
        if (!read.fingerprints().equals(prepared.fingerprints())) {
            throw new StateException(
                    "the state of epoch " + prepared.attempt().epoch() + " is of another query than was prepared");
        }
        return read;
    }
}
