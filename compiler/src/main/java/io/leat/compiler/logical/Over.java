package io.leat.compiler.logical;

import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.RankFunction;
import io.leat.runtime.type.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Each row with values computed from the rows of its partition, behind its own columns.
 *
 * <p>Rows that are equal in the order follow each other as their sources have them, or, where they are made from several rows, by
 * their columns, left to right.
 *
 * @param partition columns in which the rows of a partition agree; none for a single partition
 * @param ties columns that say where rows stand in their sources, in the order in which they count; none if that is not known
 */
public record Over(
        LogicalPlan input,
        List<Integer> partition,
        List<SortKey> order,
        List<Integer> ties,
        List<WindowCall> calls,
        Origin at)
        implements LogicalPlan {
    public Over {
        partition = List.copyOf(partition);
        order = List.copyOf(order);
        ties = List.copyOf(ties);
        calls = List.copyOf(calls);
        Plans.checkPartition(input, partition, order, ties);
        List<Field> fields = input.output();
        calls.forEach(call -> call.arguments().forEach(argument -> Plans.checkColumns(argument, fields)));
    }

    @Override
    public List<Field> output() {
        List<Field> added = calls.stream()
                .map(call -> new Field(call.name(), call.type(), call.nullable()))
                .toList();
        return Plans.concat(input.output(), added);
    }

    @Override
    public Traits traits() {
        List<Set<Integer>> numbers = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i) instanceof WindowCall.Ranking ranking && ranking.function() == RankFunction.ROW_NUMBER) {
                Set<Integer> key = new HashSet<>(partition);
                key.add(input.output().size() + i);
                numbers.add(key);
            }
        }
        return input.traits().ofPartitions(partition, numbers);
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
        return new Over(inputs.get(0), partition, order, ties, calls, at);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.over(this);
    }
}
