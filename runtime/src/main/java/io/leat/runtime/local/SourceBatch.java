package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.decode.RecordDecoder;
import io.leat.runtime.decode.RejectReason;
import io.leat.runtime.decode.RowChange;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.pipeline.SourceRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of one partition between decoder and pipelines: where each came from, its rank in the partition, and the watermark before it.
 * Records that became no row, and rows that turn out to be none, are kept in their places until they have been told of. Filled and
 * emptied over and over.
 */
final class SourceBatch implements SourceRows, RecordDecoder.Listener, AutoCloseable {
    private final Batch batch;
    private final int[] origins;
    private final long[] watermarks;
    private final long[] ranks;
    private final String[] reasons;
    private final boolean[] excluded;
    /** What each row does, in a changelog whose decoder or op column says so; a row that nothing is said of comes. */
    private final RowChange[] changes;
    /** Whether a record without value is a row that goes. */
    private final boolean tombstones;

    private final List<BrokenRecord> records = new ArrayList<>();
    private long firstRank;
    private boolean mayBeLate;
    private boolean anyExcluded;
    private boolean irregular;
    private int absent;

    /**
     * A record that became no row.
     *
     * @param row the row that comes behind it
     */
    record BrokenRecord(int row, int origin, RejectReason why, String reason) {}

    SourceBatch(Batch batch) {
        this(batch, false);
    }

    /**
     * @param tombstones whether a record without value says that a row goes
     */
    SourceBatch(Batch batch, boolean tombstones) {
        this.batch = batch;
        this.tombstones = tombstones;
        this.changes = new RowChange[batch.capacity()];
        this.origins = new int[batch.capacity()];
        this.watermarks = new long[batch.capacity() + 1];
        this.ranks = new long[batch.capacity()];
        this.reasons = new String[batch.capacity()];
        this.excluded = new boolean[batch.capacity()];
    }

    @Override
    public Batch batch() {
        return batch;
    }

    // ---- what the decoder says
    // -----------------------------------------------------------------------------------------

    @Override
    public void decoded(int row, int origin) {
        origins[row] = origin;
    }

    @Override
    public void rejected(RecordChunk chunk, int origin, RejectReason why, String reason) {
        records.add(new BrokenRecord(batch.rows(), origin, why, reason));
    }

    @Override
    public void absent(int origin) {
        absent++;
    }

    @Override
    public void changed(int row, RowChange change) {
        changes[row] = change;
    }

    @Override
    public boolean takesAbsent() {
        return tombstones;
    }

    /** What a row does, in a changelog. */
    RowChange change(int row) {
        return changes[row] == null ? RowChange.COMES : changes[row];
    }

    int origin(int row) {
        return origins[row];
    }

    /** Records without value since the last {@link #reset}. */
    int absent() {
        return absent;
    }

    /** Rows and broken records together. */
    int size() {
        return batch.rows() + records.size();
    }

    // ---- watermarks
    // ----------------------------------------------------------------------------------------------------

    @Override
    public long[] watermarks() {
        return mayBeLate ? watermarks : null;
    }

    /** The watermarks before the rows, and behind the last one, to be filled; from then on rows may be late. */
    long[] fillWatermarks() {
        mayBeLate = true;
        return watermarks;
    }

    // ---- refused rows
    // --------------------------------------------------------------------------------------------------

    @Override
    public void reject(int row, String reason) {
        if (reasons[row] == null) {
            reasons[row] = reason;
        }
    }

    /** Says that a row is no row of the source: no pipeline shall see it. */
    void exclude(int row, String reason) {
        reject(row, reason);
        excluded[row] = true;
        anyExcluded = true;
    }

    boolean isExcluded(int row) {
        return excluded[row];
    }

    /** Why a row was rejected. */
    String reason(int row) {
        return reasons[row];
    }

    List<BrokenRecord> brokenRecords() {
        return records;
    }

    /** Whether there are broken records or excluded rows. */
    boolean hasRefused() {
        return anyExcluded || !records.isEmpty();
    }

    /** Gives rows their ranks, broken records counted. */
    void rankRows() {
        irregular = true;
        int next = 0;
        for (int row = 0; row < batch.rows(); row++) {
            while (next < records.size() && records.get(next).row() <= row) {
                next++;
            }
            ranks[row] = firstRank + row + next;
        }
    }

    /** The row's place in its partition. */
    long rank(int row) {
        return irregular ? ranks[row] : firstRank + row;
    }

    /** Fills the hidden columns that say where rows stand, if the source has them: the rank of the partition, and theirs in it. */
    void fillPlaces(SourceSpec spec, int partition) {
        if (spec.place() < 0) {
            return;
        }
        int leaf = spec.schema().firstLeaf(spec.place());
        for (int row = 0; row < batch.rows(); row++) {
            batch.column(leaf).putLong(row, partition);
            batch.column(leaf + 1).putLong(row, rank(row));
        }
    }

    /** Fills the hidden column of versions: whether a row ends the one of its key; NULL if the row that follows says that. */
    void fillGone(int leaf) {
        Column gone = batch.column(leaf);
        for (int row = 0; row < batch.rows(); row++) {
            switch (change(row)) {
                case COMES -> gone.putBoolean(row, false);
                case GOES -> gone.putBoolean(row, true);
                case GIVES_WAY -> gone.putNull(row);
            }
        }
    }

    /** The rank of a broken record, by its place among those. */
    long rankOfRecord(int index) {
        return firstRank + records.get(index).row() + index;
    }

    /** Takes excluded rows out; those behind them move up. Rare, so it goes through another batch. */
    void removeExcluded(Batch spare) {
        if (!anyExcluded) {
            return;
        }
        spare.reset();
        int kept = 0;
        for (int row = 0; row < batch.rows(); row++) {
            if (!excluded[row]) {
                origins[kept] = origins[row];
                watermarks[kept] = watermarks[row];
                ranks[kept] = ranks[row];
                changes[kept] = changes[row];
                kept++;
                spare.append(batch, row);
            }
        }
        Arrays.fill(reasons, 0, batch.rows(), null);
        batch.reset();
        for (int row = 0; row < spare.rows(); row++) {
            batch.append(spare, row);
        }
    }

    /**
     * Empties it.
     *
     * @param rank of the first row to come
     */
    void reset(long rank) {
        Arrays.fill(reasons, 0, batch.rows(), null);
        Arrays.fill(changes, null);
        if (anyExcluded) {
            Arrays.fill(excluded, false);
            Arrays.fill(reasons, null);
        }
        batch.reset();
        records.clear();
        firstRank = rank;
        mayBeLate = false;
        anyExcluded = false;
        irregular = false;
        absent = 0;
    }

    @Override
    public void close() {
        batch.close();
    }
}
