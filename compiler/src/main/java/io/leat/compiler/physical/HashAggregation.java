package io.leat.compiler.physical;

import io.leat.compiler.function.AggregateFunction;
import io.leat.compiler.function.Aggregates;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.window.Closing;
import java.util.List;

/**
 * What a group is and what is kept of it; shared by the pipelines that feed an aggregate and the operator that emits it.
 *
 * @param id of the operator
 * @param keyTypes of the group's columns
 * @param packed whether all key columns are held as one run of bytes, because they are many
 * @param calls the aggregates
 * @param sets the values that DISTINCT calls have seen; none where rows also go away, since values are counted then
 * @param perPartition whether rows of different source partitions are kept apart until a window fires
 * @param weighted whether rows also go away: they come with a weight
 * @param changes whether each change of a result is emitted at once, with a weight in the first column
 * @param rowsAt offset in an entry of the count of the group's rows, or {@link #NOT_COUNTED}
 * @param output rows that are emitted
 * @param columns where the columns of the output come from, behind the weight if there is one
 */
public record HashAggregation(
        int id,
        List<Type> keyTypes,
        boolean packed,
        TableLayout layout,
        List<Call> calls,
        List<DistinctValues> sets,
        Closing closing,
        boolean perPartition,
        boolean weighted,
        boolean changes,
        int rowsAt,
        Schema output,
        List<OutputColumn> columns) {
    /** Groups that come with their first row and stay need no count. */
    public static final int NOT_COUNTED = -1;

    public HashAggregation {
        keyTypes = List.copyOf(keyTypes);
        calls = List.copyOf(calls);
        sets = List.copyOf(sets);
        columns = List.copyOf(columns);
    }

    /**
     * An aggregate call.
     *
     * @param offset of its state in an entry
     * @param set the set that decides whether a value counts, or, where rows also go away, the count of values that says which are
     *     there; -1 if every value is simply added
     * @param distinct whether each value counts once
     */
    public record Call(AggregateFunction function, int offset, int set, boolean distinct) {}

    /** Whether there is one group, with or without rows; any other is there no more when all rows have left it. */
    public boolean isSingle() {
        return layout.keys().isEmpty() && closing instanceof Closing.AtEnd;
    }

    /**
     * Whether the groups of some rows, merged with those of others, are the groups of all, in whatever pieces rows come. Sums of
     * floating-point numbers depend on how they are put together, compensated ones in their last bits, too; lists get no shorter; sets and
     * counts of values stay with the group that they belong to.
     */
    boolean isMergeable() {
        return sets.isEmpty()
                && valueCounts() == 0
                && calls.stream().map(Call::function).allMatch(Aggregates::isMergeable);
    }

    /** How many counts of values are kept beside the groups. */
    public int valueCounts() {
        return weighted ? 1 + calls.stream().mapToInt(Call::set).max().orElse(-1) : 0;
    }

    /** Values that were seen in a group. */
    public record DistinctValues(Type type, TableLayout layout) {}

    /** Where a column of the output comes from. */
    public sealed interface OutputColumn {
        record Key(int index) implements OutputColumn {}

        record Result(int call) implements OutputColumn {}

        record WindowStart() implements OutputColumn {}

        record WindowEnd() implements OutputColumn {}

        /** The end of the window minus one unit of its precision. */
        record WindowTime(long unit) implements OutputColumn {}
    }
}
