package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Expr.Compare.Operator;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.JoinTime.AsOf;
import io.leat.compiler.logical.JoinTime.TimeColumn;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.StreamJoin;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Relation.Expiring;
import io.leat.runtime.connector.SourceTraits.End;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.type.Type.TimestampType;
import java.util.List;
import java.util.Optional;

/**
 * The plan of a join as of a time, of which is known what times are compared: by event time where both are such, otherwise with a right
 * side that ends.
 */
final class AsOfJoin {
    private final Context context;
    private final Problems problems;
    private final LogicalPlan left;
    private final LogicalPlan right;
    private final Optional<VersionedRows> versions;
    private final Optional<Expiring> expiry;
    private final Origin at;
    private final int width;

    /**
     * @param versions what the right side is, if its rows are versions
     * @param at the join
     */
    AsOfJoin(
            Context context,
            LogicalPlan left,
            LogicalPlan right,
            Optional<VersionedRows> versions,
            Optional<Expiring> expiry,
            Origin at) {
        this.context = context;
        this.problems = context.problems();
        this.left = left;
        this.right = right;
        this.versions = versions;
        this.expiry = expiry;
        this.at = at;
        this.width = left.output().size();
    }

    /** The columns of both sides, in their places. */
    LogicalPlan plan(JoinKind kind, Expr condition, Compare times) {
        Optional<AsOf> timed = JoinTimes.asOf(left, right, times);
        if (timed.isPresent()) {
            return new StreamJoin(kind, left, right, condition, ofVersions(expiring(timed.get(), times)), at);
        }
        refuseExpiry();
        checkAtRest(times);
        LogicalPlan ofLeft = withColumn(left, times.left());
        LogicalPlan ofRight = withColumn(right, Exprs.move(times.right(), column -> column - width));
        int leftTime = column(left, times.left());
        int rightTime = column(right, Exprs.move(times.right(), column -> column - width));
        long unit = times.left().type() instanceof TimestampType type && !type.nanos() ? type.unit() : 1;
        AsOf time = new AsOf(
                new TimeColumn(leftTime, 0),
                new TimeColumn(rightTime, 0),
                times.operator() == Operator.GREATER ? unit : 0,
                Long.MAX_VALUE,
                false,
                List.of(),
                -1,
                false);
        int added = ofLeft.output().size() - width;
        Expr moved = Exprs.move(condition, column -> column < width ? column : column + added);
        LogicalPlan join = new StreamJoin(kind, ofLeft, ofRight, moved, ofVersions(time), at);
        return join.output().size() == width + right.output().size() ? join : without(join, added);
    }

    private AsOf ofVersions(AsOf time) {
        return versions.map(each -> time.ofVersions(each.gone(), each.first())).orElse(time);
    }

    private AsOf expiring(AsOf asOf, Compare times) {
        if (expiry.isEmpty()) {
            return asOf;
        }
        boolean isStrict = times.operator() == Operator.GREATER;
        long unit = ((TimestampType) times.left().type()).unit();
        long least = isStrict ? asOf.from() - unit : asOf.from();
        // Expired is who is as old as that, so the oldest row that is found is a microsecond younger.
        long to = least + new ExpiryBinder(context).micros(expiry.get()) - 1;
        if (to < asOf.from()) {
            throw problems.abandon(
                    ErrorCode.BAD_WINDOW,
                    expiry.get().after().at(),
                    "no row would be found: each has expired when the next moment of its column comes",
                    "write a longer interval, such as EXPIRE AFTER INTERVAL '1' HOUR");
        }
        return new AsOf(asOf.left(), asOf.right(), asOf.from(), to, true, asOf.ties(), -1, false);
    }

    /** To be asked where rows are not joined by event time. */
    void refuseExpiry() {
        if (expiry.isPresent()) {
            throw problems.abandon(
                    ErrorCode.NO_WATERMARK,
                    expiry.get().after().at(),
                    "rows expire as event time goes on, and these are not joined by it",
                    "leave EXPIRE AFTER out, or compare the event times of both sides");
        }
    }

    /** Without watermarks that say it, a row of the left side is done with when the right side has ended. */
    private void checkAtRest(Compare times) {
        if (right.traits().end() == End.UNBOUNDED) {
            boolean isLeft = left.traits().eventTime().isEmpty();
            boolean any = isLeft || right.traits().eventTime().isEmpty();
            throw problems.abandon(
                    any ? ErrorCode.NO_WATERMARK : ErrorCode.NO_TIME_COLUMN,
                    times.at(),
                    any
                            ? "the " + (isLeft ? "left" : "right")
                                    + " side has no event time, so nothing says when the last row is known"
                            : "a stream is joined as of its event time, and this compares something else",
                    any
                            ? "declare its WATERMARK, and compare the event times of both sides"
                            : "compare the event times of both sides, those that have a WATERMARK");
        }
        boolean ordered = switch (times.left().type().physical()) {
            case INT8, INT16, INT32, INT64 -> true;
            case ROW, BOOL, FLOAT32, FLOAT64, INT128, BYTES -> false;
        };
        if (!ordered) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    times.at(),
                    "an ASOF JOIN compares times, dates or whole numbers, and this is "
                            + times.left().type().sql(),
                    "cast both sides to TIMESTAMP, DATE or BIGINT");
        }
    }

    private static LogicalPlan withColumn(LogicalPlan plan, Expr expression) {
        if (expression instanceof Expr.Column) {
            return plan;
        }
        return new LogicalPlan.Project(
                plan,
                Plans.concat(Plans.columns(plan, expression.at()), List.of(expression)),
                Plans.concat(Plans.names(plan), List.of("$time")),
                expression.at());
    }

    private static int column(LogicalPlan plan, Expr expression) {
        return expression instanceof Expr.Column column
                ? column.index()
                : plan.output().size();
    }

    /** The join without the columns that were computed for it, behind those of each side. */
    private LogicalPlan without(LogicalPlan join, int added) {
        List<Expr> columns = Plans.columns(join, at);
        List<String> names = Plans.names(join);
        int from = width + added;
        int to = from + right.output().size();
        return new LogicalPlan.Project(
                join,
                Plans.concat(columns.subList(0, width), columns.subList(from, to)),
                Plans.concat(names.subList(0, width), names.subList(from, to)),
                at);
    }
}
