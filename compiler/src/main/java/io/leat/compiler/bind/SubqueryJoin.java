package io.leat.compiler.bind;

import io.leat.compiler.bind.Correlated.Match;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Case.Branch;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.function.Aggregates;
import io.leat.compiler.function.ScalarFunction;
import io.leat.compiler.function.ScalarFunction.Kernel;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.Plans;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Relation.JoinKind;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Joins rows with subqueries about them. A value is a left join with at most one row; whether there are rows is a join that marks; a
 * condition that must hold is one that only tests.
 */
final class SubqueryJoin {
    private static final ScalarFunction AT_MOST_ONE =
            new ScalarFunction("AT_MOST_ONE", Kernel.of("Rows", "atMostOne"), true, false, true);

    private final Context context;
    private final Optional<Expiry> expiry;
    private final IntFunction<Expr> columns;

    /**
     * @param expiry how long the rows outside stand after their event time
     * @param columns what a column of the rows outside is in the plan that is joined
     */
    SubqueryJoin(Context context, Optional<Expiry> expiry, IntFunction<Expr> columns) {
        this.context = context;
        this.expiry = expiry;
        this.columns = columns;
    }

    /** A plan with the columns of the rows first, and the value of a subquery over it. */
    record Joined(LogicalPlan plan, Expr value) {}

    Joined join(LogicalPlan rows, Subquery asked) {
        return switch (asked.question()) {
            case VALUE -> value(rows, asked);
            case EXISTS -> exists(rows, asked);
            case IN -> in(rows, asked);
        };
    }

    private Decorrelation decorrelation(LogicalPlan rows, Subquery asked) {
        OutsideValues values = new OutsideValues(context.problems(), asked.level(), rows, columns);
        return new Decorrelation(context.problems(), asked.level(), values);
    }

    /** A subquery of whose rows it only matters which there are. */
    private Correlated rowsOf(LogicalPlan rows, Subquery asked) {
        return asked.isCorrelated() ? decorrelation(rows, asked).pull(asked.plan()) : Correlated.alone(asked.plan());
    }

    /** An expression over a subquery and the rows outside as one over both, side by side. */
    Expr both(Expr expression, LogicalPlan rows, LogicalPlan right, boolean padded, int level) {
        int width = rows.output().size();
        List<Field> fields = right.output();
        return Exprs.rewrite(expression, node -> {
            if (node instanceof Expr.Outer outer && outer.level() == level) {
                return columns.apply(outer.index());
            }
            if (node instanceof Expr.FieldAccess access && access.row().nullable() && !access.nullable()) {
                return new Expr.FieldAccess(
                        access.row(), access.index(), access.name(), access.type(), true, access.at());
            }
            if (node instanceof Expr.Column column) {
                boolean nullable = padded
                        || column.nullable()
                        || fields.get(column.index()).nullable();
                return new Expr.Column(width + column.index(), column.name(), column.type(), nullable, column.at());
            }
            return node;
        });
    }

    private Expr condition(Correlated other, LogicalPlan rows, Subquery asked) {
        return both(Exprs.and(other.conditions()), rows, other.plan(), false, asked.level());
    }

    private LogicalPlan join(JoinKind kind, LogicalPlan rows, LogicalPlan other, Expr condition, Subquery asked) {
        return JoinPlans.join(kind, rows, other, condition, standing(rows, other, asked), asked.at());
    }

    /** How long rows on both sides of a join stand for each other. */
    private Optional<JoinExpiry> standing(LogicalPlan rows, LogicalPlan other, Subquery asked) {
        BoundRelation left = new BoundRelation(rows, List.of(), expiry);
        BoundRelation right = new BoundRelation(other, List.of(), asked.expiry());
        return JoinExpiry.of(context, left, right, asked.at());
    }

    // ---- a row for a value
    // ---------------------------------------------------------------------------------------------

    private Joined value(LogicalPlan rows, Subquery asked) {
        Correlated other = decorrelation(rows, asked).pull(asked.plan());
        if (other.single()) {
            LogicalPlan plan = padded(rows, other, asked);
            Expr value = both(other.outputs().get(0), rows, other.plan(), true, asked.level());
            return new Joined(
                    plan,
                    kept(other, rows, asked)
                            .map(condition -> choose(condition, value, asked.at()))
                            .orElse(value));
        }
        Expr condition = condition(other, rows, asked);
        if (Plans.matchesAtMostOne(rows, other.plan(), condition)) {
            return unique(rows, other, asked);
        }
        Optional<List<Match>> matches = other.matches(asked.level());
        boolean speaks = Exprs.speaksOf(other.outputs().get(0), asked.level());
        if (matches.isEmpty() || speaks) {
            OutsideValues values = new OutsideValues(context.problems(), asked.level(), rows, columns);
            other = values.compute(asked.plan());
            matches = other.matches(asked.level());
        }
        return counted(rows, other, matches.orElseThrow(), asked);
    }

    /** The rows, each with the single one of a subquery, or with NULLs. */
    private LogicalPlan padded(LogicalPlan rows, Correlated other, Subquery asked) {
        return other.isExpression()
                ? rows
                : join(JoinKind.LEFT, rows, other.plan(), condition(other, rows, asked), asked);
    }

