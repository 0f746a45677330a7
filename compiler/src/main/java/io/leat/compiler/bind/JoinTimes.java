package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.JoinTime.AsOf;
import io.leat.compiler.logical.JoinTime.Interval;
import io.leat.compiler.logical.JoinTime.SameWindow;
import io.leat.compiler.logical.JoinTime.TimeColumn;
import io.leat.compiler.logical.JoinTime.Unbounded;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Traits;
import io.leat.compiler.logical.Traits.WindowColumns;
import io.leat.compiler.logical.WindowKind;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.TimestampType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the bound in time in the condition of a join: windows that are equal in start and end, or event times whose distance is bounded
 * on both sides by constants. Anything else is no bound.
 */
final class JoinTimes {
    private final LogicalPlan left;
    private final LogicalPlan right;
    private final int width;
    private final List<Expr> rest = new ArrayList<>();
    private final List<Distance> distances = new ArrayList<>();

    /**
     * A condition with its bound taken out.
     *
     * @param condition what is left; of windows, their equality stays
     */
    record Found(JoinTime time, Expr condition) {}

    /** {@code left - right >= least}, {@code <= most}, in microseconds. */
    private record Distance(TimeColumn left, TimeColumn right, long least, long most) {
        boolean isOf(Distance other) {
            return left.equals(other.left) && right.equals(other.right);
        }
    }

    /** A column plus a constant. */
    private record Shifted(int column, long shift) {}

    private JoinTimes(LogicalPlan left, LogicalPlan right) {
        this.left = left;
        this.right = right;
        this.width = left.output().size();
    }

    /**
     * @param known how far the event times may be apart at most because rows expire; it has precedence, and may be open at one end
     */
    static Found find(LogicalPlan left, LogicalPlan right, Expr condition, Optional<Interval> known) {
        JoinTimes times = new JoinTimes(left, right);
        return known.isPresent() ? times.narrowed(condition, known.get()) : times.find(condition);
    }

    /**
     * A comparison of the event time of the left side with that of the right one as what a join goes by; empty if it compares anything
     * else.
     *
     * @param times {@code >=} or {@code >}, left side first
     */
    static Optional<AsOf> asOf(LogicalPlan left, LogicalPlan right, Compare times) {
        JoinTimes found = new JoinTimes(left, right);
        found.distance(times);
        return found.distances.stream()
                .findFirst()
                .map(each ->
                        new AsOf(each.left(), each.right(), each.least(), Long.MAX_VALUE, true, List.of(), -1, false));
    }

    private Found find(Expr condition) {
        List<Expr> conjuncts = Exprs.conjuncts(condition);
        Optional<SameWindow> window = sameWindow(conjuncts);
        if (window.isPresent()) {
            return new Found(window.get(), condition);
        }
        conjuncts.forEach(this::distance);
        for (Distance first : distances) {
            Interval interval = all(first);
            if (!interval.isOpen()) {
                return new Found(interval, without(conjuncts, first));
            }
        }
        return new Found(new Unbounded(), condition);
    }

    private Found narrowed(Expr condition, Interval known) {
        List<Expr> conjuncts = Exprs.conjuncts(condition);
        Distance first = new Distance(known.left(), known.right(), known.from(), known.to());
        distances.add(first);
        conjuncts.forEach(this::distance);
        Interval interval = all(first);
        return new Found(interval, without(conjuncts, first));
    }

    /** What is known of how far the two times are apart. */
    private Interval all(Distance first) {
        long from = Interval.OPEN_FROM;
        long to = Interval.OPEN_TO;
        for (Distance other : distances) {
            if (other.isOf(first)) {
                from = Math.max(from, other.least());
                to = Math.min(to, other.most());
            }
        }
        return new Interval(first.left(), first.right(), from, to);
    }

    /** The conjuncts that say something else than how far these two times are apart. */
    private Expr without(List<Expr> conjuncts, Distance bound) {
        rest.clear();
        for (Expr conjunct : conjuncts) {
            distances.clear();
            distance(conjunct);
            if (distances.isEmpty() || !distances.get(0).isOf(bound)) {
                rest.add(conjunct);
            }
        }
        return Exprs.and(rest);
    }

    // ---- windows
    // -------------------------------------------------------------------------------------------------------

    private Optional<SameWindow> sameWindow(List<Expr> conjuncts) {
        Optional<WindowColumns> ofLeft = left.traits().window();
        Optional<WindowColumns> ofRight = right.traits().window();
        boolean goes = Plans.comesAndGoes(left) || Plans.comesAndGoes(right);
        if (goes || ofLeft.isEmpty() || ofRight.isEmpty()) {
            return Optional.empty();
        }
        boolean starts = areEqual(conjuncts, ofLeft.get().start(), ofRight.get().start());
        boolean ends = areEqual(conjuncts, ofLeft.get().end(), ofRight.get().end());
        return starts && ends
                ? Optional.of(new SameWindow(ofLeft.get().end(), ofRight.get().end()))
                : Optional.empty();
    }

    private boolean areEqual(List<Expr> conjuncts, int ofLeft, int ofRight) {
        if (ofLeft < 0 || ofRight < 0) {
            return false;
        }
        return conjuncts.stream().anyMatch(conjunct -> {
            if (!(conjunct instanceof Compare compare) || compare.operator() != Compare.Operator.EQUAL) {
                return false;
            }
            Optional<Shifted> a = shifted(compare.left());
            Optional<Shifted> b = shifted(compare.right());
            Shifted leftBound = new Shifted(ofLeft, 0);
            Shifted rightBound = new Shifted(width + ofRight, 0);
            return a.filter(leftBound::equals).isPresent()
                            && b.filter(rightBound::equals).isPresent()
                    || a.filter(rightBound::equals).isPresent()
                            && b.filter(leftBound::equals).isPresent();
        });
    }

