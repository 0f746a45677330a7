package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.function.Aggregates;
import io.leat.compiler.function.Operators;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Repeat;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Query.SetOperator;
import io.leat.grammar.tree.Query.SetOperator.Kind;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * UNION, INTERSECT and EXCEPT. The latter two are groups of the equal rows of both queries, where NULL equals NULL, and know which
 * query a row comes from; with ALL they count how many come from each, and a row comes as often as the counts say.
 */
final class SetOperationBinder {
    /** What columns are called that say of which side rows are: no column of a query has such a name. */
    private static final String SIDE = "$side";

    private final QueryBinder queries;
    private final Context context;
    private final Problems problems;

    SetOperationBinder(QueryBinder queries) {
        this.queries = queries;
        this.context = queries.context();
        this.problems = context.problems();
    }

    /** Whether groups are those of an INTERSECT or EXCEPT. */
    static boolean isOne(Aggregate groups) {
        return !groups.calls().isEmpty() && groups.calls().get(0).name().startsWith(SIDE);
    }

    BoundRelation bind(SetOperator operator, List<BoundRelation> written, Origin at) {
        Kind kind = operator.kind();
        List<BoundRelation> inputs = operator.byName() ? new ColumnsByName(problems, kind, at).of(written) : written;
        Optional<Expiry> expiry = expiry(kind, inputs, at);
        int width = inputs.get(0).visible().size();
        if (kind == Kind.UNION) {
            LogicalPlan union = new LogicalPlan.Union(unified(kind, inputs, at), at);
            List<BoundRelation.Entry> names =
                    BoundRelation.of(union, "").names().subList(0, width);
            BoundRelation rows = new BoundRelation(union, names, expiry);
            return operator.all() ? rows : queries.distinct(rows, at);
        }
        List<BoundRelation> settled = inputs.stream()
                .map(input -> queries.show(input, expiry.isPresent(), at))
                .toList();
        List<LogicalPlan> plans = unified(kind, settled, at);
        queries.refuseRows(plans.get(0).output(), at);
        if (operator.all()) {
            return BoundRelation.of(firstColumns(counted(kind, plans, width, expiry, at), width, at), "");
        }
        LogicalPlan rows = plans.get(0);
        for (LogicalPlan other : plans.subList(1, plans.size())) {
            rows = firstColumns(told(kind, List.of(rows, other), width, expiry, at), width, at);
        }
        return BoundRelation.of(rows, "");
    }