    private Optional<Expr> kept(Correlated other, LogicalPlan rows, Subquery asked) {
        return other.kept().isEmpty()
                ? Optional.empty()
                : Optional.of(both(Exprs.and(other.kept()), rows, other.plan(), true, asked.level()));
    }

    private static Expr choose(Expr condition, Expr value, Origin at) {
        return new Expr.Case(List.of(new Branch(condition, value)), Literal.ofNull(value.type(), at), value.type(), at);
    }

    /** Of a subquery that has at most one row for each outside. */
    private Joined unique(LogicalPlan rows, Correlated other, Subquery asked) {
        Expr output = other.outputs().get(0);
        if (output instanceof Expr.Column) {
            LogicalPlan plan = join(JoinKind.LEFT, rows, other.plan(), condition(other, rows, asked), asked);
            return new Joined(plan, both(output, rows, other.plan(), true, asked.level()));
        }
        // What is computed from NULLs is not what is computed from a row that is not there.
        List<Expr> expressions = new ArrayList<>(Plans.columns(other.plan(), asked.at()));
        List<String> names = new ArrayList<>(Plans.names(other.plan()));
        Expr.Column found = new Expr.Column(expressions.size(), "found", Type.BOOLEAN, true, asked.at());
        expressions.add(Literal.of(true, asked.at()));
        names.add("found");
        LogicalPlan marked = new LogicalPlan.Project(other.plan(), expressions, names, asked.at());
        LogicalPlan plan = join(JoinKind.LEFT, rows, marked, condition(other, rows, asked), asked);
        return new Joined(
                plan,
                choose(
                        both(found, rows, marked, true, asked.level()),
                        both(output, rows, marked, true, asked.level()),
                        asked.at()));
    }

    /** Of a subquery that may have more: they are counted, and where there are several, asking for the value is an error. */
    private Joined counted(LogicalPlan rows, Correlated other, List<Match> matches, Subquery asked) {
        Origin at = asked.at();
        Expr output = other.outputs().get(0);
        List<Expr> keys = matches.stream().map(Match::inner).distinct().toList();
        AggregateCall count =
                new AggregateCall(Aggregates.countRows(), Optional.empty(), false, Optional.empty(), "rows", at);
        AggregateCall any = new AggregateCall(
                Aggregates.bind("MIN", output.type()).orElseThrow(),
                Optional.of(output),
                false,
                Optional.empty(),
                asked.name(),
                at);
        LogicalPlan groups = new AggregateBinder(context.problems())
                .aggregate(other.plan(), asked.expiry(), keys, List.of(count, any), at);
        List<Expr> found = Plans.columns(groups, at);
        List<Expr> equal = new ArrayList<>();
        for (Match match : matches) {
            equal.add(new Compare(
                    Compare.Operator.EQUAL,
                    found.get(keys.indexOf(match.inner())),
                    match.outer(),
                    match.outer().at()));
        }
        Expr condition = both(Exprs.and(equal), rows, groups, false, asked.level());
        LogicalPlan plan = join(JoinKind.LEFT, rows, groups, condition, asked);
        Expr number = both(found.get(keys.size()), rows, groups, true, asked.level());
        Expr one = new Expr.Call(AT_MOST_ONE, List.of(number), Type.BOOLEAN, at);
        return new Joined(plan, choose(one, both(found.get(keys.size() + 1), rows, groups, true, asked.level()), at));
    }

    // ---- whether there are rows
    // -----------------------------------------------------------------------------------------

    private Joined exists(LogicalPlan rows, Subquery asked) {
        Correlated other = rowsOf(rows, asked);
        if (other.single()) {
            LogicalPlan plan = other.kept().isEmpty() ? rows : padded(rows, other, asked);
            return new Joined(plan, present(other, rows, asked));
        }
        return mark(rows, other.plan(), condition(other, rows, asked), asked);
    }

    /** Whether the single row of a subquery is kept. */
    private Expr present(Correlated other, LogicalPlan rows, Subquery asked) {
        return kept(other, rows, asked)
                .<Expr>map(condition -> new Expr.IsTrue(condition, asked.at()))
                .orElse(Literal.of(true, asked.at()));
    }

    private Joined mark(LogicalPlan rows, LogicalPlan other, Expr condition, Subquery asked) {
        LogicalPlan plan = JoinPlans.mark(rows, other, condition, standing(rows, other, asked), asked.at());
        Field mark = Plans.MARK;
        return new Joined(
                plan, new Expr.Column(rows.output().size(), mark.name(), mark.type(), mark.nullable(), asked.at()));
    }

