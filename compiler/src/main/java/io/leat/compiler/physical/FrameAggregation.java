package io.leat.compiler.physical;

import io.leat.runtime.job.FrameSpec;
import java.util.List;

/**
 * The aggregates of an operator over one frame.
 *
 * @param columns the columns of the rows that the pipeline takes, behind the number of a group
 * @param aggregation groups by a number
 * @param pipeline adds rows to the groups
 */
public record FrameAggregation(
        FrameSpec frame, List<Integer> columns, HashAggregation aggregation, PhysicalOperator.Pipeline pipeline) {
    public FrameAggregation {
        columns = List.copyOf(columns);
    }
}
