package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Relation;
import io.leat.grammar.tree.Relation.JoinCondition;
import io.leat.grammar.tree.Relation.JoinKind;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Joins: their names, conditions and shared columns. What kind of join it is, is up to {@link JoinPlans}. */
final class JoinBinder {
    private final Context context;
    private final Problems problems;

    JoinBinder(Context context) {
        this.context = context;
        this.problems = context.problems();
    }

    BoundRelation bind(JoinKind kind, BoundRelation left, JoinedSide side, JoinCondition written, Origin at) {
        JoinCondition condition = written instanceof Relation.Unconditional none && none.natural()
                ? shared(left, side.rows(), at)
                : written;
        refuse(kind, condition, at);
        int before = problems.errors();
        if (!(condition instanceof Relation.On on)) {
            Expr equal = condition instanceof Relation.Using using
                    ? using(kind, left, side.rows(), using)
                    : Exprs.and(List.of());
            BoundRelation both = joined(kind, left, side, equal, problems.errors() > before, at);
            return condition instanceof Relation.Using using && pairs(kind, side)
                    ? merged(both, left, kind, using)
                    : both;
        }
        BoundRelation both = sideBySide(left, side.rows(), false, false, at);
        Subqueries subqueries = Subqueries.of(context, both);
        Expr matches = subqueries.binder().bindCondition(on.condition());
        boolean failed = problems.errors() > before;
        if (failed || subqueries.isEmpty()) {
            return joined(kind, left, side, matches, failed, at);
        }
        if (!pairs(kind, side) || kind != JoinKind.INNER || side.asOf().isPresent()) {
            refuseAsOf(kind, side, on);
            return asking(kind, left, side, matches, subqueries, on);
        }
        return filtered(left, side, matches, subqueries, at);
    }

    /** Whether rows of both sides come out. */
    private static boolean pairs(JoinKind kind, JoinedSide side) {
        return side.asOf().isPresent() || kind != JoinKind.SEMI && kind != JoinKind.ANTI;
    }

    /** An inner join whose condition asks other queries: they are asked of its pairs. */
    private BoundRelation filtered(
            BoundRelation left, JoinedSide side, Expr matches, Subqueries subqueries, Origin at) {
        List<Expr> own = new ArrayList<>();
        List<Expr> asking = new ArrayList<>();
        for (Expr conjunct : Exprs.conjuncts(matches)) {
            boolean asks = Exprs.columns(conjunct).stream().anyMatch(column -> column >= Subqueries.STAND_IN);
            // What may fail is not asked before what stands in front of it.
            (asks || !asking.isEmpty() && Exprs.canFail(conjunct) ? asking : own).add(conjunct);
        }
        BoundRelation joined = joined(JoinKind.INNER, left, side, Exprs.and(own), false, at);
        LogicalPlan asked = subqueries.join(joined.plan());
        return joined.with(JoinPlans.filter(asked, subqueries.replace(Exprs.and(asking)), at));
    }

