package io.leat.compiler.logical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Questions about plans, and the checks that their constructors make. */
public final class Plans {
    /** What a join that marks rows adds to them. */
    public static final Field MARK = Field.required("matched", Type.BOOLEAN);

    private Plans() {}

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Every column of the expression exists among the fields and has their type. */
    static void checkColumns(Expr expression, List<Field> fields) {
        Exprs.forEachColumn(expression, column -> {
            check(column.index() >= 0 && column.index() < fields.size(), "no column " + column.index());
            Field field = fields.get(column.index());
            check(
                    field.type().equals(column.type()),
                    "column " + column.name() + " is " + field.type().sql() + " and not "
                            + column.type().sql());
            check(column.nullable() || !field.nullable(), "column " + column.name() + " may be NULL");
        });
    }

    static void checkPartition(
            LogicalPlan input, List<Integer> partition, List<LogicalPlan.SortKey> order, List<Integer> ties) {
        List<Integer> columns = new ArrayList<>(partition);
        columns.addAll(ties);
        order.forEach(key -> columns.add(key.column()));
        int width = input.output().size();
        check(
                columns.stream().allMatch(column -> column >= 0 && column < width),
                "a partition or an order by no column");
    }

    /** The columns of a plan as expressions over its rows. */
    public static List<Expr> columns(LogicalPlan plan, Origin at) {
        return columns(plan.output(), at);
    }

