package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Case;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Expr.Compare.Operator;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.JoinTime.AsOf;
import io.leat.compiler.logical.JoinTime.TimeColumn;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.ProcessingTime;
import io.leat.compiler.logical.StreamJoin;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Relation.Expiring;
import io.leat.grammar.tree.Relation.JoinKind;
import io.leat.runtime.connector.SourceTraits.End;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.TimestampType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Joins as of a time: each row of the left side with the last row of the right side that has its key and is not later. {@code ASOF
 * JOIN} says with a comparison which times are meant; {@code FOR SYSTEM_TIME AS OF} names that of the left side, and the right side's
 * is its event time.
 *
 * <p>Where both are event times, watermarks say when a row of the left side has met all rows that could be its partner. Otherwise it
 * has when the right side has ended, so that one has to end.
 */
final class AsOfBinder {
    private static final String EQUALITIES =
            "compare for equality and put other conditions into WHERE, or into a subquery of that side";

    private final Context context;
    private final Problems problems;
    private final BoundRelation left;
    /** Its versions, where they are what is joined. */
    private BoundRelation right;

    private Optional<VersionedRows> versions = Optional.empty();

    private final Optional<Expiring> expiry;
    private final Origin at;
    private final int width;

    /**
     * @param at the join
     */
    AsOfBinder(Context context, BoundRelation left, JoinedSide side, Origin at) {
        this.context = context;
        this.problems = context.problems();
        this.left = left;
        this.right = side.rows();
        this.expiry = side.expiry();
        this.at = at;
        this.width = left.plan().output().size();
    }

    // ---- ASOF JOIN
    // ----------------------------------------------------------------------------------------------------

