package io.leat.compiler.optimize;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.LogicalPlan.Project;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Unsettled;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Inner joins with tables that are looked into, one on top of another, taken apart: the relations that are joined, and what is asked of
 * them, wherever it was asked. All of it may be asked in any order, since none of it can fail.
 */
final class JoinGraph {
    /** As many as a set of bits holds. */
    private static final int MAX_RELATIONS = Long.SIZE - 2;

    private final List<Relation> relations = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();
    private JoinShape shape;
    /** For each column of the whole its number among the columns of all relations. */
    private List<Integer> output;

    private LogicalPlan whole;
    private int width;

    private JoinGraph() {}

    /**
     * A relation that is joined.
     *
     * @param first the number of its first column
     * @param at where it is joined
     */
    record Relation(LogicalPlan plan, int first, Origin at) {
        boolean has(int column) {
            return column >= first && column < first + plan.output().size();
        }
    }

    /**
     * Something that is asked.
     *
     * @param test over the columns of all relations
     * @param relations that it speaks of
     */
    record Condition(Expr test, long relations) {
        /** Whether rows of one set are found by it, that go with rows of the other. */
        boolean connects(long one, long other) {
            return isEqual() && (relations & one) != 0 && (relations & other) != 0 && (relations & ~(one | other)) == 0;
        }

        boolean isEqual() {
            return test instanceof Compare compare && compare.operator() == Compare.Operator.EQUAL;
        }
    }

    /** Takes a plan apart; empty if it is no join, or one that has to stay as it is. */
    static Optional<JoinGraph> of(LogicalPlan plan) {
        if (!isJoin(plan) && !(plan instanceof Filter filter && isJoin(filter.input()))) {
            return Optional.empty();
        }
        JoinGraph graph = new JoinGraph();
        Part part = graph.take(plan, plan.at());
        graph.whole = plan;
        graph.shape = part.shape();
        graph.output = part.columns();
        boolean movable = graph.relations.size() >= 2
                && graph.relations.size() <= MAX_RELATIONS
                && graph.relations.stream().noneMatch(each -> Unsettled.any(each.plan()));
        return movable ? Optional.of(graph) : Optional.empty();
    }

    /** Whether it is an inner join of which nothing fails, so that it can be made in another order. */
    static boolean isJoin(LogicalPlan plan) {
        return plan instanceof Join join && join.kind() == Join.Kind.INNER && isSafe(join.condition());
    }

    private static boolean isSafe(Expr condition) {
        return !Exprs.canFail(condition) && Exprs.isDeterministic(condition);
    }

    List<Relation> relations() {
        return relations;
    }

    List<Condition> conditions() {
        return conditions;
    }

    /** As it is. */
    JoinShape shape() {
        return shape;
    }

    // ---- taking apart
    // --------------------------------------------------------------------------------------------------

    private record Part(JoinShape shape, List<Integer> columns) {}

    private Part take(LogicalPlan plan, Origin at) {
        if (isJoin(plan)) {
            Join join = (Join) plan;
            Part left = take(join.left(), at);
            Part right = take(join.right(), join.at());
            List<Integer> columns = Plans.concat(left.columns(), right.columns());
            ask(join.condition(), columns);
            return new Part(new JoinShape.Two(left.shape(), right.shape()), columns);
        }
        if (plan instanceof Filter filter && isSafe(filter.condition()) && hasJoin(filter.input())) {
            Part part = take(filter.input(), at);
            ask(filter.condition(), part.columns());
            return part;
        }
        if (plan instanceof Project project && hasJoin(plan)) {
            Part part = take(project.input(), at);
            List<Integer> columns = project.expressions().stream()
                    .map(each -> part.columns().get(((Expr.Column) each).index()))
                    .toList();
            return new Part(part.shape(), columns);
        }
        Relation relation = new Relation(plan, width, at);
        List<Integer> columns = new ArrayList<>();
        plan.output().forEach(field -> columns.add(width++));
        relations.add(relation);
        return new Part(new JoinShape.One(relations.size() - 1), columns);
    }

