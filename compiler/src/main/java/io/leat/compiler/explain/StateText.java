package io.leat.compiler.explain;

import io.leat.compiler.physical.HashAggregation;
import io.leat.compiler.physical.PhysicalOperator;
import io.leat.compiler.physical.PhysicalOperator.BuildTable;
import io.leat.compiler.physical.PhysicalOperator.EmitGroups;
import io.leat.compiler.physical.PhysicalOperator.EvaluateWindows;
import io.leat.compiler.physical.PhysicalOperator.FormSessions;
import io.leat.compiler.physical.PhysicalOperator.JoinStreams;
import io.leat.compiler.physical.PhysicalOperator.RankRows;
import io.leat.compiler.physical.PhysicalOperator.SortRows;
import io.leat.compiler.physical.PhysicalPlan;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.job.NodeSpec.JoinSide;
import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.state.TableLayout.AccumulatorSlot;
import io.leat.runtime.state.TableLayout.ColumnSlot;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema.Leaf;
import io.leat.runtime.window.Closing;
import java.util.List;
import java.util.stream.Collectors;

/** What a job keeps, in which layout, and what frees it. */
final class StateText {
    private StateText() {}

    static void write(PhysicalPlan plan, Lines out) {
        boolean any = false;
        for (PhysicalPlan.Phase phase : plan.phases()) {
            for (PhysicalOperator operator : phase.operators()) {
                any |= write(operator, out);
            }
        }
        if (!any) {
            out.add(0, "no state: rows pass through");
        }
    }

    private static boolean write(PhysicalOperator operator, Lines out) {
        if (operator instanceof EmitGroups emit) {
            groups(emit.aggregation(), out);
            return true;
        }
        if (operator instanceof BuildTable build) {
            out.add(0, build.id() + " static table: one entry per row, in memory");
            out.add(1, "bounded by its input; kept until the job ends");
            layout(build.layout(), out);
            return true;
        }
        if (operator instanceof JoinStreams join) {
            if (join.bound().isPresent() && join.bound().get() instanceof JoinBound.AsOf asOf) {
                AsOfStateText.write(join, asOf, out);
                return true;
            }
            side(join, true, out);
            side(join, false, out);
            return true;
        }
        if (operator instanceof RankRows rank) {
            boolean grows = rank.rows().weighted();
            String kept =
                    grows ? "all rows of each partition" : "the first " + rank.limit() + " rows of each partition";
            partitions(rank.id() + " first rows: " + kept, rank.rows(), out);
            return true;
        }
        if (operator instanceof EvaluateWindows over) {
            partitions(over.id() + " window functions: all rows of each partition", over.rows(), out);
            return true;
        }
        if (operator instanceof FormSessions sessions) {
            sessions(sessions, out);
            return true;
        }
        if (operator instanceof SortRows sort) {
            String bound = sort.limit() < 0
                    ? "bounded by its input"
                    : "bounded: the first " + (sort.limit() + sort.offset()) + " rows";
            out.add(0, sort.id() + " sort: rows in memory");
            out.add(1, bound + "; freed at the end of the input");
            return true;
        }
        return false;
    }

    private static void sessions(FormSessions sessions, Lines out) {
        out.add(0, sessions.id() + " sessions: one entry per row, by key and time");
        out.add(
                1,
                "freed when the watermark passes the end of its session, " + Durations.text(sessions.gap())
                        + " behind the last row of it");
        List<Leaf> leaves = sessions.schema().leaves();
        int first = sessions.schema().firstLeaf(sessions.keys());
        String bytes = KeyedBytes.keyAndRow(leaves.subList(0, first), true, leaves.subList(first, leaves.size() - 1));
        out.add(1, "entry of " + bytes + ", and 8 bytes for how often the row came");
        out.add(1, "timer of 8 bytes and the key, one for each time of it");
    }

