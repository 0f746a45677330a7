package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
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
 * @param placed by which columns, as they are after the last step, rows are spread over workers: those that agree in them are on the
 *     same one, found by the hash of these columns in this order. Several lists if any of them will do, none if that is not known
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
        List<List<Integer>> placed,
        List<Step> steps,
        int columns) {

    Path {
        from = List.copyOf(from);
        placed = placed.stream().map(List::copyOf).toList();
        steps = List.copyOf(steps);
    }

    /** Rows as an operator yields them. */
    static Path of(int from, Schema input, boolean parallel) {
        return new Path(
                List.of(from), input, false, false, false, Pace.OF_ROWS, parallel, List.of(), List.of(), input.size());
    }

    static Path ofScan(int from, Schema input, boolean judged, long patience) {
        Pace pace = Pace.later(patience);
        return new Path(List.of(from), input, false, true, judged, pace, true, List.of(), List.of(), input.size());
    }

    /** Rows of a scan that come and go: they arrive with their weight in front. */
    static Path ofChangelog(int from, Schema input, boolean judged, long patience) {
        Pace pace = Pace.later(patience);
        Schema weighted = new Schema(Operators.weighted(input.fields()));
        return new Path(List.of(from), weighted, true, true, judged, pace, true, List.of(), List.of(), input.size());
    }

    /** Changes, each with its weight. */
    static Path ofChanges(List<Integer> from, Schema weighted, boolean parallel) {
        return new Path(
                from, weighted, true, false, false, Pace.OF_ROWS, parallel, List.of(), List.of(), weighted.size() - 1);
    }

    Path then(Step step, int newColumns) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Path(from, input, weighted, source, judged, pace, parallel, after(step), more, newColumns);
    }

    /** Where the columns are behind a step that rows are spread by. */
    private List<List<Integer>> after(Step step) {
        if (!(step instanceof Step.Projection projection)) {
            return placed;
        }
        List<List<Integer>> kept = new ArrayList<>();
        for (List<Integer> by : placed) {
            List<Integer> moved =
                    by.stream().map(column -> position(column, projection)).toList();
            if (!moved.contains(-1)) {
                kept.add(moved);
            }
        }
        return kept;
    }

    private static int position(int column, Step.Projection projection) {
        for (int i = 0; i < projection.expressions().size(); i++) {
            if (projection.expressions().get(i) instanceof Expr.Column each && each.index() == column) {
                return i;
            }
        }
        return -1;
    }

    /** The same rows, of which is known how they are spread over workers. */
    Path placedBy(List<List<Integer>> by) {
        return new Path(from, input, weighted, source, judged, pace, parallel, by, steps, columns);
    }

    /** The rows go by the clock from here on, and none is late. */
    Path byClock() {
        return new Path(from, input, weighted, source, false, Pace.OF_CLOCK, parallel, placed, steps, columns);
    }

    /** The rows go by a time from here on that no watermark speaks of, so that none is late, and all is over with the last row. */
    Path atEnd() {
        return new Path(from, input, weighted, source, false, Pace.AT_END, parallel, placed, steps, columns);
    }

    /** Whether the rows can be handed on as they are. */
    boolean isBare(List<Field> wanted) {
        return steps.isEmpty()
                && !source
                && pace.equals(Pace.OF_ROWS)
                && input.fields().equals(wanted);
    }

    /** Where the rows come from, to be worked on by the same worker. */
    List<Edge> local() {
        return from.stream().map(id -> new Edge(id, Distribution.LOCAL)).toList();
    }
}