    /** Columns of rows as expressions over them. */
    public static List<Expr> columns(List<Field> fields, Origin at) {
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            columns.add(new Expr.Column(i, field.name(), field.type(), field.nullable(), at));
        }
        return columns;
    }

    /**
     * Whether rows rest in a node before they go on, so that it can be computed once for several users. Others fuse into what uses
     * them. An order fuses with the limit above it.
     */
    public static boolean rests(LogicalPlan node) {
        boolean passes = node instanceof LogicalPlan.Scan
                || node instanceof LogicalPlan.Values
                || node instanceof LogicalPlan.Filter
                || node instanceof Admission
                || node instanceof LogicalPlan.Project
                || node instanceof LogicalPlan.Window
                || node instanceof LogicalPlan.Join
                || node instanceof LogicalPlan.Union
                || node instanceof LogicalPlan.Sort
                // Whether it refuses late rows depends on who uses it.
                || node instanceof StreamJoin join && join.time() instanceof JoinTime.Lookup;
        return !passes;
    }

    /** What a node itself evaluates. */
    public static List<Expr> expressions(LogicalPlan node) {
        List<Expr> expressions = new ArrayList<>();
        if (node instanceof LogicalPlan.Values values) {
            values.rows().forEach(expressions::addAll);
        } else if (node instanceof LogicalPlan.Filter filter) {
            expressions.add(filter.condition());
        } else if (node instanceof ClockFilter filter) {
            concat(filter.from(), filter.until()).forEach(moment -> expressions.add(moment.time()));
        } else if (node instanceof Admission admission) {
            expressions.add(admission.condition());
        } else if (node instanceof LogicalPlan.Project project) {
            expressions.addAll(project.expressions());
        } else if (node instanceof LogicalPlan.Join join) {
            expressions.add(join.condition());
        } else if (node instanceof StreamJoin join) {
            expressions.add(join.condition());
        } else if (node instanceof Repeat repeat) {
            expressions.add(repeat.times());
        } else if (node instanceof Unnest unnest) {
            expressions.addAll(unnest.arrays());
        } else if (node instanceof Over over) {
            over.calls().forEach(call -> expressions.addAll(call.arguments()));
        } else if (node instanceof LogicalPlan.Aggregate aggregate) {
            for (LogicalPlan.AggregateCall call : aggregate.calls()) {
                call.argument().ifPresent(expressions::add);
                call.filter().ifPresent(expressions::add);
            }
        }
        return expressions;
    }

    /** Whether a plan speaks of rows around it, at this level of depth. */
    public static boolean speaksOf(LogicalPlan plan, int level) {
        return expressions(plan).stream().anyMatch(each -> Exprs.speaksOf(each, level))
                || plan.inputs().stream().anyMatch(input -> speaksOf(input, level));
    }

    public static List<String> names(LogicalPlan plan) {
        return plan.output().stream().map(Field::name).toList();
    }

    public static <T> List<T> concat(List<T> left, List<T> right) {
        List<T> all = new ArrayList<>(left.size() + right.size());
        all.addAll(left);
        all.addAll(right);
        return all;
    }

    /** Columns with the bounds of a window behind them, in the type of the time that it goes by. */
    static List<Field> withWindow(List<Field> fields, int timeColumn) {
        Type type = fields.get(timeColumn).type();
        return concat(
                fields,
                List.of(
                        Field.required("window_start", type),
                        Field.required("window_end", type),
                        Field.required("window_time", type)));
    }

    public static List<Type> types(LogicalPlan plan) {
        return plan.output().stream().map(Field::type).toList();
    }

    /**
     * Whether rows of the plan come and go even where only final rows are asked for: it reads a changelog, or its rows leave as the
     * clock goes on, and nothing between sums the changes up.
     */
    public static boolean comesAndGoes(LogicalPlan plan) {
        if (plan instanceof ClockFilter) {
            return true;
        }
        if (plan instanceof LogicalPlan.Scan scan) {
            return scan.table().comesAndGoes();
        }
        if (plan instanceof StreamJoin join) {
            return !(join.time() instanceof JoinTime.AsOf || join.time() instanceof JoinTime.Lookup)
                    && (comesAndGoes(join.left()) || comesAndGoes(join.right()));
        }
        if (plan instanceof LogicalPlan.Union union) {
            return union.inputs().stream().anyMatch(Plans::comesAndGoes);
        }
        boolean passes = plan instanceof LogicalPlan.Filter
                || plan instanceof LogicalPlan.Project
                || plan instanceof LogicalPlan.Window
                || plan instanceof LogicalPlan.Join
                || plan instanceof Repeat
                || plan instanceof Unnest;
        return passes && comesAndGoes(plan.inputs().get(0));
    }

    /** Whether each row of the plan goes again as the clock goes on, so that what is kept of it is freed by that. */
    public static boolean leaves(LogicalPlan plan) {
        if (plan instanceof ClockFilter filter && !filter.until().isEmpty()) {
            return true;
        }
        if (plan instanceof LogicalPlan.Union union) {
            return union.inputs().stream().allMatch(Plans::leaves);
        }
        if (plan instanceof StreamJoin join) {
            boolean pairs = join.kind() == JoinKind.INNER && leaves(join.right());
            return pairs || leaves(join.left()) && (join.kind() != JoinKind.FULL || leaves(join.right()));
        }
        boolean rests = plan instanceof LogicalPlan.Sort
                || plan instanceof LogicalPlan.Limit
                || plan.inputs().isEmpty();
        return !rests && leaves(plan.inputs().get(0));
    }

    /** Whether each row of the left side has at most one partner: the join asks for a whole unique key of the right side. */
    public static boolean matchesAtMostOne(LogicalPlan.Join join) {
        return matchesAtMostOne(join.left(), join.right(), join.condition());
    }

    /** Whether a condition asks for a whole unique key of the right side, and so holds for one of its rows at most. */
    public static boolean matchesAtMostOne(LogicalPlan left, LogicalPlan right, Expr condition) {
        int width = left.output().size();
        Set<Integer> asked = new HashSet<>();
        for (Expr conjunct : Exprs.conjuncts(condition)) {
            if (conjunct instanceof Expr.Compare compare && compare.operator() == Expr.Compare.Operator.EQUAL) {
                addAsked(compare.left(), compare.right(), width, asked);
                addAsked(compare.right(), compare.left(), width, asked);
            }
        }
        return right.traits().uniqueKeys().stream().anyMatch(asked::containsAll);
    }

    /**
     * The columns in which all rows are the same that meet a condition. Floating point numbers are left out: 0.0 and -0.0 are equal, and not
     * the same.
     */
    static Set<Integer> fixedColumns(Expr condition) {
        Set<Integer> fixed = new HashSet<>();
        for (Expr conjunct : Exprs.conjuncts(condition)) {
            if (conjunct instanceof Expr.Compare compare && compare.operator() == Expr.Compare.Operator.EQUAL) {
                addFixed(compare.left(), compare.right(), fixed);
                addFixed(compare.right(), compare.left(), fixed);
            }
        }
        return fixed;
    }

    private static void addFixed(Expr asked, Expr value, Set<Integer> into) {
        boolean exact = !asked.type().equals(Type.REAL)
                && !asked.type().equals(Type.DOUBLE)
                && !(asked.type() instanceof Type.RowType);
        if (exact && asked instanceof Expr.Column column && value instanceof Expr.Literal) {
            into.add(column.index());
        }
    }

    private static void addAsked(Expr asked, Expr value, int width, Set<Integer> into) {
        boolean known = Exprs.columns(value).stream().allMatch(column -> column < width);
        if (known && asked instanceof Expr.Column column && column.index() >= width) {
            into.add(column.index() - width);
        }
    }
}