    private static void side(JoinStreams join, boolean isLeft, Lines out) {
        String name = isLeft ? "left" : "right";
        JoinSide side = isLeft ? join.left() : join.right();
        boolean ordered = join.bound().isPresent() && join.bound().get() instanceof JoinBound.Distance;
        out.add(0, join.id() + " join, " + name + " side: one entry per row, by key" + (ordered ? " and time" : ""));
        out.add(1, freed(join, isLeft));
        List<Leaf> leaves = side.schema().leaves();
        int firstKey = side.weighted() ? 1 : 0;
        int firstColumn = side.schema().firstLeaf(side.firstColumn());
        List<Leaf> keys = leaves.subList(firstKey, firstColumn);
        List<Leaf> columns = leaves.subList(firstColumn, leaves.size() - 1);
        out.add(
                1,
                "entry of " + KeyedBytes.keyAndRow(keys, ordered, columns) + ", and 20 bytes for weight and partners");
        if (join.bound().isPresent()) {
            out.add(1, "timer of 8 bytes and the entry's key");
        }
    }

    private static String freed(JoinStreams join, boolean isLeft) {
        if (join.bound().isEmpty()) {
            return join.endless()
                    ? "W1001: nothing frees it; bound the join in time"
                    : "bounded by its input; freed when the other side has ended";
        }
        if (join.bound().get() instanceof JoinBound.Distance distance) {
            long beyond = isLeft ? -distance.from() : distance.to();
            return "freed when the watermark of the other side passes the row's time"
                    + (beyond == 0 ? "" : (beyond < 0 ? " - " : " + ") + Durations.text(Math.abs(beyond)));
        }
        return "freed when the watermarks of both sides pass the end of its window";
    }

    private static void partitions(String title, PartitionSpec rows, Lines out) {
        out.add(0, title);
        out.add(
                1,
                rows.windowed()
                        ? "freed when the watermark passes the end of their window"
                        : "bounded by its input; freed at the end of it");
        List<Field> fields = rows.input().fields();
        StringBuilder key = new StringBuilder("key: partition");
        fields.subList(rows.firstKey(), rows.firstKey() + rows.keys())
                .forEach(field -> key.append(", ").append(field.name()));
        rows.order()
                .forEach(by -> key.append(", ").append(fields.get(by.column()).name()));
        out.add(1, key.toString());
        out.add(
                1,
                "value: "
                        + fields.subList(rows.firstKey(), fields.size() - 1).stream()
                                .map(field -> field.name() + " " + field.type().sql())
                                .collect(Collectors.joining(", ")));
    }

    private static void groups(HashAggregation aggregation, Lines out) {
        out.add(0, aggregation.id() + " groups: one entry per group" + scope(aggregation));
        out.add(1, freed(aggregation));
        layout(aggregation.layout(), out);
        for (int i = 0; i < aggregation.valueCounts(); i++) {
            out.add(1, "counts of values " + (i + 1) + ": one entry per group and value that is there");
        }
        for (int i = 0; i < aggregation.sets().size(); i++) {
            out.add(1, "distinct values " + (i + 1) + ": one entry per group and value");
            layout(aggregation.sets().get(i).layout(), out);
        }
    }

    private static String scope(HashAggregation aggregation) {
        if (aggregation.closing() instanceof Closing.AtEnd) {
            return "";
        }
        return aggregation.closing() instanceof Closing.BySlice bySlice
                        && !bySlice.windowing().isTumbling()
                ? " and slice of " + Durations.text(bySlice.windowing().sliceWidth())
                : " and window";
    }

    private static String freed(HashAggregation aggregation) {
        if (aggregation.closing() instanceof Closing.AtEnd) {
            return "bounded by its input; freed at the end of it";
        }
        return aggregation.closing() instanceof Closing.BySlice bySlice
                ? "freed when the watermark passes the end of its last window, "
                        + Durations.text(bySlice.windowing().size()) + " after it begins"
                : "freed when the watermark passes the end of its window";
    }

    private static void layout(TableLayout layout, Lines out) {
        out.add(1, "entry of " + layout.width() + " bytes");
        columns("key", layout.keys(), out);
        columns("column", layout.columns(), out);
        for (AccumulatorSlot slot : layout.accumulators()) {
            out.add(2, "at " + slot.offset() + " accumulator " + slot.name() + ", " + slot.width() + " bytes");
        }
    }

    private static void columns(String kind, List<ColumnSlot> slots, Lines out) {
        for (ColumnSlot slot : slots) {
            String nullable = slot.nullBit() < 0 ? "" : ", NULL at bit " + slot.nullBit();
            out.add(
                    2,
                    "at " + slot.offset() + " " + kind + " " + slot.name() + " "
                            + slot.type().sql() + nullable);
        }
    }
}