    // ---- distances
    // -----------------------------------------------------------------------------------------------------

    private void distance(Expr conjunct) {
        if (!(conjunct instanceof Compare compare)) {
            return;
        }
        Optional<Shifted> a = shifted(compare.left());
        Optional<Shifted> b = shifted(compare.right());
        if (a.isEmpty() || b.isEmpty()) {
            return;
        }
        boolean straight = a.get().column() < width && b.get().column() >= width;
        boolean crossed = b.get().column() < width && a.get().column() >= width;
        if (!straight && !crossed) {
            return;
        }
        Shifted ofLeft = straight ? a.get() : b.get();
        Shifted ofRight = straight ? b.get() : a.get();
        Optional<TimeColumn> leftTime = eventTime(left.traits(), ofLeft.column());
        Optional<TimeColumn> rightTime = eventTime(right.traits(), ofRight.column() - width);
        if (leftTime.isEmpty() || rightTime.isEmpty()) {
            return;
        }
        // left + s OP right + t, where left and right are columns; event times are these plus a shift of their own.
        long apart = ofRight.shift()
                - ofLeft.shift()
                + leftTime.get().shift()
                - rightTime.get().shift();
        long unit = ((TimestampType) compare.left().type()).unit();
        Compare.Operator operator = straight ? compare.operator() : mirrored(compare.operator());
        long none = Interval.OPEN_FROM;
        long any = Interval.OPEN_TO;
        Distance known = switch (operator) {
            case EQUAL -> new Distance(leftTime.get(), rightTime.get(), apart, apart);
            case LESS -> new Distance(leftTime.get(), rightTime.get(), none, apart - unit);
            case LESS_OR_EQUAL -> new Distance(leftTime.get(), rightTime.get(), none, apart);
            case GREATER -> new Distance(leftTime.get(), rightTime.get(), apart + unit, any);
            case GREATER_OR_EQUAL -> new Distance(leftTime.get(), rightTime.get(), apart, any);
            case NOT_EQUAL, DISTINCT, NOT_DISTINCT -> null;
        };
        if (known != null) {
            distances.add(known);
        }
    }

    /** The operator that says the same with the sides changed. */
    static Compare.Operator mirrored(Compare.Operator operator) {
        return switch (operator) {
            case LESS -> Compare.Operator.GREATER;
            case LESS_OR_EQUAL -> Compare.Operator.GREATER_OR_EQUAL;
            case GREATER -> Compare.Operator.LESS;
            case GREATER_OR_EQUAL -> Compare.Operator.LESS_OR_EQUAL;
            default -> operator;
        };
    }

    /** The event time in terms of a column: the column itself, or a bound of a window that has closed. */
    private static Optional<TimeColumn> eventTime(Traits traits, int column) {
        if (traits.changelog() == Traits.Changelog.RETRACT) {
            // A row that goes may be behind what has been freed by its time.
            return Optional.empty();
        }
        if (traits.eventTime().isPresent() && traits.eventTime().getAsInt() == column) {
            return Optional.of(new TimeColumn(column, 0));
        }
        Optional<WindowColumns> window = traits.window().filter(WindowColumns::fired);
        if (window.isEmpty()) {
            return Optional.empty();
        }
        if (column == window.get().time()) {
            return Optional.of(new TimeColumn(column, 0));
        }
        // The row's event time is the last one of its window; the watermark's unit is a microsecond.
        if (column == window.get().end()) {
            return Optional.of(new TimeColumn(column, -1));
        }
        // How long a window is must be known from its kind alone.
        boolean isStart = column == window.get().start() && window.get().kind().startDetermines();
        return isStart && window.get().kind() instanceof WindowKind.Even even
                ? Optional.of(new TimeColumn(column, even.windowing().size() - 1))
                : Optional.empty();
    }

    /** A column of time plus or minus constant intervals. */
    private static Optional<Shifted> shifted(Expr expression) {
        if (expression instanceof Expr.Column column) {
            boolean isTime = column.type() instanceof TimestampType type && !type.nanos();
            return isTime ? Optional.of(new Shifted(column.index(), 0)) : Optional.empty();
        }
        if (expression instanceof Expr.Cast cast) {
            boolean keeps = cast.type() instanceof TimestampType to
                    && cast.value().type() instanceof TimestampType from
                    && to.local() == from.local()
                    && !to.nanos()
                    && to.precision() >= from.precision();
            return keeps ? shifted(cast.value()) : Optional.empty();
        }
        if (!(expression instanceof Expr.Call call) || call.arguments().size() != 2) {
            return Optional.empty();
        }
        boolean minus = call.function().name().equals("-");
        if (!minus && !call.function().name().equals("+")) {
            return Optional.empty();
        }
        Optional<Long> second = interval(call.arguments().get(1));
        if (second.isPresent()) {
            return shifted(call.arguments().get(0))
                    .map(each -> new Shifted(each.column(), each.shift() + (minus ? -second.get() : second.get())));
        }
        Optional<Long> first =
                minus ? Optional.empty() : interval(call.arguments().get(0));
        return first.flatMap(shift ->
                shifted(call.arguments().get(1)).map(each -> new Shifted(each.column(), each.shift() + shift)));
    }

    private static Optional<Long> interval(Expr expression) {
        if (expression instanceof Expr.Literal literal
                && literal.type().equals(Type.INTERVAL_MICROS)
                && literal.value() instanceof Long micros) {
            return Optional.of(micros);
        }
        if (expression instanceof Expr.Call call
                && call.arguments().size() == 1
                && call.function().name().equals("-")) {
            return interval(call.arguments().get(0)).map(micros -> -micros);
        }
        return Optional.empty();
    }
}
