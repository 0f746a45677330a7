package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Case;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Expr.Compare.Operator;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.ProcessingTime;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Relation.Expiring;
import io.leat.grammar.tree.Relation.JoinKind;
import io.leat.runtime.connector.SourceTraits.End;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
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
        return join().plan(
                        runtimeKind(kind == JoinKind.ASOF ? JoinKind.INNER : JoinKind.LEFT), Exprs.and(equal), times);
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
        return join().plan(runtimeKind(kind), condition, times);
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
        join().refuseExpiry();
        if (LookupBinder.asks(right.plan())) {
            return new LookupBinder(problems, left.plan(), right.plan(), at).plan(runtimeKind(kind), condition);
        }
        return JoinPlans.join(kind, left.plan(), right.plan(), condition, Optional.empty(), at);
    }

    /** The join of the sides as they are now. */
    private AsOfJoin join() {
        return new AsOfJoin(context, left.plan(), right.plan(), versions, expiry, at);
    }

    private static io.leat.runtime.job.JoinKind runtimeKind(JoinKind kind) {
        return kind == JoinKind.LEFT ? io.leat.runtime.job.JoinKind.LEFT : io.leat.runtime.job.JoinKind.INNER;
    }
}
