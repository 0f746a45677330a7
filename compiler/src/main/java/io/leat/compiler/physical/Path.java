package io.leat.compiler.physical;

import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.Pace;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows on their way from where they last rested, with what is to be done to each. A plan is lowered to one path, or several where a
 * union ends.
 *
 * @param from operators that yield the rows
 * @param input the columns that arrive
 * @param weighted whether the first of them is the weight of a change, which steps do not see
 * @param source whether the rows come from a scan and have not rested since
 * @param judged whether they can be late
 * @param pace how watermarks go on from here
 * @param parallel whether they may be on any worker, rather than on the first one
 * @param columns how many columns there are after the last step
 */
record Path(
        List<Integer> from,
        Schema input,
        boolean weighted,
        boolean source,
        boolean judged,
        Pace pace,
        boolean parallel,
        List<Step> steps,
        int columns) {

    Path {
        from = List.copyOf(from);
        steps = List.copyOf(steps);
    }

    /** Rows as an operator yields them. */
    static Path of(int from, Schema input, boolean parallel) {
        return new Path(List.of(from), input, false, false, false, Pace.OF_ROWS, parallel, List.of(), input.size());
    }

    static Path ofScan(int from, Schema input, boolean judged, long patience) {
        Pace pace = Pace.later(patience);
        return new Path(List.of(from), input, false, true, judged, pace, true, List.of(), input.size());
    }

    /** Changes, each with its weight. */
    static Path ofChanges(List<Integer> from, Schema weighted, boolean parallel) {
        return new Path(from, weighted, true, false, false, Pace.OF_ROWS, parallel, List.of(), weighted.size() - 1);
    }

    Path then(Step step, int newColumns) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Path(from, input, weighted, source, judged, pace, parallel, more, newColumns);
    }

    /** Whether the rows can be handed on as they are. */
    boolean isBare(List<Field> wanted) {
        return steps.isEmpty() && !source && !pace.byClock() && input.fields().equals(wanted);
    }

    /** Where the rows come from, to be worked on by the same worker. */
    List<Edge> local() {
        return from.stream().map(id -> new Edge(id, Distribution.LOCAL)).toList();
    }
}
