package io.leat.runtime.operator.over;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.RowBytes;
import io.leat.runtime.type.Schema;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/** All rows of one partition, in order, and which of them are equal in it. Filled with one partition after another. */
final class OrderedPartition implements AutoCloseable {
    private final PartitionSpec spec;
    private final RowBytes form;
    private final RowList rows;
    private final BytesResult last;
    /** The number of the group of equal rows that each row is in. */
    private int[] groups = new int[64];
    /** The first row of each group, and behind them the number of rows. */
    private int[] starts = new int[64];

    private int groupCount;

    /**
     * @param form how rows are packed
     */
    OrderedPartition(PartitionSpec spec, RowBytes form, BufferAllocator allocator) {
        this.spec = spec;
        this.form = form;
        int first = spec.firstKey();
        this.rows = new RowList(
                new Schema(spec.input().fields().subList(first, spec.input().size() - 1)), allocator);
        this.last = new BytesResult(allocator);
    }

    /**
     * Reads a partition.
     *
     * @param cursor stands at its first row, and behind it afterwards
     * @param told takes each row, too; null if nobody asks
     */
    void load(KeyedState.Cursor cursor, long partition, int length, ToldRows told) {
        rows.clear();
        groupCount = 0;
        boolean inside = true;
        while (inside && cursor.startsWith(partition, length)) {
            for (long left = PartitionRows.count(cursor); left > 0; left--) {
                add(cursor);
                if (told != null) {
                    told.add(cursor);
                }
            }
            inside = cursor.next();
        }
        starts = room(starts, groupCount + 1);
        starts[groupCount] = rows.size();
    }

    private void add(KeyedState.Cursor cursor) {
        int length = PartitionRows.equalLength(cursor);
        boolean equal =
                groupCount > 0 && length == last.length() && Memory.equal(cursor.keyAddress(), last.address(), length);
        int row = rows.add();
        if (!equal) {
            last.clear();
            last.append(cursor.keyAddress(), length);
            starts = room(starts, groupCount + 1);
            starts[groupCount++] = row;
        }
        groups = room(groups, row + 1);
        groups[row] = groupCount - 1;
        form.unpack(PartitionRows.row(cursor), rows.batch(row), 0, RowList.at(row));
    }

    private static int[] room(int[] numbers, int size) {
        return size <= numbers.length ? numbers : Arrays.copyOf(numbers, 2 * size);
    }

    int size() {
        return rows.size();
    }

    /** The rows: the columns that come, without weight and hash. */
    RowList rows() {
        return rows;
    }

    /** The first leaf in {@link #rows} of a column of the rows that come. */
    int leaf(int column) {
        return rows.schema().firstLeaf(column - spec.firstKey());
    }

    /** How many leaves a column has. */
    int leaves(int column) {
        return leaf(column + 1) - leaf(column);
    }

    // ---- equal rows
    // ----------------------------------------------------------------------------------------------------

    int groups() {
        return groupCount;
    }

    int group(int row) {
        return groups[row];
    }

    /** The first row of a group; of the one behind the last group, the number of rows. */
    int start(int group) {
        return starts[group];
    }

    /** The first row that equals this one. */
    int firstEqual(int row) {
        return starts[groups[row]];
    }

    /** The row behind the last that equals this one. */
    int behindEqual(int row) {
        return starts[groups[row] + 1];
    }

    @Override
    public void close() {
        rows.close();
        last.close();
    }
}