    /** How long rows of all queries stand: equal ones belong to the life of one group, wherever they come from. */
    private Optional<Expiry> expiry(Kind kind, List<BoundRelation> inputs, Origin at) {
        Optional<Expiry> first = inputs.stream()
                .map(BoundRelation::expiry)
                .flatMap(Optional::stream)
                .findFirst();
        if (first.isEmpty()) {
            return first;
        }
        boolean agree = inputs.stream()
                .allMatch(input -> input.expiry()
                        .filter(expiry -> expiry.micros() == first.get().micros())
                        .isPresent());
        if (!agree || kind != Kind.UNION && inputs.size() > 2) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    first.get().at(),
                    agree
                            ? "rows that expire are compared with those of one other query"
                            : "rows of one query expire, and those of the other do not, or at another time",
                    agree
                            ? "compare two queries in a subquery of its own"
                            : "write the same EXPIRE AFTER in all queries of the " + kind);
        }
        boolean timed =
                inputs.stream().map(input -> input.plan().traits().eventTime()).allMatch(OptionalInt::isPresent);
        if (!timed) {
            throw first.get().withoutTime();
        }
        inputs.forEach(input -> input.expiry().ifPresent(Expiry::use));
        return first;
    }

    // ---- groups
    // --------------------------------------------------------------------------------------------------------

    /** Rows that are in both, or not in the second one: what matters is only which sides there are, so that no other change is told. */
    private LogicalPlan told(Kind kind, List<LogicalPlan> sides, int width, Optional<Expiry> expiry, Origin at) {
        LogicalPlan union = new LogicalPlan.Union(List.of(marked(sides.get(0), 0), marked(sides.get(1), 1)), at);
        Expr side = last(union, at);
        List<AggregateCall> calls = List.of(call("MIN", side, "least", at), call("MAX", side, "most", at));
        LogicalPlan groups = groups(union, width, expiry, calls, at);
        Expr least = Plans.columns(groups, at).get(width);
        Expr most = Plans.columns(groups, at).get(width + 1);
        Expr first = new Compare(Compare.Operator.EQUAL, least, side(0, at), at);
        Expr last = new Compare(Compare.Operator.EQUAL, most, side(kind == Kind.INTERSECT ? 1 : 0, at), at);
        return new LogicalPlan.Filter(groups, new Expr.Logical(true, List.of(first, last), at), at);
    }

    private static AggregateCall call(String function, Expr side, String name, Origin at) {
        return new AggregateCall(
                Aggregates.bind(function, Type.INT).orElseThrow(),
                Optional.of(side),
                false,
                Optional.empty(),
                SIDE + "_" + name,
                at);
    }

    private static Expr last(LogicalPlan plan, Origin at) {
        List<Expr> columns = Plans.columns(plan, at);
        return columns.get(columns.size() - 1);
    }

    private LogicalPlan counted(Kind kind, List<LogicalPlan> plans, int width, Optional<Expiry> expiry, Origin at) {
        // What is left out of EXCEPT's first query may be in any of the others.
        int sides = kind == Kind.EXCEPT ? 2 : plans.size();
        List<LogicalPlan> marked = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            marked.add(marked(plans.get(i), Math.min(i, sides - 1)));
        }
        LogicalPlan union = new LogicalPlan.Union(marked, at);
        Expr mark = last(union, at);
        List<AggregateCall> calls = new ArrayList<>();
        for (int side = 0; side < sides; side++) {
            Expr isOfSide = new Compare(Compare.Operator.EQUAL, mark, side(side, at), at);
            calls.add(new AggregateCall(
                    Aggregates.countRows(), Optional.empty(), false, Optional.of(isOfSide), SIDE + (side + 1), at));
        }
        LogicalPlan groups = groups(union, width, expiry, calls, at);
        List<Expr> counts = Plans.columns(groups, at).subList(width, width + sides);
        return new Repeat(groups, times(kind, counts, at), at);
    }

    /** Groups of the rows that are equal in the columns of the queries; others say which side they are of, and when they were. */
    private LogicalPlan groups(
            LogicalPlan union, int width, Optional<Expiry> expiry, List<AggregateCall> calls, Origin at) {
        List<Expr> keys = Plans.columns(union, at).subList(0, width);
        return new AggregateBinder(problems).aggregate(union, expiry, keys, calls, at);
    }

    private static LogicalPlan firstColumns(LogicalPlan plan, int width, Origin at) {
        return new LogicalPlan.Project(
                plan,
                Plans.columns(plan, at).subList(0, width),
                Plans.names(plan).subList(0, width),
                at);
    }

    private static Expr side(long side, Origin at) {
        return new Expr.Literal(side, Type.INT, at);
    }

    /** The rows with a column behind them that says which side they are of. */
    private static LogicalPlan marked(LogicalPlan plan, long side) {
        List<Expr> columns = new ArrayList<>(Plans.columns(plan, plan.at()));
        columns.add(side(side, plan.at()));
        return new LogicalPlan.Project(plan, columns, Plans.concat(Plans.names(plan), List.of(SIDE)), plan.at());
    }

    private Expr times(Kind kind, List<Expr> counts, Origin at) {
        if (kind == Kind.INTERSECT) {
            return new Expr.Extreme(false, counts, Type.BIGINT, at);
        }
        return new ExpressionBinder(context, QueryBinder.nothing(at))
                .call(
                        Operators.bind(Operators.Binary.SUBTRACT, Type.BIGINT, Type.BIGINT)
                                .orElseThrow(),
                        counts,
                        at);
    }

    // ---- columns
    // -------------------------------------------------------------------------------------------------------

    /** The inputs with columns of the types they have in common. */
    private List<LogicalPlan> unified(Kind kind, List<BoundRelation> inputs, Origin at) {
        List<List<Field>> columns = new ArrayList<>();
        for (BoundRelation input : inputs) {
            List<Field> fields = input.visible().stream()
                    .map(entry -> input.plan().output().get(entry.column()))
                    .toList();
            columns.add(fields);
            if (fields.size() != columns.get(0).size()) {
                throw problems.abandon(
                        ErrorCode.COLUMN_COUNT,
                        within(input.plan().at(), at),
                        "the queries of " + article(kind) + " have "
                                + columns.get(0).size() + " and " + fields.size() + " columns",
                        "select as many columns in each of them");
            }
        }
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < columns.get(0).size(); i++) {
            types.add(commonType(kind, inputs, columns, i, at));
        }
        List<LogicalPlan> plans = new ArrayList<>();
        for (BoundRelation input : inputs) {
            plans.add(project(input, types, columns.get(0)));
        }
        return plans;
    }

    static String article(Kind kind) {
        return (kind == Kind.UNION ? "a " : "an ") + kind;
    }

    /** The place of a query in a set operation, rather than that of the view that it reads. */
    static Origin within(Origin query, Origin union) {
        return query.start() >= union.start() && query.end() <= union.end() ? query : union;
    }

    private Type commonType(Kind kind, List<BoundRelation> inputs, List<List<Field>> columns, int column, Origin at) {
        Type type = Type.NULL;
        for (int i = 0; i < columns.size(); i++) {
            List<Field> fields = columns.get(i);
            Optional<Type> common =
                    new Conversions(context).common(type, fields.get(column).type());
            if (common.isEmpty()) {
                throw problems.abandon(
                        ErrorCode.TYPE_MISMATCH,
                        within(inputs.get(i).plan().at(), at),
                        "column " + (column + 1) + " of the " + kind + " is " + type.sql() + " and "
                                + fields.get(column).type().sql(),
                        "cast one of them with CAST(… AS type)");
            }
            type = common.get();
        }
        return type;
    }

    private LogicalPlan project(BoundRelation input, List<Type> types, List<Field> names) {
        Conversions conversions = new Conversions(context);
        List<Expr> expressions = new ArrayList<>();
        List<String> columnNames = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            BoundRelation.Entry entry = input.visible().get(i);
            expressions.add(conversions.cast(input.column(entry, input.plan().at()), types.get(i)));
            columnNames.add(names.get(i).name());
        }
        LogicalPlan.Project project = new LogicalPlan.Project(
                input.plan(), expressions, columnNames, input.plan().at());
        return input.expiry().isPresent() ? Expiry.withTime(input.plan(), project) : project;
    }
}
