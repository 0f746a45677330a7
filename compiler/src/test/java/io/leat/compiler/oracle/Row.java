package io.leat.compiler.oracle;

import io.leat.compiler.logical.LogicalPlan;
import io.leat.runtime.window.Windowing;
import java.util.List;
import java.util.function.Supplier;

/**
 * A row on its way through a plan. A column is computed when somebody asks for it.
 *
 * @param origin the record that it was made from; null for a row that an operator made from many, or that stood in the query
 * @param place where it stands among others: rank of the source, partition and position; empty for a row made from many
 * @param windowEnd the end of the window that it was assigned to, in microseconds; not used for a row without origin
 */
record Row(List<Supplier<Object>> columns, Origin origin, List<Long> place, long windowEnd) {
    Row {
        columns = List.copyOf(columns);
        place = List.copyOf(place);
    }

    /**
     * A record as one of the scans of a statement sees it: what is rejected on one way through a statement may be of use on another.
     *
     * @param scan tells the scans of a statement apart
     */
    record Origin(SourceRecord record, LogicalPlan.Scan scan) {
        /** What the row is judged by: the watermark of its partition before it, less what the statement waits longer. */
        long watermark() {
            return Windowing.minus(record.watermark(), scan.patience());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Origin origin && origin.scan == scan && origin.record.equals(record);
        }

        @Override
        public int hashCode() {
            return record.hashCode();
        }
    }

    Object value(int column) {
        return columns.get(column).get();
    }

    Row with(List<Supplier<Object>> newColumns) {
        return new Row(newColumns, origin, place, windowEnd);
    }

    /** The row without the record it came from: it rests somewhere, and what becomes of it is not that record's business. */
    Row rested() {
        return new Row(columns, null, place, 0);
    }

    Row at(List<Long> newPlace) {
        return new Row(columns, origin, newPlace, windowEnd);
    }

    static Supplier<Object> constant(Object value) {
        return () -> value;
    }

    /** Computes a value at most once. */
    static Supplier<Object> lazily(Supplier<Object> computation) {
        return new Supplier<>() {
            private boolean known;
            private Object value;

            @Override
            public Object get() {
                if (!known) {
                    value = computation.get();
                    known = true;
                }
                return value;
            }
        };
    }
}
