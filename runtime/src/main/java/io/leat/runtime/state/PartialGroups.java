package io.leat.runtime.state;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Groups of the rows of one worker, before they go to the workers that keep them: a table for each slice and first window end, which
 * are few and emptied often. What a group is made of travels as one row of {@link #SCHEMA}. Only for groups without sets.
 */
public final class PartialGroups implements WindowState {
    /** A group as {@link #moveTo} writes it: key and accumulators, the piece of state that it belongs to, the hash of the key. */
    public static final Schema SCHEMA = new Schema(List.of(
            Field.required("$group", Type.VARBINARY),
            Field.required("$slice", Type.BIGINT),
            Field.required("$first_end", Type.BIGINT),
            Field.required("$hash", Type.BIGINT)));

    /** Rows of more pieces of state than this have hardly a group in common. */
    private static final int MAX_PIECES = 64;
    /** An empty table keeps no more memory than this. */
    private static final int KEPT_BYTES = 1 << 20;

    private final AggregateTable prototype;
    private final BytesResult bytes;
    /** The first {@link #used} are in use; the others keep their tables for later. */
    private final List<Piece> pieces = new ArrayList<>();

    private int used;
    private int latest;

    private static final class Piece {
        private final AggregateTable table;
        private final GroupBytes form;
        private long slice;
        private long firstEnd;

        Piece(AggregateTable table) {
            this.table = table;
            this.form = new GroupBytes(table, 0);
        }
    }

    /**
     * @param prototype an empty table of the generated class; owned by this state from now on
     */
    public PartialGroups(AggregateTable prototype, BufferAllocator allocator) {
        this.prototype = prototype;
        this.bytes = new BytesResult(allocator);
    }

    /**
     * Whether rows fit whose slices and first window ends stand in these columns. If so, {@link #slice} finds a place for each of them.
     */
    public boolean hasPlaceFor(Batch rows, int sliceColumn, int firstEndColumn) {
        long slices = rows.data(sliceColumn);
        long firstEnds = rows.data(firstEndColumn);
        for (int row = 0; row < rows.rows(); row++) {
            long slice = Memory.getLong(slices + ((long) row << 3));
            long firstEnd = Memory.getLong(firstEnds + ((long) row << 3));
            if (piece(slice, firstEnd) == null) {
                return false;
            }
        }
        return true;
    }

    /** The piece, added when new; null if there are too many. */
    private Piece piece(long slice, long firstEnd) {
        for (int i = 0; i < used; i++) {
            int at = latest + i < used ? latest + i : latest + i - used;
            Piece piece = pieces.get(at);
            if (piece.slice == slice && piece.firstEnd == firstEnd) {
                latest = at;
                return piece;
            }
        }
        if (used == MAX_PIECES) {
            return null;
        }
        if (used == pieces.size()) {
            pieces.add(new Piece(prototype.create()));
        }
        Piece added = pieces.get(used);
        latest = used++;
        added.slice = slice;
        added.firstEnd = firstEnd;
        return added;
    }

    @Override
    public AggregateTable slice(long sliceStart) {
        return slice(sliceStart, HotTable.ALL);
    }

    @Override
    public AggregateTable slice(long sliceStart, long firstEnd) {
        return piece(sliceStart, firstEnd).table;
    }

    /**
     * Writes all groups down as rows and forgets them.
     *
     * @param out a batch of {@link #SCHEMA}
     * @param full takes the batch when it is full, and empties it
     */
    public void moveTo(Batch out, Runnable full) {
        for (int i = 0; i < used; i++) {
            Piece piece = pieces.get(i);
            for (int group = 0; group < piece.table.size(); group++) {
                write(piece, piece.table.entry(group), out);
                if (out.isFull()) {
                    full.run();
                }
            }
            if (piece.table.bytes() > KEPT_BYTES) {
                piece.table.shrink();
            } else {
                piece.table.clear();
            }
        }
        used = 0;
        latest = 0;
    }

    private void write(Piece piece, long entry, Batch out) {
        bytes.clear();
        piece.form.appendKey(entry, bytes);
        piece.form.appendValues(entry, bytes);
        int row = out.rows();
        out.column(0).putBytes(row, bytes.address(), bytes.length());
        out.column(1).putLong(row, piece.slice);
        out.column(2).putLong(row, piece.firstEnd);
        out.column(3).putLong(row, Memory.getLong(entry));
        out.rows(row + 1);
    }

    /** Merges groups that were written down into the groups that a worker keeps. */
    public static final class Merger implements AutoCloseable {
        private final AggregateTable one;
        private final GroupBytes form;

        /**
         * @param one an empty table of the generated class; owned by this merger from now on
         */
        public Merger(AggregateTable one) {
            this.one = one;
            this.form = new GroupBytes(one, 0);
        }

        /**
         * @param groups rows of {@link #SCHEMA}
         */
        public void merge(Batch groups, WindowState into) {
            Column bytes = groups.column(0);
            for (int row = 0; row < groups.rows(); row++) {
                long entry = form.insert(groups.column(3).getLong(row));
                form.readValues(entry, form.readKey(entry, bytes.bytesAddress(row)));
                AggregateTable table = into.slice(
                        groups.column(1).getLong(row), groups.column(2).getLong(row));
                table.mergeValues(table.findLike(one, entry), one, entry);
                one.clear();
            }
        }

        @Override
        public void close() {
            one.close();
        }
    }

    @Override
    public void lane(int lane) {
        // Groups whose rows are summed apart by partition are not made here.
    }

    @Override
    public void fireUpTo(long watermark, WindowVisitor visitor) {
        throw new IllegalStateException("windows fire where their groups are kept");
    }

    @Override
    public ValueCounts values() {
        throw new IllegalStateException("values of groups are counted where the groups are kept");
    }

    @Override
    public void save(StateWriter out) {
        // At the end of an epoch all groups have moved on.
    }

    @Override
    public void restore(StateReader in) {
        // Nothing was saved.
    }

    @Override
    public void endEpoch() {
        // There is no store.
    }

    @Override
    public int slices() {
        return used;
    }

    @Override
    public long entries() {
        long total = 0;
        for (int i = 0; i < used; i++) {
            total += pieces.get(i).table.size();
        }
        return total;
    }

    @Override
    public long bytes() {
        long total = 0;
        for (Piece piece : pieces) {
            total += piece.table.bytes();
        }
        return total;
    }

    @Override
    public void close() {
        pieces.forEach(piece -> piece.table.close());
        prototype.close();
        bytes.close();
    }
}
