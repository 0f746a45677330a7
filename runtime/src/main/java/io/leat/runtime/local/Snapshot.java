package io.leat.runtime.local;

import io.leat.runtime.epoch.Fingerprints;
import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * All that a job kept at the end of an epoch: what it takes to go on from there. Immutable.
 *
 * <p>Sections are named after what wrote them, by a name that the job has whatever number of workers it is cut for, such as {@code
 * aggregate-1/state/groups}. The rows that were delivered before are not in it, and are not delivered again.
 */
public final class Snapshot {
    private static final int MAGIC = 0x4C454154;
    /** One more with each change that an older program cannot read. */
    static final int VERSION = 2;
    /** The virtual partition of a section for what belongs to none. */
    static final int WHOLE = -1;

    private final Header header;
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

    /**
     * @param name whose it is
     * @param worker that wrote it
     * @param partition the virtual partition, or {@link #WHOLE}
     * @param entries how many there are in it
     */
    record Section(String name, int worker, int partition, long entries, byte[] bytes) {}

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
        return new Input(bytes).read();
    }

    /** The number of the epoch that had ended. */
    public long epoch() {
        return header.epoch();
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

    /** The snapshot as bytes, every section with a checksum. */
    public byte[] toBytes() {
        Output out = new Output();
        out.putInt(MAGIC);
        out.putInt(VERSION);
        out.putInt(header.phase());
        out.putLong(header.epoch());
        out.putLong(header.clockMicros());
        SectionWriter query = new SectionWriter();
        header.query().save(query);
        out.putBytes(query.toBytes());
        out.putInt(header.workers().size());
        header.workers().forEach((name, workers) -> {
            out.putText(name);
            out.putInt(workers);
        });
        out.putInt(sections.size());
        out.checksum(0);
        for (Section section : sections) {
            int start = out.length;
            out.putText(section.name());
            out.putInt(section.worker());
            out.putInt(section.partition());
            out.putLong(section.entries());
            out.putBytes(section.bytes());
            out.checksum(start);
        }
        return Arrays.copyOf(out.bytes, out.length);
    }

    private static final class Output {
        private byte[] bytes = new byte[1024];
        private int length;

        private ByteBuffer room(int more) {
            int needed = Math.addExact(length, more);
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(needed, 2L * length)));
            }
            ByteBuffer room = ByteBuffer.wrap(bytes, length, more);
            length = needed;
            return room;
        }

        void putInt(int value) {
            room(Integer.BYTES).putInt(value);
        }

        void putLong(long value) {
            room(Long.BYTES).putLong(value);
        }

        void putBytes(byte[] value) {
            putInt(value.length);
            room(value.length).put(value);
        }

        void putText(String text) {
            putBytes(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Of everything from {@code start} on. */
        void checksum(int start) {
            CRC32C sum = new CRC32C();
            sum.update(bytes, start, length - start);
            putInt((int) sum.getValue());
        }
    }

    private static final class Input {
        private final ByteBuffer in;

        Input(byte[] bytes) {
            this.in = ByteBuffer.wrap(bytes);
        }

        Snapshot read() {
            need(2 * Integer.BYTES);
            if (in.getInt() != MAGIC) {
                throw new SnapshotException("this is no snapshot of a job");
            }
            int version = in.getInt();
            if (version != VERSION) {
                throw new SnapshotException("the snapshot has version " + version + ", and this program reads version "
                        + VERSION + ": use the program that wrote it");
            }
            int phase = getInt();
            long epoch = getLong();
            long clockMicros = getLong();
            byte[] query = getBytes();
            Map<String, Integer> workers = new TreeMap<>();
            for (int i = getInt(); i > 0; i--) {
                workers.put(getText(), getInt());
            }
            int count = getInt();
            check(0);
            SavedQuery with = SavedQuery.read(new SectionReader(query, 1));
            List<Section> sections = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int start = in.position();
                sections.add(new Section(getText(), getInt(), getInt(), getLong(), getBytes()));
                check(start);
            }
            if (in.hasRemaining()) {
                throw new SnapshotException("the snapshot is damaged: " + in.remaining() + " bytes follow its end");
            }
            return new Snapshot(new Header(phase, epoch, clockMicros, with, workers), sections);
        }

        private void check(int start) {
            CRC32C sum = new CRC32C();
            sum.update(in.array(), start, in.position() - start);
            int found = getInt();
            if (found != (int) sum.getValue()) {
                throw new SnapshotException("the snapshot is damaged: bytes " + start + " to "
                        + (in.position() - Integer.BYTES) + " have the checksum "
                        + Integer.toHexString((int) sum.getValue()) + " and not " + Integer.toHexString(found));
            }
        }

        private void need(int bytes) {
            if (bytes < 0 || in.remaining() < bytes) {
                throw new SnapshotException("the snapshot is damaged: it ends at byte " + in.limit()
                        + " in the middle of something that begins at " + in.position());
            }
        }

        private int getInt() {
            need(Integer.BYTES);
            return in.getInt();
        }

        private long getLong() {
            need(Long.BYTES);
            return in.getLong();
        }

        private byte[] getBytes() {
            int count = getInt();
            need(count);
            byte[] bytes = new byte[count];
            in.get(bytes);
            return bytes;
        }

        private String getText() {
            return new String(getBytes(), StandardCharsets.UTF_8);
        }
    }
}
