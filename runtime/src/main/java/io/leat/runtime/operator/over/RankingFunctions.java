package io.leat.runtime.operator.over;

import io.leat.runtime.job.RankFunction;

/** Functions of a row's place among others, without arguments. */
final class RankingFunctions {
    private RankingFunctions() {}

    static WindowFunction of(RankFunction function) {
        return new Place(function);
    }

    static WindowFunction tile(long buckets) {
        return new Tile(buckets);
    }

    /** {@code ROW_NUMBER} and its like. */
    private static final class Place implements WindowFunction {
        private final RankFunction function;
        private OrderedPartition partition;

        Place(RankFunction function) {
            this.function = function;
        }

        @Override
        public void begin(OrderedPartition of) {
            partition = of;
        }

        @Override
        public void write(int row, RowList results, int leaf) {
            if (function.isShare()) {
                results.column(row, leaf).putDouble(RowList.at(row), share(row));
            } else {
                results.column(row, leaf).putLong(RowList.at(row), number(row));
            }
        }

        private long number(int row) {
            return switch (function) {
                case ROW_NUMBER -> row + 1L;
                case RANK -> partition.firstEqual(row) + 1L;
                case DENSE_RANK -> partition.group(row) + 1L;
                case PERCENT_RANK, CUME_DIST -> throw new IllegalStateException(function + " is a share");
            };
        }

        private double share(int row) {
            int size = partition.size();
            if (function == RankFunction.CUME_DIST) {
                return (double) partition.behindEqual(row) / size;
            }
            return size == 1 ? 0 : (double) partition.firstEqual(row) / (size - 1);
        }
    }

    /** {@code NTILE}: the first parts have one row more where they do not come out even. */
    private static final class Tile implements WindowFunction {
        private final long buckets;
        private long size;
        private long larger;

        Tile(long buckets) {
            this.buckets = buckets;
        }

        @Override
        public void begin(OrderedPartition partition) {
            size = partition.size() / buckets;
            larger = partition.size() % buckets;
        }

        @Override
        public void write(int row, RowList results, int leaf) {
            long inLarger = larger * (size + 1);
            long tile = row < inLarger ? row / (size + 1) : larger + (row - inLarger) / size;
            results.column(row, leaf).putLong(RowList.at(row), tile + 1);
        }
    }
}
