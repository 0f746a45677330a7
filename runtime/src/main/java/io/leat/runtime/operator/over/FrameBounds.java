package io.leat.runtime.operator.over;

import io.leat.runtime.batch.Column;
import io.leat.runtime.job.FrameSpec;
import io.leat.runtime.job.FrameSpec.BoundKind;
import io.leat.runtime.job.FrameSpec.BoundSpec;
import io.leat.runtime.job.NodeSpec.SortKey;
import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.type.Physical;

/**
 * Which rows of a partition are in the frame of a row: at most three runs of rows, since some may be left out of the middle.
 *
 * <p>By distance in the order's value, rows whose value is NULL stand beyond all others, at the end where the order puts them.
 */
final class FrameBounds {
    private final FrameSpec frame;
    private final SortKey by;
    private final int[] runs = new int[6];
    private OrderedPartition partition;
    private int leaf;
    private int firstValue;
    private int behindValues;
    private int count;

    FrameBounds(FrameSpec frame, PartitionSpec spec) {
        this.frame = frame;
        this.by = spec.order().isEmpty() ? null : spec.order().get(0);
    }

    /** Starts with a partition. */
    void begin(OrderedPartition of) {
        partition = of;
        boolean byValue = frame.unit() == FrameSpec.Unit.RANGE
                && (frame.start().kind().isOffset() || frame.end().kind().isOffset());
        if (byValue) {
            leaf = of.leaf(by.column());
            firstValue = 0;
            behindValues = of.size();
            while (firstValue < behindValues && of.rows().isNull(firstValue, leaf)) {
                firstValue++;
            }
            while (behindValues > firstValue && of.rows().isNull(behindValues - 1, leaf)) {
                behindValues--;
            }
        }
    }

    /** The first row of the frame of a row, before any is left out. */
    int start(int row) {
        return bound(frame.start(), row, false);
    }

    /** The row behind the last one of the frame, before any is left out. */
    int end(int row) {
        return bound(frame.end(), row, true);
    }

    private int bound(BoundSpec bound, int row, boolean behind) {
        if (bound.kind() == BoundKind.UNBOUNDED_PRECEDING) {
            return 0;
        }
        if (bound.kind() == BoundKind.UNBOUNDED_FOLLOWING) {
            return partition.size();
        }
        long distance = bound.kind() == BoundKind.PRECEDING ? -bound.distance() : bound.distance();
        return switch (frame.unit()) {
            case ROWS -> clamp(saturated(row, distance, behind), partition.size());
            case GROUPS ->
                partition.start(clamp(saturated(partition.group(row), distance, behind), partition.groups()));
            case RANGE -> {
                boolean atEquals = bound.kind() == BoundKind.CURRENT_ROW
                        || partition.rows().isNull(row, leaf);
                if (atEquals) {
                    yield behind ? partition.behindEqual(row) : partition.firstEqual(row);
                }
                yield byValue(bound, row, behind);
            }
        };
    }

    private static long saturated(int from, long distance, boolean behind) {
        long sum = from + distance + (behind ? 1 : 0);
        return distance > 0 && sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static int clamp(long row, int size) {
        return (int) Math.max(0, Math.min(size, row));
    }

    /** Looks for the first row that is not before the bound, or, for an end, the first that is behind it. */
    private int byValue(BoundSpec bound, int row, boolean behind) {
        boolean up = bound.kind() == BoundKind.FOLLOWING ^ by.descending();
        Column column = partition.rows().column(row, leaf);
        Physical physical = column.type().physical();
        boolean isReal = physical == Physical.FLOAT64 || physical == Physical.FLOAT32;
        double realLimit = isReal ? real(row) + (up ? bound.real() : -bound.real()) : 0;
        long limit = isReal ? 0 : saturatedSum(whole(row), up ? bound.distance() : -bound.distance());
        int low = firstValue;
        int high = behindValues;
        while (low < high) {
            int middle = low + high >>> 1;
            int side = isReal ? compare(real(middle), realLimit) : Long.compare(whole(middle), limit);
            side = by.descending() ? -side : side;
            if (behind ? side <= 0 : side < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int compare(double left, double right) {
        return left < right ? -1 : left > right ? 1 : 0;
    }

    private static long saturatedSum(long value, long distance) {
        long sum = value + distance;
        boolean overflows = ((value ^ sum) & (distance ^ sum)) < 0;
        return overflows ? distance < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : sum;
    }

    private long whole(int row) {
        return partition.rows().column(row, leaf).getLong(RowList.at(row));
    }

    private double real(int row) {
        Column column = partition.rows().column(row, leaf);
        return column.type().physical() == Physical.FLOAT32
                ? column.getFloat(RowList.at(row))
                : column.getDouble(RowList.at(row));
    }

    // ---- what is left out
    // ----------------------------------------------------------------------------------------------

    /** Finds the runs of rows of the frame of a row; answers with how many there are. */
    int find(int row) {
        int start = start(row);
        int end = end(row);
        count = 0;
        switch (frame.exclusion()) {
            case NONE -> add(start, end);
            case CURRENT_ROW -> without(start, end, row, row + 1);
            case GROUP -> without(start, end, partition.firstEqual(row), partition.behindEqual(row));
            case TIES -> {
                add(start, Math.min(end, partition.firstEqual(row)));
                add(Math.max(start, row), Math.min(end, row + 1));
                add(Math.max(start, partition.behindEqual(row)), end);
            }
        }
        return count;
    }

    private void without(int start, int end, int from, int to) {
        add(start, Math.min(end, from));
        add(Math.max(start, to), end);
    }

    private void add(int from, int to) {
        if (from < to) {
            runs[2 * count] = from;
            runs[2 * count + 1] = to;
            count++;
        }
    }

    int from(int run) {
        return runs[2 * run];
    }

    int to(int run) {
        return runs[2 * run + 1];
    }

    /** Whether frames begin at the first row and only grow from row to row. */
    boolean grows() {
        return frame.start().kind() == BoundKind.UNBOUNDED_PRECEDING && frame.exclusion() == FrameSpec.Exclusion.NONE;
    }
}
