package io.leat.runtime.local;

import io.leat.runtime.connector.Source.Partition;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.decode.RecordDecoder;
import io.leat.runtime.local.EpochRecord.PartitionState;
import io.leat.runtime.local.EpochRecord.Raise;
import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.window.Windowing;

/** One partition of a source while it is read: its reader, its decoders, its watermark. */
final class PartitionScan {
    private final Partition partition;
    private final int slot;
    private final SourceReader reader;
    private final RecordDecoder decoder;
    private final RecordDecoder keyDecoder;
    private final RecordChunk chunk;
    private long watermark = Windowing.NEVER;
    private long rows;
    private boolean silent;
    private long silentSince;
    private boolean ended;
    /** Whether this run has read what it wants of it. */
    private boolean stands;

    private boolean holdsRecords;

    /**
     * @param slot its place on the board of watermarks
     * @param decoder turns its records into rows; null for a reader of rows
     * @param chunk where its records are put, which others may use in between when they have been worked off
     */
    PartitionScan(
            Partition partition,
            int slot,
            SourceReader reader,
            RecordDecoder decoder,
            RecordDecoder keyDecoder,
            RecordChunk chunk) {
        this.partition = partition;
        this.slot = slot;
        this.reader = reader;
        this.decoder = decoder;
        this.keyDecoder = keyDecoder;
        this.chunk = chunk;
        if (decoder != null) {
            decoder.beginPartition();
        }
    }

    Partition partition() {
        return partition;
    }

    int slot() {
        return slot;
    }

    SourceReader reader() {
        return reader;
    }

    RecordDecoder decoder() {
        return decoder;
    }

    RecordDecoder keyDecoder() {
        return keyDecoder;
    }

    RecordChunk chunk() {
        return chunk;
    }

    /** Whether the chunk holds records of this partition that were not worked off. */
    boolean holdsRecords() {
        return holdsRecords;
    }

    void holdsRecords(boolean value) {
        holdsRecords = value;
    }

    /** Where reading would go on behind what was worked off. */
    private String position() {
        return holdsRecords ? Long.toString(chunk.offset(chunk.position())) : reader.position();
    }

    long watermark() {
        return watermark;
    }

    void watermark(long time) {
        watermark = Math.max(watermark, time);
    }

    /** The rank of the next row, rejected ones counted. */
    long nextRank() {
        return rows;
    }

    void passed(int more) {
        rows += more;
    }

    boolean isEnded() {
        return ended;
    }

    void end() {
        ended = true;
        holdsRecords = false;
        watermark = Windowing.END;
    }

    /** Whether nothing more is read in this run, and a later one goes on. */
    boolean stands() {
        return stands;
    }

    void stand() {
        stands = true;
    }

    /** Whether nothing came although everything was read. */
    boolean isSilent() {
        return silent;
    }

    /** For how long it has been silent. */
    long silentNanos(long nanos) {
        return nanos - silentSince;
    }

    void fellSilent(long nanos) {
        silent = true;
        silentSince = nanos;
    }

    void spoke() {
        silent = false;
    }

    /** Takes over the watermark of others. */
    Raise raise(String table, long time) {
        watermark(time);
        return new Raise(table, partition.name(), position(), time);
    }

    /** Where it stands. */
    PartitionState state(String table) {
        return new PartitionState(table, partition.name(), position(), watermark, ended);
    }

    /**
     * Where a partition stood when it was saved.
     *
     * @param rows how many rows came before, rejected ones counted
     * @param identity what told it from one of the same name
     * @param silentNanos for how long nothing had come although everything was read; negative if something had
     */
    record Saved(
            String partition,
            int index,
            String position,
            long rows,
            long watermark,
            boolean ended,
            String identity,
            long silentNanos) {
        static Saved read(SectionReader in) {
            return new Saved(
                    in.getText(),
                    in.getInt(),
                    in.getText(),
                    in.getLong(),
                    in.getLong(),
                    in.getByte() != 0,
                    in.getText(),
                    in.getLong());
        }
    }

    /**
     * @param endedAt the watermark to go on with where all partitions have ended; else {@link Windowing#END}
     */
    void save(SectionWriter out, long nanos, long endedAt) {
        out.entry();
        out.putText(partition.name());
        out.putInt(partition.index());
        out.putText(position());
        out.putLong(rows);
        out.putLong(ended ? endedAt : watermark);
        out.putByte(ended ? 1 : 0);
        out.putText(reader.identity());
        out.putLong(silent ? nanos - silentSince : -1);
    }

    /**
     * Goes on where the partition stood. A partition that was silent is so for longer, until it speaks: else each start would hold the others
     * back anew.
     *
     * @param saved null if the partition did not exist then
     * @param others the least watermark of the table
     * @param numbered whether its number is part of what is kept
     */
    void restore(Saved saved, String table, long others, boolean numbered, long nanos) {
        if (numbered && (saved == null || saved.index() != partition.index())) {
            throw new SnapshotException("the partitions of " + table + " are not those of the snapshot: '"
                    + partition.name() + "' is new, or one before it; rows that come and go need them as they were");
        }
        if (saved == null) {
            if (others == Windowing.END) {
                throw new SnapshotException(table + " has a new partition '" + partition.name()
                        + "', and had been read to its end when the snapshot was made: start without the snapshot");
            }
            watermark = others;
            reader.seekToFirst();
            return;
        }
        if (!saved.ended() && !saved.identity().equals(reader.identity())) {
            throw new SnapshotException("partition '" + partition.name() + "' of " + table
                    + " is not the one that was read when the snapshot was made: it was deleted and made anew ("
                    + saved.identity() + " then, " + reader.identity()
                    + " now), and positions in one mean other rows in the other: start without the snapshot");
        }
        rows = saved.rows();
        ended = saved.ended();
        watermark = ended ? Windowing.END : saved.watermark();
        if (saved.silentNanos() >= 0) {
            fellSilent(nanos - saved.silentNanos());
        }
        if (!ended) {
            reader.seek(saved.position());
        }
    }

    void close() {
        reader.close();
        if (decoder != null) {
            decoder.close();
        }
        if (keyDecoder != null) {
            keyDecoder.close();
        }
    }
}
