package io.leat.runtime.operator.over;

import io.leat.runtime.state.AggregateTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Totals over runs of rows: each row for itself, then every eight of them together, and so on. The total of any run is put together from
 * a few of them, left to right.
 */
final class TotalsTree implements AutoCloseable {
    private static final int WIDTH = 8;

    private final AggregateTable pattern;
    private final List<AggregateTable> levels = new ArrayList<>();
    private int height;

    /**
     * @param pattern what tables of the tree are made like
     */
    TotalsTree(AggregateTable pattern) {
        this.pattern = pattern;
    }

    void clear() {
        height = 0;
    }

    boolean isEmpty() {
        return height == 0;
    }

    /** Starts a tree; answers with the table for its rows, to be filled in order with a group for each. */
    AggregateTable leaves() {
        height = 0;
        return next();
    }

    private AggregateTable next() {
        if (height == levels.size()) {
            levels.add(pattern.create());
        }
        AggregateTable table = levels.get(height++);
        table.clear();
        return table;
    }

    /** Builds the tree over its leaves. */
    void build() {
        AggregateTable below = levels.get(0);
        while (below.size() > WIDTH) {
            AggregateTable above = next();
            for (int first = 0; first < below.size(); first += WIDTH) {
                long node = above.findLike(below, below.entry(first));
                for (int i = first; i < Math.min(first + WIDTH, below.size()); i++) {
                    above.mergeValues(node, below, below.entry(i));
                }
            }
            below = above;
        }
    }

    /** Adds the total of a run of rows to the group of the first row, which is made if there is none. */
    void addTo(AggregateTable target, int from, int to) {
        add(target, target.findLike(levels.get(0), levels.get(0).entry(0)), 0, from, to);
    }

    private void add(AggregateTable target, long entry, int level, int from, int to) {
        int first = (from + WIDTH - 1) / WIDTH;
        int last = to / WIDTH;
        if (level + 1 == height || first >= last) {
            merge(target, entry, level, from, to);
            return;
        }
        merge(target, entry, level, from, first * WIDTH);
        add(target, entry, level + 1, first, last);
        merge(target, entry, level, last * WIDTH, to);
    }

    private void merge(AggregateTable target, long entry, int level, int from, int to) {
        AggregateTable table = levels.get(level);
        for (int i = from; i < to; i++) {
            target.mergeValues(entry, table, table.entry(i));
        }
    }

    @Override
    public void close() {
        levels.forEach(AggregateTable::close);
        levels.clear();
    }
}
