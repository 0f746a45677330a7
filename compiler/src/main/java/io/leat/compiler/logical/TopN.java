package io.leat.compiler.logical;

import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.RankFunction;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first rows of each partition; what equals follow each other by is as in {@link Over}.
 *
 * @param partition columns in which the rows of a partition agree; none for a single partition
 * @param ties columns that say where rows stand in their sources, in the order in which they count; none if that is not known
 * @param function how places are counted: {@code ROW_NUMBER}, {@code RANK} or {@code DENSE_RANK}
 * @param limit the last place that is taken
 * @param rank the name of a column with the row's place behind the others, if it is asked for
 */
public record TopN(
        LogicalPlan input,
        List<Integer> partition,
        List<SortKey> order,
        List<Integer> ties,
        RankFunction function,
        long limit,
        Optional<String> rank,
        Origin at)
        implements LogicalPlan {
    public TopN {
        partition = List.copyOf(partition);
        order = List.copyOf(order);
        ties = List.copyOf(ties);
        Plans.checkPartition(input, partition, order, ties);
        Plans.check(limit > 0, "the first rows, but none");
        Plans.check(!function.isShare(), "a limit on a share");
    }

    @Override
    public List<Field> output() {
        return rank.map(name -> Plans.concat(input.output(), List.of(Field.required(name, Type.BIGINT))))
                .orElse(input.output());
    }

    @Override
    public Traits traits() {
        List<Set<Integer>> keys = new ArrayList<>();
        if (function == RankFunction.ROW_NUMBER && limit == 1) {
            keys.add(Set.copyOf(partition));
        } else if (function == RankFunction.ROW_NUMBER && rank.isPresent()) {
            Set<Integer> key = new HashSet<>(partition);
            key.add(input.output().size());
            keys.add(key);
        }
        return input.traits().ofPartitions(partition, keys);
    }

    /** Whether a partition is complete when its window closes; otherwise when the input has ended. */
    public boolean windowed() {
        return input.traits().isWindow(partition);
    }

    @Override
    public List<LogicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public LogicalPlan withInputs(List<LogicalPlan> inputs) {
        return new TopN(inputs.get(0), partition, order, ties, function, limit, rank, at);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.topN(this);
    }
}
