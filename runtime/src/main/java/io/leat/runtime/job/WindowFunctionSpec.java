package io.leat.runtime.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.type.Schema;
import java.util.List;

/** A column that a window function adds to the rows of a partition. Columns are those of the rows that come. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "function")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WindowFunctionSpec.Ranking.class, name = "ranking"),
    @JsonSubTypes.Type(value = WindowFunctionSpec.Tile.class, name = "tile"),
    @JsonSubTypes.Type(value = WindowFunctionSpec.Shift.class, name = "shift"),
    @JsonSubTypes.Type(value = WindowFunctionSpec.Pick.class, name = "pick"),
    @JsonSubTypes.Type(value = WindowFunctionSpec.Total.class, name = "total"),
})
public sealed interface WindowFunctionSpec {

    /** The row's place in its partition. */
    record Ranking(RankFunction rank) implements WindowFunctionSpec {}

    /** The number of the part that the row is in, where the partition is cut into so many of nearly the same size. */
    record Tile(long buckets) implements WindowFunctionSpec {}

    /**
     * A value of the row that stands so many rows away.
     *
     * @param distance positive for rows behind this one, negative for rows before it
     * @param fallback the column, of this row, that stands for a row that is not there; -1 for NULL
     * @param ignoreNulls whether rows with a NULL value do not count
     */
    record Shift(int column, long distance, int fallback, boolean ignoreNulls) implements WindowFunctionSpec {}

    /**
     * A value of one row of the frame.
     *
     * @param rank which row, from 1; negative if counted from the end
     * @param ignoreNulls whether rows with a NULL value do not count
     */
    record Pick(int column, long rank, boolean ignoreNulls, FrameSpec frame) implements WindowFunctionSpec {}

    /**
     * A result over the rows of a frame.
     *
     * @param totals which of the {@link Totals}
     * @param result which column of its results
     */
    record Total(int totals, int result) implements WindowFunctionSpec {}

    /**
     * Aggregates over one frame.
     *
     * @param columns the columns of the rows that the aggregates take
     * @param feed what the pipeline takes: the number of a group, then these columns
     * @param tableClass the generated table, with the number of a group as its key
     * @param layouts of the table, then of the sets of DISTINCT calls
     * @param distinct whether there are such sets
     * @param pipelineClass the generated pipeline that adds rows to the table
     * @param positions of the pipeline's expressions
     * @param results what a group yields
     * @param at {@code line:column} of the aggregates
     */
    record Totals(
            FrameSpec frame,
            List<Integer> columns,
            Schema feed,
            String tableClass,
            List<TableLayout> layouts,
            boolean distinct,
            String pipelineClass,
            List<Constant> constants,
            List<String> positions,
            Schema results,
            String at) {
        public Totals {
            columns = List.copyOf(columns);
            layouts = List.copyOf(layouts);
            constants = List.copyOf(constants);
            positions = List.copyOf(positions);
        }
    }
}
