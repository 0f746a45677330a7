package io.leat.compiler.oracle;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.compiler.logical.WindowCall;
import io.leat.compiler.logical.WindowCall.Bound;
import io.leat.compiler.logical.WindowCall.Frame;
import io.leat.runtime.job.FrameSpec;
import io.leat.runtime.job.FrameSpec.BoundKind;
import io.leat.runtime.job.RankFunction;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.FloatType;
import io.leat.runtime.type.Type.IntervalType;
import io.leat.runtime.type.Type.TimestampType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** What window functions say of the rows of one partition, by their definitions: for each row all others are looked at. */
final class Partitions {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final List<Row> rows;
    private final List<SortKey> order;
    private final List<Field> fields;
    private final BiFunction<Row, Expr, Object> values;

    /**
     * @param rows of one partition, in order
     * @param fields of the rows
     * @param values computes an expression over a row
     */
    Partitions(List<Row> rows, List<SortKey> order, List<Field> fields, BiFunction<Row, Expr, Object> values) {
        this.rows = rows;
        this.order = order;
        this.fields = fields;
        this.values = values;
    }

    /** The order of two rows by these keys. */
    static int compare(List<SortKey> keys, Row left, Row right) {
        int order = 0;
        for (int i = 0; i < keys.size() && order == 0; i++) {
            SortKey key = keys.get(i);
            Object a = left.value(key.column());
            Object b = right.value(key.column());
            if (a == null || b == null) {
                int nulls = Boolean.compare(b == null, a == null);
                order = key.nullsFirst() ? nulls : -nulls;
            } else {
                order = key.descending() ? Values.compare(b, a) : Values.compare(a, b);
            }
        }
        return order;
    }

    private boolean equals(int left, int right) {
        return compare(order, rows.get(left), rows.get(right)) == 0;
    }

    /** What a call says of a row. */
    Object value(WindowCall call, int row) {
        if (call instanceof WindowCall.Ranking ranking) {
            return place(ranking.function(), row);
        }
        if (call instanceof WindowCall.Tile tile) {
            long size = rows.size() / tile.buckets();
            long larger = rows.size() % tile.buckets();
            long inLarger = larger * (size + 1);
            return row < inLarger ? row / (size + 1) + 1 : larger + (row - inLarger) / size + 1;
        }
        if (call instanceof WindowCall.Shift shift) {
            return shifted(shift, row);
        }
        if (call instanceof WindowCall.Pick pick) {
            return picked(pick, row);
        }
        WindowCall.Total total = (WindowCall.Total) call;
        List<Object> taken = new ArrayList<>();
        for (int i : frame(total.frame(), row)) {
            boolean counts = total.call()
                    .filter()
                    .map(filter -> Boolean.TRUE.equals(value(filter, i)))
                    .orElse(true);
            Object value = total.call().argument().isPresent()
                    ? value(total.call().argument().get(), i)
                    : Boolean.TRUE;
            taken.add(counts ? value : null);
        }
        try {
            return Aggregation.result(
                    total.call().function(), taken, total.call().distinct());
        } catch (NoValue e) {
            throw new Relations.Failure(null, new RowFailure(total.call().at(), e.getMessage()));
        }
    }

    private Object value(Expr expression, int row) {
        return values.apply(rows.get(row), expression);
    }

    Object place(RankFunction function, int row) {
        int first = row;
        while (first > 0 && equals(first - 1, row)) {
            first--;
        }
        int groups = 1;
        for (int i = 1; i <= row; i++) {
            groups += equals(i - 1, i) ? 0 : 1;
        }
        int behind = row + 1;
        while (behind < rows.size() && equals(behind, row)) {
            behind++;
        }
        return switch (function) {
            case ROW_NUMBER -> (Object) (row + 1L);
            case RANK -> first + 1L;
            case DENSE_RANK -> (long) groups;
            case PERCENT_RANK -> rows.size() == 1 ? 0.0 : (double) first / (rows.size() - 1);
            case CUME_DIST -> (double) behind / rows.size();
        };
    }

