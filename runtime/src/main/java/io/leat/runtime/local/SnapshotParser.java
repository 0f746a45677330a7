package io.leat.runtime.local;

import io.leat.runtime.local.Snapshot.Header;
import io.leat.runtime.local.Snapshot.Place;
import io.leat.runtime.local.SnapshotFrame.Kind;
import io.leat.runtime.state.SectionBlock;
import io.leat.runtime.state.SectionReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

/** Reads a snapshot that {@link SnapshotWriter} wrote, or one of the version before. One thread. */
final class SnapshotParser {
    /** In which a section was one block, and how many there were stood in front. */
    private static final int ONE_BLOCK_VERSION = 3;

    private final Blocks blocks;

    /** Makes blocks of what stands in a file. */
    interface Blocks {
        /**
         * @param bytes the first {@code length} of which count, and none behind this call
         * @param position where they stand in the file
         */
        SectionBlock block(long position, byte[] bytes, int length, long entries);
    }

    /**
     * A snapshot but for its frames.
     *
     * @param whole whether it has everything
     * @param canBeMerged whether forms of entries stand in it
     */
    record Parsed(Header header, boolean whole, boolean canBeMerged) {}

    SnapshotParser(Blocks blocks) {
        this.blocks = blocks;
    }

    /** Keeps everything in memory. */
    static SnapshotParser inMemory() {
        return new SnapshotParser((position, bytes, length, entries) -> SectionBlock.copyOf(bytes, length, entries));
    }

    /**
     * @param length how many bytes there are
     * @throws SnapshotException if it is damaged, or of another version
     */
    Parsed parse(InputStream stream, long length, SnapshotFold fold) throws IOException {
        SnapshotInput in = new SnapshotInput(stream, length);
        if (in.getInt() != SnapshotWriter.MAGIC) {
            throw new SnapshotException("this is no snapshot of a job");
        }
        int version = in.getInt();
        if (version != Snapshot.VERSION && version != ONE_BLOCK_VERSION) {
            throw new SnapshotException("the snapshot has version " + version + ", and this program reads versions "
                    + ONE_BLOCK_VERSION + " and " + Snapshot.VERSION + ": use the program that wrote it");
        }
        boolean whole = in.getInt() != 0;
        fold.begin(whole);
        int phase = in.getInt();
        EpochClock.Epoch epoch = new EpochClock.Epoch(in.getLong(), in.getLong());
        SectionReader query = new SectionReader(in.getBytes(), 1);
        Header header = version == ONE_BLOCK_VERSION
                ? parseOfOneBlock(in, phase, epoch, query, fold)
                : parse(in, phase, epoch, query, fold);
        in.end();
        return new Parsed(header, whole, version != ONE_BLOCK_VERSION);
    }

    private Header parseOfOneBlock(
            SnapshotInput in, int phase, EpochClock.Epoch epoch, SectionReader query, SnapshotFold fold)
            throws IOException {
        Map<String, Integer> workers = workers(in);
        int count = in.getInt();
        in.check();
        SavedQuery with = SavedQuery.read(query, false);
        for (int i = 0; i < count; i++) {
            Kind kind = kind(in.getInt(), Kind.GONE);
            frame(in, kind, false, fold);
        }
        return new Header(phase, epoch, with, workers, Map.of());
    }

    private Header parse(SnapshotInput in, int phase, EpochClock.Epoch epoch, SectionReader query, SnapshotFold fold)
            throws IOException {
        in.check();
        SavedQuery with = SavedQuery.read(query, true);
        long frames = 0;
        long entries = 0;
        for (int kind = in.getInt(); kind != SnapshotWriter.END; kind = in.getInt()) {
            entries += frame(in, kind(kind, Kind.KEEP), true, fold);
            frames++;
        }
        long expectedFrames = in.getLong();
        long expectedEntries = in.getLong();
        Map<String, Integer> workers = workers(in);
        Map<String, Long> held = new TreeMap<>();
        for (int i = in.getInt(); i > 0; i--) {
            held.put(in.getText(), in.getLong());
        }
        in.check();
        if (frames != expectedFrames || entries != expectedEntries) {
            throw new SnapshotException("the snapshot is damaged: it has " + frames + " blocks with " + entries
                    + " entries and not " + expectedFrames + " with " + expectedEntries);
        }
        return new Header(phase, epoch, with, workers, held);
    }

    private static Map<String, Integer> workers(SnapshotInput in) throws IOException {
        Map<String, Integer> workers = new TreeMap<>();
        for (int i = in.getInt(); i > 0; i--) {
            workers.put(in.getText(), in.getInt());
        }
        return workers;
    }

    private static Kind kind(int number, Kind last) {
        if (number < 0 || number > last.ordinal()) {
            throw new SnapshotException("the snapshot is damaged: there are no blocks of kind " + number);
        }
        return Kind.values()[number];
    }

    /** Answers the number of its entries. */
    private long frame(SnapshotInput in, Kind kind, boolean withForm, SnapshotFold fold) throws IOException {
        Place place = new Place(in.getText(), in.getInt(), in.getInt());
        int form = withForm ? in.getInt() : 0;
        long entries = in.getLong();
        int length = in.getCount();
        long position = in.position();
        byte[] bytes = in.getRaw(length);
        in.check();
        fold.frame(new SnapshotFrame(kind, place, form, blocks.block(position, bytes, length, entries)));
        return kind == Kind.KEEP ? 0 : entries;
    }
}
