package io.leat.runtime.local;

import io.leat.runtime.epoch.Fingerprints;
import io.leat.runtime.local.SnapshotFrame.Kind;
import io.leat.runtime.state.SectionBlock;
import io.leat.runtime.state.SectionReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a job kept at the end of an epoch: what it takes to go on from there. Immutable.
 *
 * <p>Sections are named after what wrote them, by a name that the job has whatever number of workers it is cut for, such as {@code
 * aggregate-1/state/groups}. The rows that were delivered before are not in it, and are not delivered again. Its bytes are in memory, or in files
 * that must stay as long as it is in use.
 */
public final class Snapshot {
    /** One more with each change that an older program cannot read. */
    static final int VERSION = 4;
    /** The virtual partition of a section for what belongs to none. */
    static final int WHOLE = -1;

    private final Header header;
    private final List<Section> sections;

    /**
     * @param phase which phase was running, from 0
     * @param epoch that ended
     * @param query what it was made with
     * @param workers on how many workers each operator ran, by its name
     * @param held how many entries a part keeps over all workers, by its name, where that is known
     */
    record Header(
            int phase, EpochClock.Epoch epoch, SavedQuery query, Map<String, Integer> workers, Map<String, Long> held) {
        Header {
            workers = Collections.unmodifiableMap(new TreeMap<>(workers));
            held = Collections.unmodifiableMap(new TreeMap<>(held));
        }
    }

    /**
     * @param more whether it says what became of what is there, if anything is
     * @param form what its entries are
     */
    record Section(Place place, boolean more, int form, List<SectionBlock> blocks) {
        String name() {
            return place.name();
        }

        long entries() {
            return blocks.stream().mapToLong(SectionBlock::entries).sum();
        }

        long bytes() {
            return blocks.stream().mapToLong(SectionBlock::length).sum();
        }

        SectionReader read() {
            return new SectionReader(blocks, more);
        }
    }

    /**
     * Whose a section is, and of what.
     *
     * @param worker that wrote it
     * @param partition the virtual partition, or {@link #WHOLE}
     */
    record Place(String name, int worker, int partition) {}

    Snapshot(Header header, List<Section> sections) {
        this.header = header;
        this.sections = List.copyOf(sections);
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws SnapshotException if it is damaged, or of another version
     */
    public static Snapshot of(byte[] bytes) {
        try {
            SnapshotFold fold = new SnapshotFold();
            Header header = SnapshotParser.inMemory()
                    .parse(new ByteArrayInputStream(bytes), bytes.length, fold)
                    .header();
            return new Snapshot(header, fold.sections());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number of the epoch that had ended. */
    public long epoch() {
        return header.epoch().number();
    }

    /** Entries of state, over all operators. */
    public long entries() {
        return sections.stream().mapToLong(Section::entries).sum();
    }

    /** What it was made with, in short. */
    Fingerprints fingerprints() {
        return header.query().fingerprints();
    }

    Header header() {
        return header;
    }

    List<Section> sections() {
        return sections;
    }

    /** The snapshot as bytes, every block with a checksum. */
    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            SnapshotWriter writer = new SnapshotWriter(out, true, header.phase(), header.epoch(), header.query());
            for (Section section : sections) {
                Kind kind = section.more() ? Kind.MORE : Kind.ALL;
                for (SectionBlock block : section.blocks()) {
                    writer.write(new SnapshotFrame(kind, section.place(), section.form(), block));
                    kind = Kind.NEXT;
                }
            }
            writer.end(header);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