    private void refuseAsOf(JoinKind kind, JoinedSide side, Relation.On on) {
        if (side.asOf().isPresent() || kind == JoinKind.ASOF || kind == JoinKind.ASOF_LEFT) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    on.condition().at(),
                    "the condition of a join as of a time cannot ask another query",
                    "ask it in WHERE, or in a query in FROM");
        }
    }

    /** A join with rows without partner: subqueries of its condition are asked of the side that they speak of, before. */
    private BoundRelation asking(
            JoinKind kind, BoundRelation left, JoinedSide side, Expr matches, Subqueries subqueries, Relation.On on) {
        int width = left.plan().output().size();
        List<Integer> outside = subqueries.outside();
        if (outside.stream().allMatch(column -> column < width)) {
            subqueries.change(each -> each);
            LogicalPlan plan = subqueries.join(left.plan());
            int added = plan.output().size() - width;
            Expr moved = Exprs.move(
                    matches, column -> column >= width && column < Subqueries.STAND_IN ? column + added : column);
            return join(
                    kind,
                    left.with(plan),
                    side.rows(),
                    subqueries.replace(moved),
                    on.condition().at());
        }
        if (outside.stream().allMatch(column -> column >= width)) {
            subqueries.change(each -> Exprs.move(each, column -> column - width));
            LogicalPlan plan = subqueries.join(side.rows().plan());
            Expr replaced = subqueries.replaceIn(matches, each -> Exprs.move(each, column -> width + column));
            return join(
                    kind, left, side.rows().with(plan), replaced, on.condition().at());
        }
        throw problems.abandon(
                ErrorCode.NOT_SUPPORTED,
                on.condition().at(),
                "a subquery in the condition of a " + kind.words() + "JOIN cannot speak of both sides",
                "speak of one of them, or write an inner JOIN");
    }

    private BoundRelation join(JoinKind kind, BoundRelation left, BoundRelation right, Expr matches, Origin at) {
        Optional<JoinExpiry> expiry = JoinExpiry.of(context, left, right, at);
        LogicalPlan plan = JoinPlans.join(kind, left.plan(), right.plan(), matches, expiry, at);
        if (kind == JoinKind.SEMI || kind == JoinKind.ANTI) {
            return left.with(plan);
        }
        BoundRelation both = sideBySide(left, right, false, false, at).with(plan);
        return expiry.isEmpty() ? both.expiring(left.expiry().or(right::expiry)) : both;
    }

    /**
     * @param failed whether the condition could not be bound
     */
    private BoundRelation joined(
            JoinKind kind, BoundRelation left, JoinedSide side, Expr matches, boolean failed, Origin at) {
        BoundRelation right = side.rows();
        if (side.asOf().isEmpty() && (kind == JoinKind.SEMI || kind == JoinKind.ANTI)) {
            if (failed) {
                return left;
            }
            Optional<JoinExpiry> expiry = JoinExpiry.of(context, left, right, at);
            return left.with(JoinPlans.join(kind, left.plan(), right.plan(), matches, expiry, at));
        }
        boolean padsLeft = kind == JoinKind.RIGHT || kind == JoinKind.FULL;
        boolean padsRight = kind == JoinKind.LEFT || kind == JoinKind.FULL || kind == JoinKind.ASOF_LEFT;
        BoundRelation both = sideBySide(left, right, padsLeft, padsRight, at);
        if (!failed) {
            boolean isLookup = side.asOf().isPresent() || kind == JoinKind.ASOF || kind == JoinKind.ASOF_LEFT;
            Optional<JoinExpiry> expiry = isLookup ? Optional.empty() : JoinExpiry.of(context, left, right, at);
            both = both.with(
                    isLookup
                            ? asOf(kind, left, side, matches, at)
                            : JoinPlans.join(kind, left.plan(), right.plan(), matches, expiry, at));
            // Rows that look others up stay what they are.
            both = expiry.isEmpty() ? both.expiring(left.expiry().or(right::expiry)) : both;
        }
        return both;
    }

    private LogicalPlan asOf(JoinKind kind, BoundRelation left, JoinedSide side, Expr matches, Origin at) {
        AsOfBinder binder = new AsOfBinder(context, left, side, at);
        return side.asOf().isPresent()
                ? binder.temporal(kind, matches, side.asOf().get())
                : binder.compared(kind, matches);
    }

    private void refuse(JoinKind kind, JoinCondition condition, Origin at) {
        boolean conditional = !(condition instanceof Relation.Unconditional);
        switch (kind) {
            case INNER, LEFT -> {
                if (!conditional) {
                    throw problems.abandon(
                            ErrorCode.MISPLACED_CLAUSE,
                            at,
                            "this JOIN has no condition",
                            "write ON a = b, USING (a), or CROSS JOIN");
                }
            }
            case CROSS -> {
                if (conditional) {
                    throw problems.abandon(
                            ErrorCode.MISPLACED_CLAUSE, at, "a CROSS JOIN has no condition", "write JOIN … ON");
                }
            }
            case RIGHT, FULL, SEMI, ANTI -> {
                if (!conditional) {
                    throw problems.abandon(
                            ErrorCode.MISPLACED_CLAUSE,
                            at,
                            "this " + kind + " JOIN has no condition",
                            "write ON a = b, or USING (a)");
                }
            }
            case ASOF, ASOF_LEFT -> {
                if (!conditional) {
                    throw problems.abandon(
                            ErrorCode.MISPLACED_CLAUSE,
                            at,
                            "this ASOF JOIN has no condition",
                            "write ON a.k = b.k AND a.ts >= b.ts, or USING (k, ts)");
                }
            }
        }
    }

    /** The names of both sides, over a plan that has the columns of both and nothing else to it. */
    private static BoundRelation sideBySide(
            BoundRelation left, BoundRelation right, boolean padsLeft, boolean padsRight, Origin at) {
        List<Field> fields = new ArrayList<>();
        left.plan().output().forEach(field -> fields.add(padded(field, padsLeft)));
        int width = fields.size();
        right.plan().output().forEach(field -> fields.add(padded(field, padsRight)));
        List<Entry> names = new ArrayList<>(left.names());
        right.names()
                .forEach(entry ->
                        names.add(new Entry(entry.qualifier(), entry.name(), width + entry.column(), entry.hidden())));
        return new BoundRelation(new LogicalPlan.Values(fields, List.of(), at), names);
    }

    private static Field padded(Field field, boolean pads) {
        return pads ? Field.nullable(field.name(), field.type()) : field;
    }

    // ---- USING
    // ---------------------------------------------------------------------------------------------------------

    /** What both sides of a NATURAL JOIN have a column of, in the order of the left side. */
    private Relation.Using shared(BoundRelation left, BoundRelation right, Origin at) {
        Set<String> known = new HashSet<>();
        List<Identifier> names = left.visible().stream()
                .map(Entry::name)
                .filter(name -> !right.named(name).isEmpty() && known.add(Identifier.key(name)))
                .map(name -> new Identifier(name, true, at))
                .toList();
        if (names.isEmpty()) {
            throw problems.abandon(
                    ErrorCode.UNKNOWN_COLUMN,
                    at,
                    "the sides of this NATURAL JOIN have no column of the same name",
                    "write JOIN … ON a = b, or CROSS JOIN; the left side has " + String.join(", ", names(left)));
        }
        return new Relation.Using(names, at);
    }

    /** Of an ASOF JOIN the last column is the time. */
    private Expr using(JoinKind kind, BoundRelation left, BoundRelation right, Relation.Using using) {
        ExpressionBinder expressions = new ExpressionBinder(context, left);
        int width = left.plan().output().size();
        List<Expr> equal = new ArrayList<>();
        for (Identifier name : using.columns()) {
            if (left.named(name.text()).isEmpty() && right.named(name.text()).isEmpty()) {
                problems.add(
                        ErrorCode.UNKNOWN_COLUMN,
                        name.at(),
                        "no column '" + name + "' on either side of the join",
                        Problems.meant(name.text(), names(left), "the left side has"));
                continue;
            }
            Optional<Integer> a = side(left, "left", name);
            Optional<Integer> b = side(right, "right", name);
            if (a.isPresent() && b.isPresent()) {
                Field ofRight = right.plan().output().get(b.get());
                Expr one = new Expr.Column(
                        a.get(),
                        name.text(),
                        left.plan().output().get(a.get()).type(),
                        left.plan().output().get(a.get()).nullable(),
                        name.at());
                Expr other =
                        new Expr.Column(width + b.get(), name.text(), ofRight.type(), ofRight.nullable(), name.at());
                boolean isTime = (kind == JoinKind.ASOF || kind == JoinKind.ASOF_LEFT)
                        && name == using.columns().get(using.columns().size() - 1);
                Compare.Operator operator = isTime ? Compare.Operator.GREATER_OR_EQUAL : Compare.Operator.EQUAL;
                Expr compared = expressions.compare(operator, one, other, name.at());
                equal.add(compared.type().equals(Type.BOOLEAN) ? compared : Expr.Literal.of(true, name.at()));
            }
        }
        return Exprs.and(equal);
    }

    private static List<String> names(BoundRelation side) {
        return side.visible().stream().map(Entry::name).toList();
    }

    private Optional<Integer> side(BoundRelation side, String which, Identifier name) {
        List<Entry> found = side.named(name.text());
        if (found.size() == 1) {
            return Optional.of(found.get(0).column());
        }
        if (found.isEmpty()) {
            problems.add(
                    ErrorCode.UNKNOWN_COLUMN,
                    name.at(),
                    "no column '" + name + "' on the " + which + " side of the join",
                    Problems.meant(name.text(), names(side), "it has"));
        } else {
            problems.add(
                    ErrorCode.AMBIGUOUS_COLUMN,
                    name.at(),
                    "'" + name + "' could be any of several columns on the " + which + " side of the join",
                    "write ON with qualified names");
        }
        return Optional.empty();
    }

    /**
     * The shared columns come first and once; those of the two sides are reached with their qualifiers only. Of a join that keeps rows
     * of the right side without partner, the shared column has the value of the side that there is.
     */
    private BoundRelation merged(BoundRelation both, BoundRelation left, JoinKind kind, Relation.Using using) {
        int width = left.plan().output().size();
        boolean ofEither = kind == JoinKind.RIGHT || kind == JoinKind.FULL;
        List<Expr> columns = new ArrayList<>(Plans.columns(both.plan(), using.at()));
        List<String> columnNames = new ArrayList<>(Plans.names(both.plan()));
        List<Entry> shared = new ArrayList<>();
        List<Entry> others = new ArrayList<>();
        for (Identifier name : using.columns()) {
            List<Entry> found = both.named(name.text());
            if (!ofEither) {
                found.stream().filter(entry -> entry.column() < width).forEach(shared::add);
            } else if (found.size() == 2) {
                shared.add(new Entry("", found.get(0).name(), columns.size(), false));
                columns.add(either(both, found, name.at()));
                columnNames.add(found.get(0).name());
            }
        }
        for (Entry entry : both.names()) {
            boolean isShared = !entry.hidden() && using.columns().stream().anyMatch(name -> entry.is(name.text()));
            if (!isShared) {
                others.add(entry);
            } else if (ofEither || entry.column() >= width) {
                others.add(new Entry(entry.qualifier(), entry.name(), entry.column(), true));
            }
        }
        shared.addAll(others);
        LogicalPlan plan =
                ofEither ? new LogicalPlan.Project(both.plan(), columns, columnNames, using.at()) : both.plan();
        return new BoundRelation(plan, shared, both.expiry());
    }

    private Expr either(BoundRelation both, List<Entry> found, Origin at) {
        Conversions conversions = new Conversions(context);
        Expr one = both.column(found.get(0), at);
        Expr other = both.column(found.get(1), at);
        Type type = conversions.common(one.type(), other.type()).orElse(one.type());
        List<Expr> values = List.of(conversions.cast(one, type), conversions.cast(other, type));
        return new Expr.Coalesce(values, type, at);
    }
}
