package io.leat.runtime.local;

import io.leat.runtime.epoch.SavedStates;
import io.leat.runtime.epoch.StateException;
import io.leat.runtime.epoch.StateFile;
import io.leat.runtime.local.Snapshot.Place;
import io.leat.runtime.local.SnapshotFrame.Kind;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.util.Map;

/** A snapshot that goes to a file of the state directory while it is written down. One thread. */
final class StateFileTarget implements SnapshotTarget, AutoCloseable {
    private final SavedStates.Writing file;
    private final boolean whole;
    private final SnapshotWriter writer;
    private StateFile written;

    /**
     * @param file closed with this
     */
    StateFileTarget(SavedStates.Writing file, boolean whole, int phase, EpochClock.Epoch epoch, SavedQuery query) {
        this.file = file;
        this.whole = whole;
        try {
            this.writer = new SnapshotWriter(file.out(), whole, phase, epoch, query);
        } catch (IOException e) {
            file.close();
            throw failed(e);
        }
    }

    private StateException failed(IOException e) {
        return new StateException("'" + file.path() + "' cannot be written: " + Disk.reason(e));
    }

    boolean isWhole() {
        return whole;
    }

    /** How many entries with a key were written. */
    long keyedEntries() {
        return writer.keyedEntries();
    }

    @Override
    public void block(Kind kind, Place place, int form, byte[] bytes, int length, long entries) {
        try {
            writer.write(kind, place, form, bytes, length, entries);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void end(Map<String, Integer> workers, Map<String, Long> held) {
        try {
            writer.end(workers, held);
        } catch (IOException e) {
            throw failed(e);
        }
        written = file.complete();
    }

    /** The file, once everything was written. */
    StateFile written() {
        return written;
    }

    @Override
    public void close() {
        file.close();
    }
}