    /** Whether there is a join below what only leaves rows out, or columns. */
    private static boolean hasJoin(LogicalPlan plan) {
        if (plan instanceof Filter filter) {
            return isSafe(filter.condition()) && hasJoin(filter.input());
        }
        if (plan instanceof Project project) {
            return project.expressions().stream().allMatch(Expr.Column.class::isInstance) && hasJoin(project.input());
        }
        return isJoin(plan);
    }

    private void ask(Expr condition, List<Integer> columns) {
        for (Expr conjunct : Exprs.conjuncts(condition)) {
            if (!(conjunct instanceof Expr.Literal literal && literal.is(true))) {
                Expr test = Exprs.move(conjunct, columns::get);
                conditions.add(new Condition(test, relationsOf(test)));
            }
        }
    }

    /** The relation with a column. */
    int relationOf(int column) {
        for (int i = 0; i < relations.size(); i++) {
            if (relations.get(i).has(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no relation has column " + column);
    }

    private long relationsOf(Expr test) {
        long set = 0;
        for (int column : Exprs.columns(test)) {
            set |= 1L << relationOf(column);
        }
        return set;
    }

    // ---- putting together
    // ----------------------------------------------------------------------------------------------

    /** The same rows and columns, joined in another shape. */
    LogicalPlan in(JoinShape other) {
        Built built = build(other, whole.at());
        List<Expr> constant = conditions.stream()
                .filter(condition -> condition.relations() == 0)
                .map(Condition::test)
                .toList();
        LogicalPlan joined =
                constant.isEmpty() ? built.plan() : new Filter(built.plan(), Exprs.and(constant), whole.at());
        List<Field> fields = joined.output();
        List<Expr> columns = new ArrayList<>();
        for (int column : output) {
            int index = built.columns().indexOf(column);
            Field field = fields.get(index);
            columns.add(new Expr.Column(index, field.name(), field.type(), field.nullable(), whole.at()));
        }
        return new Project(joined, columns, Plans.names(whole), whole.at());
    }

    /**
     * A part that was put together.
     *
     * @param columns which of all columns its own are
     */
    private record Built(LogicalPlan plan, List<Integer> columns) {
        Expr over(Expr test) {
            return Exprs.move(test, columns::indexOf);
        }
    }

    private Built build(JoinShape part, Origin at) {
        if (part instanceof JoinShape.One one) {
            Built relation = relation(one.relation());
            // What is asked of rows that look others up, they are asked before.
            List<Expr> own = asked(condition -> condition.relations() == part.set()).stream()
                    .map(relation::over)
                    .toList();
            return own.isEmpty()
                    ? relation
                    : new Built(new Filter(relation.plan(), Exprs.and(own), at), relation.columns());
        }
        JoinShape.Two two = (JoinShape.Two) part;
        boolean isRelation = two.table() instanceof JoinShape.One;
        Origin joined = relations.get(two.table().probe()).at();
        Built rows = build(two.rows(), at);
        Built table = two.table() instanceof JoinShape.One one ? relation(one.relation()) : build(two.table(), joined);
        List<Integer> columns = Plans.concat(rows.columns(), table.columns());
        long below = two.rows().set();
        long beside = two.table().set();
        List<Expr> tests = asked(condition -> {
            boolean ofTable = isRelation && condition.relations() == beside;
            boolean ofBoth = (condition.relations() & below) != 0 && (condition.relations() & beside) != 0;
            return ofTable || ofBoth && (condition.relations() & ~(below | beside)) == 0;
        });
        List<Expr> moved =
                tests.stream().map(test -> Exprs.move(test, columns::indexOf)).toList();
        LogicalPlan join = new Join(Join.Kind.INNER, rows.plan(), table.plan(), Exprs.and(moved), joined);
        return new Built(join, columns);
    }

    private Built relation(int number) {
        Relation relation = relations.get(number);
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < relation.plan().output().size(); i++) {
            columns.add(relation.first() + i);
        }
        return new Built(relation.plan(), columns);
    }

    private List<Expr> asked(Predicate<Condition> when) {
        return conditions.stream().filter(when).map(Condition::test).toList();
    }
}
