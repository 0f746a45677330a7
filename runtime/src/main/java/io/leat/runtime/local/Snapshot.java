package io.leat.runtime.local;

import io.leat.runtime.epoch.Fingerprints;
import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a job kept at the end of an epoch: what it takes to go on from there. Immutable.
 *
 * <p>Sections are named after what wrote them, by a name that the job has whatever number of workers it is cut for, such as {@code
 * aggregate-1/state/groups}. The rows that were delivered before are not in it, and are not delivered again.
 */
public final class Snapshot {
    private static final int MAGIC = 0x4C454154;
    /** One more with each change that an older program cannot read. */
    static final int VERSION = 4;
    /** The oldest that is read. */
    private static final int FIRST_VERSION = 3;
    /** From this one on operators are taken apart into what they compute. */
    private static final int WITH_PARTS = 4;
    /** The virtual partition of a section for what belongs to none. */
    static final int WHOLE = -1;

    private final Header header;
    private final boolean whole;
    private final List<Section> sections;

    /**
     * @param phase which phase was running, from 0
     * @param epoch the number of the epoch that ended
     * @param clockMicros its clock value
     * @param query what it was made with
     * @param workers on how many workers each operator ran, by its name
     */
    record Header(int phase, long epoch, long clockMicros, SavedQuery query, Map<String, Integer> workers) {
        Header {
            workers = Collections.unmodifiableMap(new TreeMap<>(workers));
        }
    }

    /** What a section says of what snapshots before it in a chain have in its place. */
    enum Kind {
        /** It stands for all of it. */
        ALL,
        /** It comes behind it. */
        MORE,
        /** Nothing is left of it. */
        GONE
    }

    /**
     * @param name whose it is
     * @param worker that wrote it
     * @param partition the virtual partition, or {@link #WHOLE}
     * @param entries how many there are in it
     */
    record Section(Kind kind, String name, int worker, int partition, long entries, byte[] bytes) {
        Section with(byte[] others) {
            return new Section(kind, name, worker, partition, entries, others);
        }

        Place place() {
            return new Place(name, worker, partition);
        }
    }

    /** Whose a section is, and of what. */
    record Place(String name, int worker, int partition) {}

    /**
     * @param whole whether everything is in it; otherwise what is different from the one before it in a chain
     */
    Snapshot(Header header, boolean whole, List<Section> sections) {
        this.header = header;
        this.whole = whole;
        this.sections = List.copyOf(sections);
    }

    /** What a chain of snapshots comes to. The first one has everything. */
    static Snapshot of(List<Snapshot> chain) {
        if (!chain.get(0).whole || chain.subList(1, chain.size()).stream().anyMatch(each -> each.whole)) {
            throw new SnapshotException("the snapshots do not follow each other");
        }
        Map<Place, List<Section>> all = new LinkedHashMap<>();
        for (Snapshot each : chain) {
            for (Section section : each.sections) {
                if (section.kind() != Kind.MORE) {
                    all.remove(section.place());
                }
                if (section.kind() != Kind.GONE) {
                    all.computeIfAbsent(section.place(), key -> new ArrayList<>())
                            .add(section);
                }
            }
        }
        List<Section> sections = new ArrayList<>();
        all.values().forEach(sections::addAll);
        return new Snapshot(chain.get(chain.size() - 1).header, true, sections);
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws SnapshotException if it is damaged, or of another version
     */
    public static Snapshot of(byte[] bytes) {
        try {
            return read(new ByteArrayInputStream(bytes), bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number of the epoch that had ended. */
    public long epoch() {
        return header.epoch();
    }

    /** Entries of state, over all operators. */
    public long entries() {
        return sections.stream().mapToLong(Section::entries).sum();
    }

    /** Whether everything is in it. */
    boolean isWhole() {
        return whole;
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

    /** The snapshot as bytes, every section with a checksum. */
    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    void write(OutputStream stream) throws IOException {
        SnapshotOutput out = new SnapshotOutput(stream);
        out.putInt(MAGIC);
        out.putInt(VERSION);
        out.putInt(whole ? 1 : 0);
        out.putInt(header.phase());
        out.putLong(header.epoch());
        out.putLong(header.clockMicros());
        SectionWriter query = new SectionWriter();
        header.query().save(query);
        out.putBytes(query.toBytes());
        out.putInt(header.workers().size());
        for (Map.Entry<String, Integer> each : header.workers().entrySet()) {
            out.putText(each.getKey());
            out.putInt(each.getValue());
        }
        out.putInt(sections.size());
        out.checksum();
        for (Section section : sections) {
            out.putInt(section.kind().ordinal());
            out.putText(section.name());
            out.putInt(section.worker());
            out.putInt(section.partition());
            out.putLong(section.entries());
            out.putBytes(section.bytes());
            out.checksum();
        }
        out.flush();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param length how many bytes there are
     * @throws SnapshotException if it is damaged, or of another version
     */
    static Snapshot read(InputStream stream, long length) throws IOException {
        SnapshotInput in = new SnapshotInput(stream, length);
        if (in.getInt() != MAGIC) {
            throw new SnapshotException("this is no snapshot of a job");
        }
        int version = in.getInt();
        if (version < FIRST_VERSION || version > VERSION) {
            throw new SnapshotException("the snapshot has version " + version + ", and this program reads versions "
                    + FIRST_VERSION + " to " + VERSION + ": use the program that wrote it");
        }
        boolean whole = in.getInt() != 0;
        int phase = in.getInt();
        long epoch = in.getLong();
        long clockMicros = in.getLong();
        byte[] query = in.getBytes();
        Map<String, Integer> workers = new TreeMap<>();
        for (int i = in.getInt(); i > 0; i--) {
            workers.put(in.getText(), in.getInt());
        }
        int count = in.getInt();
        in.check();
        SavedQuery with = SavedQuery.read(new SectionReader(query, 1), version >= WITH_PARTS);
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kind = in.getInt();
            String name = in.getText();
            int worker = in.getInt();
            int partition = in.getInt();
            long entries = in.getLong();
            byte[] bytes = in.getBytes();
            in.check();
            sections.add(new Section(Kind.values()[kind], name, worker, partition, entries, bytes));
        }
        in.end();
        return new Snapshot(new Header(phase, epoch, clockMicros, with, workers), whole, sections);
    }
}
