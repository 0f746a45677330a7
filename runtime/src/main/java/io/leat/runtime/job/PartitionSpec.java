package io.leat.runtime.job;

import io.leat.runtime.job.NodeSpec.SortKey;
import io.leat.runtime.type.Schema;
import java.util.List;

/**
 * Rows that an operator keeps by partition, in order.
 *
 * @param input the rows that come: the weight if there is one, the columns that partitions agree in, other columns, and the hash of the
 *     former
 * @param weighted whether rows also go away: the first column is their weight
 * @param keys how many columns partitions agree in; of a windowed partition the first one is the end of its window
 * @param order what rows are ordered by, as columns of the input, and what equals follow each other by
 * @param orderKeys how many of these were asked for; rows that agree in them are equal
 * @param windowed whether a partition is complete when its window closes; otherwise when all rows have come
 * @param changes whether what rows change is told at once, with weights; otherwise rows are told once, when the partition is complete
 * @param columns which columns of the input go on with a row
 * @param output rows that are told: the weight if changes are told, these columns, and what the operator adds
 */
public record PartitionSpec(
        Schema input,
        boolean weighted,
        int keys,
        List<SortKey> order,
        int orderKeys,
        boolean windowed,
        boolean changes,
        List<Integer> columns,
        Schema output) {
    public PartitionSpec {
        order = List.copyOf(order);
        columns = List.copyOf(columns);
    }

    /** How many columns come before those that partitions agree in. */
    public int firstKey() {
        return weighted ? 1 : 0;
    }

    /** How many columns come before those that go on. */
    public int firstOutput() {
        return changes ? 1 : 0;
    }
}
