package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Traits;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Relation;
import io.leat.grammar.tree.Relation.JoinCondition;
import io.leat.grammar.tree.Relation.JoinKind;
import io.leat.runtime.connector.SourceTraits.End;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Joins. One side must end: it is read first, and the rows of the other one look their partners up. */
final class JoinBinder {
    private final Context context;
    private final Problems problems;

    JoinBinder(Context context) {
        this.context = context;
        this.problems = context.problems();
    }

    BoundRelation bind(JoinKind kind, BoundRelation left, BoundRelation right, JoinCondition condition, Origin at) {
        refuse(kind, condition, at);
        int before = problems.errors();
        boolean outer = kind == JoinKind.LEFT;
        BoundRelation both = sideBySide(left, right, outer, at);
        Expr matches = Exprs.and(List.of());
        if (condition instanceof Relation.On on) {
            matches = new ExpressionBinder(context, sideBySide(left, right, false, at)).bindCondition(on.condition());
        } else if (condition instanceof Relation.Using using) {
            matches = using(left, right, using);
            both = merged(both, left, using);
        }
        if (problems.errors() > before) {
            return both;
        }
        return both.with(join(outer, left.plan(), right.plan(), matches, at));
    }

    private void refuse(JoinKind kind, JoinCondition condition, Origin at) {
        boolean conditional = !(condition instanceof Relation.Unconditional);
        if (condition instanceof Relation.Unconditional none && none.natural()) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED, at, "NATURAL JOIN is not supported", "name the columns: JOIN … USING (…)");
        }
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
            case RIGHT ->
                throw problems.abandon(
                        ErrorCode.NOT_SUPPORTED,
                        at,
                        "RIGHT JOIN is not supported",
                        "swap the two sides and write LEFT JOIN");
            case FULL ->
                throw problems.abandon(
                        ErrorCode.NOT_SUPPORTED,
                        at,
                        "FULL JOIN is not supported yet",
                        "write a LEFT JOIN in each direction and UNION ALL");
            case SEMI ->
                throw problems.abandon(
                        ErrorCode.NOT_SUPPORTED,
                        at,
                        "SEMI JOIN is not supported yet",
                        "write JOIN (SELECT DISTINCT key FROM …)");
            case ANTI ->
                throw problems.abandon(
                        ErrorCode.NOT_SUPPORTED,
                        at,
                        "ANTI JOIN is not supported yet",
                        "write LEFT JOIN … WHERE right.key IS NULL");
            case ASOF, ASOF_LEFT ->
                throw problems.abandon(
                        ErrorCode.NOT_SUPPORTED,
                        at,
                        "ASOF JOIN is not supported yet",
                        "a plain join to a bounded or keyed table looks up its row: JOIN devices AS d ON d.id = t.id");
        }
    }

    /** The names of both sides, over a plan that has the columns of both and nothing else to it. */
    private static BoundRelation sideBySide(BoundRelation left, BoundRelation right, boolean outer, Origin at) {
        List<Field> fields = new ArrayList<>(left.plan().output());
        int width = fields.size();
        right.plan().output().forEach(field -> fields.add(outer ? Field.nullable(field.name(), field.type()) : field));
        List<Entry> names = new ArrayList<>(left.names());
        right.names()
                .forEach(entry ->
                        names.add(new Entry(entry.qualifier(), entry.name(), width + entry.column(), entry.hidden())));
        return new BoundRelation(new LogicalPlan.Values(fields, List.of(), at), names);
    }

    // ---- USING
    // ---------------------------------------------------------------------------------------------------------

    private Expr using(BoundRelation left, BoundRelation right, Relation.Using using) {
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
                Expr compared = expressions.compare(Compare.Operator.EQUAL, one, other, name.at());
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

    /** The shared columns come first and once; that of the right side is reached with its qualifier only. */
    private static BoundRelation merged(BoundRelation both, BoundRelation left, Relation.Using using) {
        int width = left.plan().output().size();
        List<Entry> shared = new ArrayList<>();
        List<Entry> others = new ArrayList<>();
        for (Identifier name : using.columns()) {
            both.names().stream()
                    .filter(entry -> entry.column() < width && !entry.hidden() && entry.is(name.text()))
                    .forEach(shared::add);
        }
        for (Entry entry : both.names()) {
            boolean isShared = !entry.hidden() && using.columns().stream().anyMatch(name -> entry.is(name.text()));
            if (!isShared) {
                others.add(entry);
            } else if (entry.column() >= width) {
                others.add(new Entry(entry.qualifier(), entry.name(), entry.column(), true));
            }
        }
        shared.addAll(others);
        return new BoundRelation(both.plan(), shared);
    }

    // ---- which side is looked up
    // ---------------------------------------------------------------------------------------

    private LogicalPlan join(boolean outer, LogicalPlan left, LogicalPlan right, Expr condition, Origin at) {
        if (outer) {
            requireEnd(right, at, "the right side of a LEFT JOIN is read first, and ");
            return new LogicalPlan.Join(LogicalPlan.Join.Kind.LEFT, left, right, condition, at);
        }
        if (!streams(right) || streams(left)) {
            requireEnd(right, at, "one side of a join is read first, and ");
            return new LogicalPlan.Join(LogicalPlan.Join.Kind.INNER, left, right, condition, at);
        }
        return swapped(left, right, condition, at);
    }

    /** Whether rows come one after another in the order of time, so that the other side is the one to look up. */
    private static boolean streams(LogicalPlan plan) {
        Traits traits = plan.traits();
        return traits.end() == End.UNBOUNDED
                || traits.end() == End.ENDING && traits.eventTime().isPresent();
    }

    private void requireEnd(LogicalPlan plan, Origin at, String why) {
        if (plan.traits().end() == End.UNBOUNDED) {
            problems.add(
                    ErrorCode.NEVER_ENDS,
                    at,
                    why + EndChecks.endless(plan) + " never ends",
                    "join a table that ends; joins of two streams come later");
        }
    }

    private static LogicalPlan swapped(LogicalPlan left, LogicalPlan right, Expr condition, Origin at) {
        int leftWidth = left.output().size();
        int rightWidth = right.output().size();
        Expr moved = Exprs.move(condition, column -> column < leftWidth ? rightWidth + column : column - leftWidth);
        LogicalPlan join = new LogicalPlan.Join(LogicalPlan.Join.Kind.INNER, right, left, moved, at);
        List<Expr> columns = Plans.columns(join, at);
        List<Expr> leftFirst =
                Plans.concat(columns.subList(rightWidth, columns.size()), columns.subList(0, rightWidth));
        List<String> names = Plans.names(join);
        List<String> namesLeftFirst =
                Plans.concat(names.subList(rightWidth, names.size()), names.subList(0, rightWidth));
        return new LogicalPlan.Project(join, leftFirst, namesLeftFirst, at);
    }
}