    private Object shifted(WindowCall.Shift shift, int row) {
        int step = shift.distance() < 0 ? -1 : 1;
        long left = Math.abs(shift.distance());
        int at = row;
        while (left > 0 && at >= 0 && at < rows.size()) {
            at += step;
            boolean exists = at >= 0 && at < rows.size();
            if (exists && (!shift.ignoreNulls() || value(shift.value(), at) != null)) {
                left--;
            }
        }
        if (at >= 0 && at < rows.size()) {
            return value(shift.value(), at);
        }
        return shift.fallback().map(fallback -> value(fallback, row)).orElse(null);
    }

    private Object picked(WindowCall.Pick pick, int row) {
        List<Object> taken = new ArrayList<>();
        for (int i : frame(pick.frame(), row)) {
            Object value = value(pick.value(), i);
            if (!pick.ignoreNulls() || value != null) {
                taken.add(value);
            }
        }
        long index = pick.rank() > 0 ? pick.rank() - 1 : taken.size() + pick.rank();
        return index >= 0 && index < taken.size() ? taken.get((int) index) : null;
    }

    /** The rows of the frame of a row. */
    private List<Integer> frame(Frame frame, int row) {
        List<Integer> inside = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            boolean excluded = switch (frame.exclusion()) {
                case NONE -> false;
                case CURRENT_ROW -> i == row;
                case GROUP -> equals(i, row);
                case TIES -> i != row && equals(i, row);
            };
            if (!excluded && distance(frame, frame.start(), i, row) >= 0 && distance(frame, frame.end(), i, row) <= 0) {
                inside.add(i);
            }
        }
        return inside;
    }

    /** Where a row is, seen from a bound of the frame of another: before it, at it, or behind it. */
    private int distance(Frame frame, Bound bound, int row, int of) {
        if (bound.kind() == BoundKind.UNBOUNDED_PRECEDING) {
            return 1;
        }
        if (bound.kind() == BoundKind.UNBOUNDED_FOLLOWING) {
            return -1;
        }
        if (frame.unit() == FrameSpec.Unit.ROWS) {
            return Long.compare(row, of + count(bound));
        }
        if (frame.unit() == FrameSpec.Unit.GROUPS) {
            return Long.compare(group(row), group(of) + count(bound));
        }
        return bound.kind() == BoundKind.CURRENT_ROW
                ? Integer.signum(compare(order, rows.get(row), rows.get(of)))
                : valueDistance(bound, row, of);
    }

    private static long count(Bound bound) {
        long count = bound.distance().map(distance -> (Long) distance.value()).orElse(0L);
        return bound.kind() == BoundKind.PRECEDING ? -count : count;
    }

    private int group(int row) {
        int group = 0;
        for (int i = 1; i <= row; i++) {
            group += equals(i - 1, i) ? 0 : 1;
        }
        return group;
    }

    /** NULLs stand beyond all values, at any distance, and are equal to each other. */
    private int valueDistance(Bound bound, int row, int of) {
        SortKey key = order.get(0);
        Object value = rows.get(row).value(key.column());
        Object center = rows.get(of).value(key.column());
        if (value == null || center == null) {
            return Integer.signum(compare(order, rows.get(row), rows.get(of)));
        }
        BigDecimal by = by(bound.distance().orElseThrow(), fields.get(key.column()));
        boolean up = bound.kind() == BoundKind.FOLLOWING ^ key.descending();
        BigDecimal limit = up ? number(center).add(by) : number(center).subtract(by);
        if (fields.get(key.column()).type() instanceof FloatType) {
            // Distances between floating-point numbers are such numbers, too.
            limit = new BigDecimal(limit.doubleValue());
        }
        int side = number(value).compareTo(limit);
        return key.descending() ? -side : side;
    }

    private static BigDecimal number(Object value) {
        return value instanceof Double || value instanceof Float
                ? new BigDecimal(((Number) value).doubleValue())
                : Numbers.exact(value);
    }

    private static BigDecimal by(Expr.Literal distance, Field of) {
        BigDecimal by = number(distance.value());
        if (!(distance.type() instanceof IntervalType)) {
            return by;
        }
        if (of.type() instanceof DateType) {
            return by.divide(BigDecimal.valueOf(MICROS_PER_DAY));
        }
        boolean nanos =
                of.type() instanceof TimestampType time && time.precision() > TimestampType.MAX_MICROS_PRECISION;
        return nanos ? by.movePointRight(3) : by;
    }
}
