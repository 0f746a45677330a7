package io.leat.compiler.explain;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.compiler.logical.WindowCall;
import io.leat.compiler.logical.WindowCall.Bound;
import io.leat.compiler.logical.WindowCall.Frame;
import io.leat.compiler.physical.PhysicalOperator.EvaluateWindows;
import io.leat.runtime.job.FrameSpec;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.type.Field;
import java.util.List;
import java.util.stream.Collectors;

/** Window functions, their partitions and frames as text. */
final class WindowText {
    private WindowText() {}

    /** {@code  by [a] order [b DESC]}, what there is of it. */
    static String partitions(List<Field> fields, List<Integer> partition, List<SortKey> order) {
        String by = partition.stream().map(column -> fields.get(column).name()).collect(Collectors.joining(", "));
        return (by.isEmpty() ? "" : " by [" + by + "]") + (order.isEmpty() ? "" : " order " + order(fields, order));
    }

    /** The partitions of rows at rest, with what equals follow each other by. */
    static String partitions(PartitionSpec rows) {
        List<Field> fields = rows.input().fields();
        String by = fields.subList(rows.firstKey(), rows.firstKey() + rows.keys()).stream()
                .map(Field::name)
                .collect(Collectors.joining(", "));
        String told = rows.changes() ? "every change" : rows.windowed() ? "when its window closes" : "at the end";
        return (by.isEmpty() ? "" : " by [" + by + "]") + " order " + order(fields, keys(rows.order())) + ", " + told;
    }

    private static List<SortKey> keys(List<NodeSpec.SortKey> keys) {
        return keys.stream()
                .map(key -> new SortKey(key.column(), key.descending(), key.nullsFirst()))
                .toList();
    }

    /** The columns that window functions add. */
    static List<Field> added(EvaluateWindows over) {
        List<Field> fields = over.rows().output().fields();
        return fields.subList(fields.size() - over.functions().size(), fields.size());
    }

    static String order(List<Field> fields, List<SortKey> keys) {
        return keys.stream()
                .map(key -> fields.get(key.column()).name()
                        + (key.descending() ? " DESC" : "")
                        + (key.nullsFirst() ? " NULLS FIRST" : ""))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    static String call(WindowCall call) {
        if (call instanceof WindowCall.Ranking ranking) {
            return ranking.function().name();
        }
        if (call instanceof WindowCall.Tile tile) {
            return "NTILE(" + tile.buckets() + ")";
        }
        if (call instanceof WindowCall.Shift shift) {
            String fallback = shift.fallback()
                    .map(value -> ", " + ExpressionText.of(value))
                    .orElse("");
            String name = shift.distance() > 0 ? "LEAD(" : "LAG(";
            return name + ExpressionText.of(shift.value()) + ", " + Math.abs(shift.distance()) + fallback + ")"
                    + nulls(shift.ignoreNulls());
        }
        if (call instanceof WindowCall.Pick pick) {
            return pick(pick) + nulls(pick.ignoreNulls()) + frame(pick.frame());
        }
        WindowCall.Total total = (WindowCall.Total) call;
        return LogicalText.call(total.call()) + frame(total.frame());
    }

    private static String pick(WindowCall.Pick pick) {
        String value = ExpressionText.of(pick.value());
        if (pick.rank() == 1) {
            return "FIRST_VALUE(" + value + ")";
        }
        return pick.rank() == -1 ? "LAST_VALUE(" + value + ")" : "NTH_VALUE(" + value + ", " + pick.rank() + ")";
    }

    private static String nulls(boolean ignored) {
        return ignored ? " IGNORE NULLS" : "";
    }

    private static String frame(Frame frame) {
        String exclusion = frame.exclusion() == FrameSpec.Exclusion.NONE
                ? ""
                : " EXCLUDE " + frame.exclusion().name().replace('_', ' ');
        return " " + frame.unit() + " " + bound(frame.start()) + " TO " + bound(frame.end()) + exclusion;
    }

    private static String bound(Bound bound) {
        String distance = bound.distance()
                .map((Expr.Literal literal) -> ExpressionText.of(literal) + " ")
                .orElse("");
        return distance + bound.kind().name().replace('_', ' ');
    }
}
