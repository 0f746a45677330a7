package io.leat.runtime.operator.over;

import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.WindowFunctionSpec;
import io.leat.runtime.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** All window functions of an operator: computes the columns that they add to the rows of a partition. */
final class WindowFunctions implements AutoCloseable {
    private final List<FrameTotals> totals;
    private final List<WindowFunction> functions = new ArrayList<>();
    private final RowList results;

    /**
     * @param totals are closed with it
     */
    WindowFunctions(NodeSpec.Over spec, List<FrameTotals> totals, BufferAllocator allocator) {
        this.totals = totals;
        Schema output = spec.rows().output();
        int added = spec.functions().size();
        this.results =
                new RowList(new Schema(output.fields().subList(output.size() - added, output.size())), allocator);
        for (WindowFunctionSpec function : spec.functions()) {
            functions.add(function(function, spec));
        }
    }

    private WindowFunction function(WindowFunctionSpec function, NodeSpec.Over spec) {
        if (function instanceof WindowFunctionSpec.Ranking ranking) {
            return RankingFunctions.of(ranking.rank());
        }
        if (function instanceof WindowFunctionSpec.Tile tile) {
            return RankingFunctions.tile(tile.buckets());
        }
        if (function instanceof WindowFunctionSpec.Shift shift) {
            return ValueFunctions.of(shift);
        }
        if (function instanceof WindowFunctionSpec.Pick pick) {
            return ValueFunctions.of(pick, spec.rows());
        }
        WindowFunctionSpec.Total total = (WindowFunctionSpec.Total) function;
        Schema schema = spec.totals().get(total.totals()).results();
        int first = schema.firstLeaf(total.result());
        return new TotalFunction(totals.get(total.totals()), first, schema.firstLeaf(total.result() + 1) - first);
    }

    /** The columns of all functions for the rows of a partition, row by row; valid until the next call. */
    RowList of(OrderedPartition partition) {
        results.clear();
        totals.forEach(each -> each.begin(partition));
        functions.forEach(each -> each.begin(partition));
        for (int row = 0; row < partition.size(); row++) {
            results.add();
            for (int i = 0; i < functions.size(); i++) {
                functions.get(i).write(row, results, results.schema().firstLeaf(i));
            }
        }
        return results;
    }

    Schema schema() {
        return results.schema();
    }

    @Override
    public void close() {
        totals.forEach(FrameTotals::close);
        results.close();
    }
}
