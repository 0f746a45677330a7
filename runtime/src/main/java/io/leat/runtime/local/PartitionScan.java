package io.leat.runtime.local;

import io.leat.runtime.connector.Source.Partition;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.decode.RecordDecoder;
import io.leat.runtime.local.EpochRecord.PartitionState;
import io.leat.runtime.local.EpochRecord.Raise;
import io.leat.runtime.window.Windowing;

/** One partition of a source while it is read: its reader, its decoders, its watermark. */
final class PartitionScan {
    private final Partition partition;
    private final int slot;
    private final SourceReader reader;
    private final RecordDecoder decoder;
    private final RecordDecoder keyDecoder;
    private long watermark = Windowing.NEVER;
    private long rows;
    private long silentSince = -1;
    private boolean ended;

    /**
     * @param slot its place on the board of watermarks
     * @param decoder turns its records into rows; null for a reader of rows
     */
    PartitionScan(Partition partition, int slot, SourceReader reader, RecordDecoder decoder, RecordDecoder keyDecoder) {
        this.partition = partition;
        this.slot = slot;
        this.reader = reader;
        this.decoder = decoder;
        this.keyDecoder = keyDecoder;
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
        watermark = Windowing.END;
    }

    /** Since when nothing came although everything was read; negative if something did. */
    long silentSince() {
        return silentSince;
    }

    void silentSince(long nanos) {
        silentSince = nanos;
    }

    /** Takes over the watermark of others. */
    Raise raise(String table, long time) {
        watermark(time);
        return new Raise(table, partition.name(), reader.position(), time);
    }

    /** Where it stands. */
    PartitionState state(String table) {
        return new PartitionState(table, partition.name(), reader.position(), watermark, ended);
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
