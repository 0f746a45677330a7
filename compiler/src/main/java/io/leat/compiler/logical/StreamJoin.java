package io.leat.compiler.logical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.JoinTime.AsOf;
import io.leat.compiler.logical.JoinTime.Interval;
import io.leat.compiler.logical.JoinTime.SameWindow;
import io.leat.compiler.logical.JoinTime.Unbounded;
import io.leat.compiler.logical.Traits.Changelog;
import io.leat.compiler.logical.Traits.WindowColumns;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Pairs of rows for which a condition is TRUE, where both sides may go on: each row meets those of the other side that came before
 * it, and those that come later. Columns of the left side first; a semi or anti join has no others, one that marks
 * rows has the mark behind them.
 *
 * @param time is part of the condition, beside {@code condition}
 */
public record StreamJoin(JoinKind kind, LogicalPlan left, LogicalPlan right, Expr condition, JoinTime time, Origin at)
        implements LogicalPlan {
    public StreamJoin {
        Plans.check(condition.type().equals(Type.BOOLEAN), "a join condition that is not boolean");
        Plans.checkColumns(condition, Plans.concat(left.output(), right.output()));
        Plans.check(
                !(time instanceof AsOf) || kind == JoinKind.INNER || kind == JoinKind.LEFT,
                "a join as of a time that is neither inner nor left");
    }

    @Override
    public List<Field> output() {
        List<Field> fields = new ArrayList<>();
        boolean padsLeft = kind == JoinKind.FULL;
        boolean padsRight = padsLeft || kind == JoinKind.LEFT;
        left.output().forEach(field -> fields.add(padsLeft ? Field.nullable(field.name(), field.type()) : field));
        if (kind.hasRightColumns()) {
            right.output().forEach(field -> fields.add(padsRight ? Field.nullable(field.name(), field.type()) : field));
        }
        if (kind == JoinKind.MARK) {
            fields.add(Plans.MARK);
        }
        return fields;
    }

    /** Whether rows that were told can be taken back because of what comes later. */
    public boolean takesBack() {
        if (time instanceof Interval interval && kind != JoinKind.SEMI) {
            return !interval.endsLeft() && kind.asksOfLeft() || !interval.endsRight() && kind.asksOfRight();
        }
        return time instanceof Unbounded && kind != JoinKind.INNER;
    }

    /** Whether each row of the left side is there once at most. */
    private boolean keepsKeys() {
        boolean once = !kind.hasRightColumns() || time instanceof AsOf;
        return once || kind != JoinKind.FULL && Plans.matchesAtMostOne(left, right, condition);
    }

    @Override
    public Traits traits() {
        Traits ofLeft = left.traits();
        Traits ofRight = right.traits();
        // As of a time, each row of the left side is told once, when its answer is known.
        boolean appends = time instanceof AsOf
                || !takesBack()
                        && ofLeft.changelog() == Changelog.APPEND
                        && (kind == JoinKind.SEMI || ofRight.changelog() == Changelog.APPEND);
        // Where rows of the left side are kept for ever, pairs may be as old as these.
        boolean isKept = time instanceof Unbounded || time instanceof Interval interval && !interval.endsLeft();
        boolean timed = !isKept && kind != JoinKind.FULL;
        Optional<WindowColumns> window = timed ? window(ofLeft) : Optional.empty();
        OptionalInt eventTime = timed ? eventTime(ofLeft, window) : OptionalInt.empty();
        return new Traits(
                Traits.later(ofLeft.end(), ofRight.end()),
                appends ? Changelog.APPEND : Changelog.RETRACT,
                eventTime,
                window,
                keepsKeys() ? ofLeft.uniqueKeys() : List.of());
    }

    /** The window of the rows: pairs of one are told when it is over; what is looked up leaves a row where it is. */
    private Optional<WindowColumns> window(Traits ofLeft) {
        if (time instanceof JoinTime.Lookup) {
            return ofLeft.window();
        }
        return time instanceof SameWindow
                ? ofLeft.window()
                        .map(each -> new WindowColumns(each.kind(), each.start(), each.end(), each.time(), true))
                : Optional.empty();
    }

    private OptionalInt eventTime(Traits ofLeft, Optional<WindowColumns> window) {
        if (!(time instanceof SameWindow)) {
            return ofLeft.eventTime();
        }
        return window.filter(each -> each.time() >= 0)
                .map(each -> OptionalInt.of(each.time()))
                .orElse(OptionalInt.empty());
    }

    @Override
    public List<LogicalPlan> inputs() {
        return List.of(left, right);
    }

    @Override
    public LogicalPlan withInputs(List<LogicalPlan> inputs) {
        return new StreamJoin(kind, inputs.get(0), inputs.get(1), condition, time, at);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.streamJoin(this);
    }
}
