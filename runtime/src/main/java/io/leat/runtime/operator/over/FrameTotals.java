package io.leat.runtime.operator.over;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.job.WindowFunctionSpec.Totals;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.operator.OneTable;
import io.leat.runtime.pipeline.DataException;
import io.leat.runtime.pipeline.Pipeline;
import io.leat.runtime.state.AggregateTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Aggregates over the frames of the rows of a partition, by the generated table and pipeline that groups have elsewhere, too.
 *
 * <p>Where frames only grow, each row is added once. Frames that move are put together from totals over runs of rows
 * ({@link TotalsTree}); only DISTINCT, of which totals cannot be put together, and small frames are added up anew for each row.
 */
public final class FrameTotals implements AutoCloseable {
    /** Frames of up to this many rows are added up anew. */
    private static final int SMALL = 16;

    private final Totals spec;
    private final FrameBounds frame;
    private final AggregateTable table;
    private final OneTable target;
    /** Has the group of an empty frame. */
    private final AggregateTable seed;

    private final Pipeline pipeline;
    private final TotalsTree tree;
    private final Batch feed;
    private final Batch result;
    private final int[] from;
    private OrderedPartition partition;
    private int current;
    private int fed;

    /**
     * @param table the generated table, empty
     * @param target where the pipeline puts rows
     */
    public FrameTotals(
            Totals spec,
            PartitionSpec rows,
            AggregateTable table,
            OneTable target,
            Pipeline pipeline,
            int batchRows,
            BufferAllocator allocator) {
        this.spec = spec;
        this.frame = new FrameBounds(spec.frame(), rows);
        this.table = table;
        this.target = target;
        this.pipeline = pipeline;
        this.feed = new Batch(spec.feed(), batchRows, allocator);
        this.result = new Batch(spec.results(), 1, allocator);
        this.from = new int[feed.columns() - 1];
        this.tree = new TotalsTree(table);
        this.seed = table.create();
        plantSeed();
    }

    /** What the pipeline adds to the group does not matter: only its key is taken over. */
    private void plantSeed() {
        feed.column(0).putLong(0, 0);
        for (int leaf = 1; leaf < feed.columns(); leaf++) {
            feed.column(leaf).putNull(0);
        }
        feed.rows(1);
        target.use(seed);
        pipeline.process(feed);
    }

    void begin(OrderedPartition of) {
        partition = of;
        current = -1;
        fed = 0;
        table.clear();
        tree.clear();
        List<Integer> leaves = new ArrayList<>();
        for (int column : spec.columns()) {
            for (int i = 0; i < of.leaves(column); i++) {
                leaves.add(of.leaf(column) + i);
            }
        }
        for (int i = 0; i < from.length; i++) {
            from[i] = leaves.get(i);
        }
        frame.begin(of);
    }

    /** The results for a row, in the first row of a batch; rows are asked for in order, each any number of times. */
    Batch results(int row) {
        if (row != current) {
            current = row;
            if (frame.grows()) {
                grow(frame.end(row));
            } else {
                compute(frame.find(row));
            }
        }
        return result;
    }

    /** Adds the rows up to one; where nothing is added, the results stay. */
    private void grow(int end) {
        if (end <= fed && current > 0 && table.size() > 0) {
            return;
        }
        target.use(table);
        add(fed, end, -1);
        fed = Math.max(fed, end);
        emit();
    }

    private void compute(int runs) {
        long rows = 0;
        for (int run = 0; run < runs; run++) {
            rows += frame.to(run) - frame.from(run);
        }
        table.clear();
        target.use(table);
        if (rows <= SMALL || spec.distinct()) {
            for (int run = 0; run < runs; run++) {
                add(frame.from(run), frame.to(run), -1);
            }
        } else {
            if (tree.isEmpty()) {
                build();
            }
            for (int run = 0; run < runs; run++) {
                tree.addTo(table, frame.from(run), frame.to(run));
            }
        }
        emit();
    }

    private void build() {
        target.use(tree.leaves());
        add(0, partition.size(), 0);
        target.use(table);
        tree.build();
    }

    /**
     * Adds rows to the table.
     *
     * @param group the number of the group of the first row, each other being in a group of its own; -1 for all in one
     */
    private void add(int first, int end, int group) {
        feed.reset();
        for (int row = first; row < end; row++) {
            int to = feed.rows();
            feed.column(0).putLong(to, group < 0 ? 0 : group + row - first);
            for (int leaf = 0; leaf < from.length; leaf++) {
                feed.column(leaf + 1).copy(partition.rows().column(row, from[leaf]), RowList.at(row), to);
            }
            feed.rows(to + 1);
            if (feed.isFull()) {
                pipeline.process(feed);
                feed.reset();
            }
        }
        if (!feed.isEmpty()) {
            pipeline.process(feed);
        }
    }

    private void emit() {
        if (table.size() == 0) {
            // An empty frame has results, too.
            table.findLike(seed, seed.entry(0));
        }
        result.reset();
        try {
            table.emit(table.entry(0), 0, 0, result, 0);
        } catch (RowError error) {
            throw new DataException(spec.at(), error);
        }
        result.rows(1);
    }

    @Override
    public void close() {
        feed.close();
        result.close();
        pipeline.close();
        tree.close();
        seed.close();
        table.close();
    }
}