    private Joined in(LogicalPlan rows, Subquery asked) {
        Correlated other = rowsOf(rows, asked);
        Origin at = asked.at();
        if (other.single()) {
            LogicalPlan plan = padded(rows, other, asked);
            Expr equal = equal(other, rows, true, asked);
            Expr value = kept(other, rows, asked)
                    .<Expr>map(condition -> new Expr.Logical(true, List.of(new Expr.IsTrue(condition, at), equal), at))
                    .orElse(equal);
            return new Joined(plan, value);
        }
        Expr equal = equal(other, rows, false, asked);
        Joined found = mark(rows, other.plan(), Exprs.and(condition(other, rows, asked), equal), asked);
        if (!equal.nullable()) {
            return found;
        }
        Joined unknown = unknown(found.plan(), rows, other, equal, asked);
        Expr value = new Expr.Case(
                List.of(
                        new Branch(found.value(), Literal.of(true, at)),
                        new Branch(unknown.value(), Literal.ofNull(Type.BOOLEAN, at))),
                Literal.of(false, at),
                Type.BOOLEAN,
                at);
        return new Joined(unknown.plan(), value);
    }

    /** That all values that are looked for are those of a row of the subquery, or compare with them. */
    private Expr equal(Correlated other, LogicalPlan rows, boolean padded, Subquery asked) {
        List<Expr> equal = new ArrayList<>();
        for (int i = 0; i < asked.sought().size(); i++) {
            Expr column = both(other.outputs().get(i), rows, other.plan(), padded, asked.level());
            equal.add(new Compare(asked.operator(), asked.sought().get(i), column, asked.at()));
        }
        return Exprs.and(equal);
    }

    /**
     * Whether there is a row for which it is not known whether it has the values.
     *
     * @param before the plan that is marked, which begins with the columns of {@code rows}
     * @param equal over {@code rows} and the subquery
     */
    private Joined unknown(LogicalPlan before, LogicalPlan rows, Correlated other, Expr equal, Subquery asked) {
        Nulls nulls = nulls(rows, other, equal, asked);
        int shift = before.output().size() - rows.output().size();
        int width = rows.output().size();
        Expr condition = Exprs.move(nulls.condition(), column -> column < width ? column : column + shift);
        return mark(before, nulls.plan(), condition, asked);
    }

    /** Rows of a subquery, and when it is not known of one of them whether it has the values. */
    private record Nulls(LogicalPlan plan, Expr condition) {}

    private Nulls nulls(LogicalPlan rows, Correlated other, Expr equal, Subquery asked) {
        Origin at = asked.at();
        asked.expiry().or(() -> expiry).ifPresent(stands -> {
            throw context.problems()
                    .abandon(
                            ErrorCode.NOT_SUPPORTED,
                            stands.at(),
                            "of rows that expire it is not known whether a NULL was among them, which NOT IN asks",
                            "write NOT EXISTS, or compare columns that are never NULL");
        });
        if (asked.sought().size() > 1) {
            Expr unknown = new Expr.IsNull(equal, at);
            return new Nulls(other.plan(), Exprs.and(condition(other, rows, asked), unknown));
        }
        Expr isNull = new Expr.IsNull(asked.sought().get(0), at);
        Expr found = other.outputs().get(0);
        if (!other.conditions().isEmpty() || Exprs.speaksOf(found, asked.level())) {
            Expr column = both(found, rows, other.plan(), false, asked.level());
            Expr unknown = new Expr.Logical(false, List.of(isNull, new Expr.IsNull(column, at)), at);
            return new Nulls(other.plan(), Exprs.and(condition(other, rows, asked), unknown));
        }
        // All that matters is whether there are rows, and whether one of them is NULL: two rows at most.
        LogicalPlan own =
                new LogicalPlan.Project(other.plan(), List.of(new Expr.IsNull(found, at)), List.of("$null"), at);
        LogicalPlan distinct =
                new QueryBinder(context).distinct(BoundRelation.of(own, ""), at).plan();
        Expr hasNull = new Expr.Column(rows.output().size(), "$null", Type.BOOLEAN, false, at);
        return new Nulls(distinct, new Expr.Logical(false, List.of(isNull, hasNull), at));
    }

    // ---- conditions that must hold
    // --------------------------------------------------------------------------------------

    /** The rows for which a subquery is TRUE or, if negated, for which it is FALSE; the columns stay. */
    LogicalPlan filter(LogicalPlan rows, Subquery asked, boolean negated) {
        Correlated other = rowsOf(rows, asked);
        Origin at = asked.at();
        if (other.single()) {
            Joined joined = join(rows, asked);
            Expr condition = negated ? new Expr.Not(joined.value(), at) : joined.value();
            return new LogicalPlan.Filter(joined.plan(), condition, at);
        }
        JoinKind kind = negated ? JoinKind.ANTI : JoinKind.SEMI;
        Expr condition = condition(other, rows, asked);
        if (asked.question() == Subquery.Question.EXISTS) {
            return join(kind, rows, other.plan(), condition, asked);
        }
        Expr equal = equal(other, rows, false, asked);
        LogicalPlan plan = join(kind, rows, other.plan(), Exprs.and(condition, equal), asked);
        if (!negated || !equal.nullable()) {
            return plan;
        }
        Nulls nulls = nulls(rows, other, equal, asked);
        return join(JoinKind.ANTI, plan, nulls.plan(), nulls.condition(), asked);
    }
}
