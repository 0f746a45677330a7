package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Relation;
import io.leat.grammar.tree.Relation.JoinKind;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code JOIN LATERAL (query)}: rows with those that a query has for each of them, as one join. What it says of them is its condition. */
final class LateralBinder {
    private final Context context;
    private final Problems problems;

    LateralBinder(Context context) {
        this.context = context;
        this.problems = context.problems();
    }

    BoundRelation bind(
            JoinKind kind, BoundRelation left, Relation.Lateral lateral, Relation.JoinCondition condition, Origin at) {
        Scope scope = Scope.of(left, context);
        BoundRelation asked = new FromBinder(new QueryBinder(context.inside(scope))).subquery(lateral.subquery());
        if (!Plans.speaksOf(asked.plan(), scope.level())) {
            JoinedSide side = new JoinedSide(asked, Optional.empty(), Optional.empty());
            return new JoinBinder(context).bind(kind, left, side, condition, at);
        }
        boolean padded = kind == JoinKind.LEFT;
        if (!padded && kind != JoinKind.INNER && kind != JoinKind.CROSS) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    lateral.at(),
                    "a query about each row of the left side cannot stand in a " + kind.words() + "JOIN",
                    "write JOIN LATERAL or LEFT JOIN LATERAL; SEMI and ANTI are EXISTS and NOT EXISTS");
        }
        refuse(left, asked, condition, lateral.at());
        return sideBySide(left, asked, joined(left, asked, scope.level(), padded, lateral.at()));
    }

    private void refuse(BoundRelation left, BoundRelation asked, Relation.JoinCondition condition, Origin at) {
        boolean isTrue = condition instanceof Relation.On on
                && on.condition() instanceof Expression.BooleanLiteral literal
                && literal.value();
        boolean isNone = condition instanceof Relation.Unconditional none && !none.natural();
        if (!isTrue && !isNone) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    at,
                    "a join with LATERAL takes no condition but TRUE",
                    "write ON TRUE, and the condition in WHERE of the query in LATERAL");
        }
        if (left.expiry().isPresent() || asked.expiry().isPresent()) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    at,
                    "rows that expire cannot stand in a join with LATERAL",
                    "join them by their keys: JOIN (SELECT …) AS s ON s.k = t.k");
        }
    }

    /** The columns of the left side, then those of the query. */
    private LogicalPlan joined(BoundRelation left, BoundRelation asked, int level, boolean padded, Origin at) {
        LogicalPlan rows = left.plan();
        OutsideValues values = new OutsideValues(problems, level, rows, column -> left.column(column, at));
        Correlated other = new Decorrelation(problems, level, values).pull(asked.plan());
        SubqueryJoin joins = new SubqueryJoin(context, Optional.empty(), column -> left.column(column, at));
        boolean pads = padded || other.single();
        LogicalPlan right = pads ? marked(other.plan(), at) : other.plan();
        Expr condition = joins.both(Exprs.and(other.conditions()), rows, right, false, level);
        LogicalPlan plan = other.isExpression()
                ? rows
                : JoinPlans.join(pads ? JoinKind.LEFT : JoinKind.INNER, rows, right, condition, Optional.empty(), at);
        Optional<Expr> kept = other.kept().isEmpty()
                ? Optional.empty()
                : Optional.of(joins.both(Exprs.and(other.kept()), rows, right, true, level));
        // What is computed from NULLs is not what is computed from a row that is not there.
        Optional<Expr> there = other.single()
                ? kept.filter(each -> padded)
                : padded
                        ? Optional.of(new Expr.Column(plan.output().size() - 1, "found", Type.BOOLEAN, true, at))
                        : Optional.empty();
        if (kept.isPresent() && !padded) {
            plan = new LogicalPlan.Filter(plan, kept.get(), at);
        }
        List<Expr> expressions = new ArrayList<>(Plans.columns(rows, at));
        List<String> names = new ArrayList<>(Plans.names(rows));
        for (int i = 0; i < other.outputs().size(); i++) {
            Expr value = joins.both(other.outputs().get(i), rows, right, pads, level);
            boolean plain = other.outputs().get(i) instanceof Expr.Column && kept.isEmpty();
            expressions.add(there.isEmpty() || plain ? value : choose(there.get(), value, at));
            names.add(asked.plan().output().get(i).name());
        }
        boolean same = expressions.equals(Plans.columns(plan, at));
        return same ? plan : new LogicalPlan.Project(plan, expressions, names, at);
    }

    private static Expr choose(Expr there, Expr value, Origin at) {
        return new Expr.Case(
                List.of(new Expr.Case.Branch(there, value)), Expr.Literal.ofNull(value.type(), at), value.type(), at);
    }

    /** The rows with a column that says that they are there. */
    private static LogicalPlan marked(LogicalPlan plan, Origin at) {
        List<Expr> expressions = new ArrayList<>(Plans.columns(plan, at));
        List<String> names = new ArrayList<>(Plans.names(plan));
        expressions.add(Expr.Literal.of(true, at));
        names.add("found");
        return new LogicalPlan.Project(plan, expressions, names, at);
    }

    private static BoundRelation sideBySide(BoundRelation left, BoundRelation asked, LogicalPlan plan) {
        int width = left.plan().output().size();
        List<Entry> names = new ArrayList<>(left.names());
        asked.names()
                .forEach(entry ->
                        names.add(new Entry(entry.qualifier(), entry.name(), width + entry.column(), entry.hidden())));
        return new BoundRelation(plan, names);
    }
}