    /** The plan of {@code ASOF JOIN}: one conjunct compares the times, the others ask for equality. */
    LogicalPlan compared(JoinKind kind, Expr condition) {
        refuseChangelog();
        List<Expr> equal = new ArrayList<>();
        List<Compare> unequal = new ArrayList<>();
        for (Expr conjunct : Exprs.conjuncts(condition)) {
            if (isOfBothSides(conjunct, true)) {
                equal.add(conjunct);
            } else if (isOfBothSides(conjunct, false)) {
                unequal.add(leftFirst((Compare) conjunct));
            } else {
                throw problems.abandon(
                        ErrorCode.NOT_SUPPORTED,
                        conjunct.at(),
                        "an ASOF JOIN compares columns of its two sides, and asks nothing else",
                        EQUALITIES);
            }
        }
        if (unequal.size() != 1) {
            throw problems.abandon(
                    ErrorCode.MISPLACED_CLAUSE,
                    unequal.isEmpty() ? at : unequal.get(1).at(),
                    unequal.isEmpty()
                            ? "this ASOF JOIN does not say as of what"
                            : "an ASOF JOIN compares one time with one other",
                    "write one comparison such as a.ts >= b.ts beside the equal columns");
        }
        Compare times = unequal.get(0);
        if (times.operator() != Operator.GREATER && times.operator() != Operator.GREATER_OR_EQUAL) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    times.at(),
                    "an ASOF JOIN finds the last row that is not later, not the next one",
                    "write left.ts >= right.ts, or change the sides");
        }
        return plan(kind == JoinKind.ASOF ? JoinKind.INNER : JoinKind.LEFT, Exprs.and(equal), times);
    }

    private boolean isOfBothSides(Expr conjunct, boolean equality) {
        if (!(conjunct instanceof Compare compare)) {
            return false;
        }
        boolean wanted = switch (compare.operator()) {
            case EQUAL -> equality;
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> !equality;
            case NOT_EQUAL, DISTINCT, NOT_DISTINCT -> false;
        };
        return wanted
                && !(compare.left().type() instanceof Type.RowType)
                && (isOf(compare.left(), true) && isOf(compare.right(), false)
                        || isOf(compare.left(), false) && isOf(compare.right(), true));
    }

    private boolean isOf(Expr expression, boolean ofLeft) {
        return !Exprs.columns(expression).isEmpty()
                && Exprs.columns(expression).stream().allMatch(column -> column < width == ofLeft);
    }

    private Compare leftFirst(Compare compare) {
        return isOf(compare.left(), true)
                ? compare
                : new Compare(JoinTimes.mirrored(compare.operator()), compare.right(), compare.left(), compare.at());
    }

    // ---- FOR SYSTEM_TIME AS OF
    // ----------------------------------------------------------------------------------------

    /**
     * The plan of a join with {@code FOR SYSTEM_TIME AS OF}.
     *
     * @param condition asks for equality
     * @param time as of what, over the left side
     */
    LogicalPlan temporal(JoinKind kind, Expr condition, Expression time) {
        if (kind != JoinKind.INNER && kind != JoinKind.LEFT) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    at,
                    "only JOIN and LEFT JOIN look up rows as of a time",
                    "write JOIN or LEFT JOIN, with the rows to look up on the right side");
        }
        int before = problems.errors();
        Expr asOf = new ExpressionBinder(context, left).bind(time);
        if (problems.errors() > before) {
            throw new Problems.Abandoned();
        }
        if (isProcessingTime(asOf)) {
            return newest(kind, condition, time.at());
        }
        versions = VersionedRows.of(right.plan());
        if (versions.isPresent()) {
            return versioned(kind, condition, asOf, time.at());
        }
        for (Expr conjunct : Exprs.conjuncts(condition)) {
            if (!isOfBothSides(conjunct, true)) {
                throw problems.abandon(
                        ErrorCode.NOT_SUPPORTED,
                        conjunct.at(),
                        "a join as of a time asks for equal columns of its two sides, and nothing else",
                        EQUALITIES);
            }
        }
        return asOf(kind, condition, asOf, time.at());
    }

    /** Joined as of a time by the key of the versions; what else is asked, is asked of the version that is found. */
    private LogicalPlan versioned(JoinKind kind, Expr condition, Expr asOf, Origin time) {
        VersionedRows rows = versions.orElseThrow();
        int visible = right.plan().output().size();
        List<Field> fields = Plans.concat(left.plan().output(), rows.plan().output());
        Expr widened = VersionedRows.widened(condition, fields);
        Set<Expr> keys = rows.keys(widened, width)
                .orElseThrow(() -> problems.abandon(
                        ErrorCode.NOT_SUPPORTED,
                        at,
                        "the right side has a version for each key, and this does not ask for a whole key",
                        "compare each column of its key with one of the left side: " + keyText(rows)));
        right = right.with(rows.plan());
        List<Expr> found = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        Exprs.conjuncts(widened).forEach(each -> (keys.contains(each) ? found : rest).add(each));
        LogicalPlan join = asOf(kind, Exprs.and(found), asOf, time);
        if (rest.isEmpty()) {
            return join;
        }
        if (kind == JoinKind.INNER) {
            return new LogicalPlan.Filter(join, Exprs.and(rest), at);
        }
        // A version for which the rest does not hold is none.
        Expr holds = VersionedRows.widened(Exprs.and(rest), join.output());
        List<Expr> columns = Plans.columns(join, at);
        List<Expr> kept = new ArrayList<>(columns.subList(0, width));
        for (Expr column : columns.subList(width, width + visible)) {
            Literal none = new Literal(null, column.type(), at);
            kept.add(new Case(List.of(new Case.Branch(holds, column)), none, column.type(), at));
        }
        return new LogicalPlan.Project(join, kept, Plans.names(join).subList(0, width + visible), at);
    }

    private String keyText(VersionedRows rows) {
        return rows.key().stream()
                .map(column -> column < 0
                        ? "(one that the query leaves out)"
                        : right.plan().output().get(column).name())
                .collect(Collectors.joining(", "));
    }

    private LogicalPlan asOf(JoinKind kind, Expr condition, Expr asOf, Origin time) {
        refuseChangelog();
        OptionalInt eventTime = right.plan().traits().eventTime();
        if (eventTime.isEmpty()) {
            throw problems.abandon(
                    ErrorCode.NO_WATERMARK,
                    at,
                    "the right side has no event time, so nothing says since when its rows are valid",
                    versions.isPresent()
                            ? "declare its WATERMARK, and keep that column in what is selected of it"
                            : right.plan().traits().end() == End.UNBOUNDED
                                    ? "declare its WATERMARK, or join it without FOR SYSTEM_TIME AS OF"
                                    : "a plain JOIN looks up its rows as they are; ASOF JOIN … ON a.ts >= b.ts names a time of them");
        }
        Expr version =
                Exprs.move(Plans.columns(right.plan(), time).get(eventTime.getAsInt()), column -> column + width);
        Expr compared = new ExpressionBinder(context, left).compare(Operator.GREATER_OR_EQUAL, asOf, version, time);
        if (!(compared instanceof Compare times)) {
            throw new Problems.Abandoned();
        }
        if (Exprs.columns(asOf).isEmpty()) {
            throw problems.abandon(
                    ErrorCode.NO_TIME_COLUMN,
                    time,
                    "as of one moment for all rows is no join as of a time",
                    "name the event time of the left side, such as FOR SYSTEM_TIME AS OF a.ts");
        }
        return plan(kind, condition, times);
    }

    /** What stands at a time is told once, so neither what asks nor what answers may go again. */
    private void refuseChangelog() {
        for (BoundRelation side : List.of(right, left)) {
            if (Plans.comesAndGoes(side.plan())) {
                String name = ChangeChecks.changelog(side.plan()).table().name();
                throw problems.abandon(
                        ErrorCode.NOT_SUPPORTED,
                        at,
                        "a join as of a time does not take back what it told, and rows of '" + name + "' come and go",
                        side == right
                                ? "FOR SYSTEM_TIME AS OF joins versions of tables with PRIMARY KEY and WATERMARK, and AS OF PROCTIME() looks up"
                                        + " the last rows"
                                : "use a plain JOIN, or AS OF PROCTIME()");
            }
        }
    }

    private boolean isProcessingTime(Expr time) {
        return ProcessingTime.isProcessingTime(time)
                || time instanceof Expr.Column column && ProcessingTime.isIn(left.plan(), column.index());
    }

    /** As of now: the rows of a table that is read before the first row, as they are. */
    private LogicalPlan newest(JoinKind kind, Expr condition, Origin time) {
        if (JoinPlans.streams(right.plan())) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    time,
                    "what a stream has brought by now differs from run to run",
                    "name the event time of the left side instead, such as FOR SYSTEM_TIME AS OF a.ts");
        }
        refuseExpiry();
        if (LookupBinder.asks(right.plan())) {
            return new LookupBinder(problems, left.plan(), right.plan(), at).plan(runtimeKind(kind), condition);
        }
        return JoinPlans.join(kind, left.plan(), right.plan(), condition, Optional.empty(), at);
    }

    private static io.leat.runtime.job.JoinKind runtimeKind(JoinKind kind) {
        return kind == JoinKind.LEFT ? io.leat.runtime.job.JoinKind.LEFT : io.leat.runtime.job.JoinKind.INNER;
    }

    // ---- plans
    // --------------------------------------------------------------------------------------------------------

    /** The columns of both sides, in their places. */
    private LogicalPlan plan(JoinKind kind, Expr condition, Compare times) {
        io.leat.runtime.job.JoinKind runtimeKind = runtimeKind(kind);
        Optional<AsOf> timed = JoinTimes.asOf(left.plan(), right.plan(), times);
        if (timed.isPresent()) {
            return new StreamJoin(
                    runtimeKind, left.plan(), right.plan(), condition, ofVersions(expiring(timed.get(), times)), at);
        }
        refuseExpiry();
        checkAtRest(times);
        LogicalPlan ofLeft = withColumn(left.plan(), times.left());
        LogicalPlan ofRight = withColumn(right.plan(), Exprs.move(times.right(), column -> column - width));
        int leftTime = column(left.plan(), times.left());
        int rightTime = column(right.plan(), Exprs.move(times.right(), column -> column - width));
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
        LogicalPlan join = new StreamJoin(runtimeKind, ofLeft, ofRight, moved, ofVersions(time), at);
        return join.output().size() == width + right.plan().output().size() ? join : without(join, added);
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

    private void refuseExpiry() {
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
        if (right.plan().traits().end() == End.UNBOUNDED) {
            boolean isLeft = left.plan().traits().eventTime().isEmpty();
            boolean any = isLeft || right.plan().traits().eventTime().isEmpty();
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
        int to = from + right.plan().output().size();
        return new LogicalPlan.Project(
                join,
                Plans.concat(columns.subList(0, width), columns.subList(from, to)),
                Plans.concat(names.subList(0, width), names.subList(from, to)),
                at);
    }
}
