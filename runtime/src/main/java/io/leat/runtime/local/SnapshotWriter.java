package io.leat.runtime.local;

import io.leat.runtime.local.Snapshot.Header;
import io.leat.runtime.local.Snapshot.Place;
import io.leat.runtime.local.SnapshotFrame.Kind;
import io.leat.runtime.state.SectionForm;
import io.leat.runtime.state.SectionWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * Writes a snapshot down frame by frame, each with a checksum: first what was made with what, then the frames, and in the end how many there
 * were. Nothing but the frame at hand is in memory. One thread.
 */
final class SnapshotWriter {
    static final int MAGIC = 0x4C454154;
    /** In place of the kind of a frame, where none follows. */
    static final int END = -1;

    private static final byte[] NONE = {};

    private final SnapshotOutput out;
    private long frames;
    private long entries;
    private long keyedEntries;

    SnapshotWriter(OutputStream stream, boolean whole, int phase, EpochClock.Epoch epoch, SavedQuery query)
            throws IOException {
        out = new SnapshotOutput(stream);
        out.putInt(MAGIC);
        out.putInt(Snapshot.VERSION);
        out.putInt(whole ? 1 : 0);
        out.putInt(phase);
        out.putLong(epoch.number());
        out.putLong(epoch.wallMicros());
        SectionWriter section = new SectionWriter();
        query.save(section);
        out.putBytes(section.toBytes());
        out.checksum();
    }

    /** A block of so many bytes. */
    void write(Kind kind, Place place, int form, byte[] bytes, int length, long blockEntries) throws IOException {
        out.putInt(kind.ordinal());
        out.putText(place.name());
        out.putInt(place.worker());
        out.putInt(place.partition());
        out.putInt(form);
        out.putLong(blockEntries);
        out.putBytes(bytes, length);
        out.checksum();
        frames++;
        entries += kind == Kind.KEEP ? 0 : blockEntries;
        keyedEntries += form == SectionForm.OWN ? 0 : blockEntries;
    }

    void write(SnapshotFrame frame) throws IOException {
        byte[] bytes = frame.block().read();
        write(
                frame.kind(),
                frame.place(),
                frame.form(),
                bytes,
                bytes.length,
                frame.block().entries());
    }

    /** Nothing is left of a place. */
    void gone(Place place) throws IOException {
        write(Kind.GONE, place, 0, NONE, 0, 0);
    }

    /** As many blocks of the place stand as before. */
    void keep(Place place, int blocks) throws IOException {
        write(Kind.KEEP, place, 0, NONE, 0, blocks);
    }

    /** How many entries with a key were written. */
    long keyedEntries() {
        return keyedEntries;
    }

    /** Completes it. */
    void end(Map<String, Integer> workers, Map<String, Long> held) throws IOException {
        out.putInt(END);
        out.putLong(frames);
        out.putLong(entries);
        out.putInt(workers.size());
        for (Map.Entry<String, Integer> each : workers.entrySet()) {
            out.putText(each.getKey());
            out.putInt(each.getValue());
        }
        out.putInt(held.size());
        for (Map.Entry<String, Long> each : held.entrySet()) {
            out.putText(each.getKey());
            out.putLong(each.getValue());
        }
        out.checksum();
        out.flush();
    }

    void end(Header header) throws IOException {
        end(header.workers(), header.held());
    }
}
