package io.leat.runtime.local;

import io.leat.runtime.epoch.Preparation;
import io.leat.runtime.epoch.SavedStates;
import io.leat.runtime.epoch.StateException;
import io.leat.runtime.epoch.StateFile;
import io.leat.runtime.local.Snapshot.Header;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.state.SectionForm;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads the files of a chain once, checks every byte, and remembers where which block stands: what is in them stays there. */
final class StateSnapshots {
    private static final int BUFFER_BYTES = 256 << 10;

    private final SavedStates states;

    /**
     * What was read.
     *
     * @param canGoOn whether what is different from it can be written behind it
     * @param baseEntries how many entries with a key the first file has
     */
    record Read(Snapshot snapshot, List<StateFile> files, boolean canGoOn, long baseEntries) {}

    StateSnapshots(SavedStates states) {
        this.states = states;
    }

    /**
     * The state of an epoch.
     *
     * @throws StateException if it is not what was prepared
     */
    Read read(Preparation prepared) {
        Read read = read(prepared.states());
        if (!read.snapshot().fingerprints().equals(prepared.fingerprints())) {
            throw new StateException(
                    "the state of epoch " + prepared.attempt().epoch() + " is of another query than was prepared");
        }
        return read;
    }

    Read read(List<StateFile> files) {
        SnapshotFold fold = new SnapshotFold();
        Header header = null;
        boolean canGoOn = true;
        long baseEntries = 0;
        for (StateFile file : files) {
            SnapshotParser.Parsed parsed = read(file, fold);
            header = parsed.header();
            canGoOn &= parsed.canBeMerged();
            if (parsed.whole()) {
                baseEntries = fold.sections().stream()
                        .filter(section -> section.form() != SectionForm.OWN)
                        .mapToLong(Snapshot.Section::entries)
                        .sum();
            }
        }
        if (header == null) {
            throw new SnapshotException("a state without files");
        }
        return new Read(new Snapshot(header, fold.sections()), files, canGoOn, baseEntries);
    }

    private SnapshotParser.Parsed read(StateFile file, SnapshotFold fold) {
        SnapshotParser parser = new SnapshotParser(
                (position, bytes, length, entries) -> StateBlock.of(states, file, position, bytes, length, entries));
        try (SavedStates.Checked checked = states.check(file);
                InputStream in = new BufferedInputStream(checked, BUFFER_BYTES)) {
            SnapshotParser.Parsed parsed;
            try {
                parsed = parser.parse(in, file.bytes(), fold);
            } catch (SnapshotException | IllegalStateException e) {
                // If the file is not what was written, that is what is wrong with it.
                checked.finish();
                throw e;
            }
            checked.finish();
            return parsed;
        } catch (SnapshotException e) {
            throw new StateException("'" + states.path(file) + "': " + e.getMessage());
        } catch (IOException e) {
            throw new StateException("'" + states.path(file) + "' cannot be read: " + Disk.reason(e));
        }
    }
}
