package io.leat.runtime.operator.over;

import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.job.WindowFunctionSpec.Pick;
import io.leat.runtime.job.WindowFunctionSpec.Shift;

/** Functions that tell a value of another row of the partition. */
final class ValueFunctions {
    private ValueFunctions() {}

    static WindowFunction of(Shift shift) {
        return new Shifted(shift);
    }

    static WindowFunction of(Pick pick, PartitionSpec spec) {
        return new Picked(pick, spec);
    }

    /** Copies a column of a row of the partition, all its leaves. */
    private static void copy(OrderedPartition partition, int from, int column, int row, RowList results, int leaf) {
        int first = partition.leaf(column);
        for (int i = 0; i < partition.leaves(column); i++) {
            results.column(row, leaf + i)
                    .copy(partition.rows().column(from, first + i), RowList.at(from), RowList.at(row));
        }
    }

    private static void copyNull(OrderedPartition partition, int column, int row, RowList results, int leaf) {
        for (int i = 0; i < partition.leaves(column); i++) {
            results.column(row, leaf + i).putNull(RowList.at(row));
        }
    }

    /** {@code LAG} and {@code LEAD}. */
    private static final class Shifted implements WindowFunction {
        private final Shift spec;
        private final PresentRows present = new PresentRows();
        private OrderedPartition partition;

        Shifted(Shift spec) {
            this.spec = spec;
        }

        @Override
        public void begin(OrderedPartition of) {
            partition = of;
            if (spec.ignoreNulls()) {
                present.begin(of, of.leaf(spec.column()));
            }
        }

        @Override
        public void write(int row, RowList results, int leaf) {
            int from = spec.ignoreNulls() ? overPresent(row) : over(row);
            if (from >= 0) {
                copy(partition, from, spec.column(), row, results, leaf);
            } else if (spec.fallback() >= 0) {
                copy(partition, row, spec.fallback(), row, results, leaf);
            } else {
                copyNull(partition, spec.column(), row, results, leaf);
            }
        }

        private int over(int row) {
            boolean exists = spec.distance() > 0 ? spec.distance() < partition.size() - row : -spec.distance() <= row;
            return exists ? (int) (row + spec.distance()) : -1;
        }

        /** With a distance of 0 it is the row itself, NULL or not. */
        private int overPresent(int row) {
            if (spec.distance() == 0) {
                return row;
            }
            return spec.distance() > 0
                    ? present.at(present.before(row + 1) + spec.distance() - 1)
                    : present.at(present.before(row) + spec.distance());
        }
    }

    /** {@code FIRST_VALUE}, {@code LAST_VALUE} and {@code NTH_VALUE}. */
    private static final class Picked implements WindowFunction {
        private final Pick spec;
        private final FrameBounds frame;
        private final PresentRows present = new PresentRows();
        private OrderedPartition partition;

        Picked(Pick spec, PartitionSpec rows) {
            this.spec = spec;
            this.frame = new FrameBounds(spec.frame(), rows);
        }

        @Override
        public void begin(OrderedPartition of) {
            partition = of;
            frame.begin(of);
            if (spec.ignoreNulls()) {
                present.begin(of, of.leaf(spec.column()));
            }
        }

        @Override
        public void write(int row, RowList results, int leaf) {
            int from = find(row);
            if (from >= 0) {
                copy(partition, from, spec.column(), row, results, leaf);
            } else {
                copyNull(partition, spec.column(), row, results, leaf);
            }
        }

        private int find(int row) {
            int runs = frame.find(row);
            long left = Math.abs(spec.rank());
            for (int i = 0; i < runs; i++) {
                int run = spec.rank() > 0 ? i : runs - 1 - i;
                int from = frame.from(run);
                int to = frame.to(run);
                if (spec.ignoreNulls()) {
                    from = present.before(from);
                    to = present.before(to);
                }
                if (left <= to - from) {
                    int at = (int) (spec.rank() > 0 ? from + left - 1 : to - left);
                    return spec.ignoreNulls() ? present.at(at) : at;
                }
                left -= to - from;
            }
            return -1;
        }
    }
}
