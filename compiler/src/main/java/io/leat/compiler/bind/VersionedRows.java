package io.leat.compiler.bind;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Column;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Project;
import io.leat.compiler.logical.LogicalPlan.Scan;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.WindowCall.Ranking;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.RankFunction;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rows that replace each other by key, as the versions that they had: each row with its time, one that deletes as the end of the one
 * before. So are tables of changes by key, and queries that keep the last row of each key, {@code ROW_NUMBER() OVER (PARTITION BY key
 * ORDER BY time DESC) = 1}; and what is selected of either. A condition that a version does not meet ends the one before it, too.
 *
 * @param plan the columns of the rows in their places, then others, of which {@code gone} says whether a version is only an end
 * @param key for each column of the key, where it is among the columns; -1 if it was left out
 * @param rank a column with the place of a row, of which only the first is wanted; -1 if there is none, or that has been said
 * @param first whether of versions with the same time the first one counts
 */
record VersionedRows(LogicalPlan plan, int gone, List<Integer> key, int rank, boolean first) {

    /** The versions of the rows of a plan; empty if its rows have none. */
    static Optional<VersionedRows> of(LogicalPlan plan) {
        return find(plan).filter(each -> each.rank < 0);
    }

    private static Optional<VersionedRows> find(LogicalPlan plan) {
        if (plan instanceof Scan scan) {
            boolean keyed = scan.table().comesAndGoes()
                    && scan.table().changelog().orElseThrow().keyed();
            return keyed && scan.refresh() == 0 ? Optional.of(scan(scan)) : Optional.empty();
        }
        if (plan instanceof Over over) {
            return over(over);
        }
        if (plan instanceof Filter filter) {
            return find(filter.input()).map(input -> input.filtered(filter));
        }
        return plan instanceof Project project
                ? find(project.input()).map(input -> input.projected(project))
                : Optional.empty();
    }

    // ---- where versions come from
    // --------------------------------------------------------------------------------------

    private static VersionedRows scan(Scan scan) {
        Scan read = Scan.of(table(scan.table()), scan.statement(), scan.refusedBy(), scan.at())
                .withPatience(scan.patience());
        int gone = read.output().size() - 1;
        Expr says = new Expr.Not(new Expr.IsNull(column(read, gone), scan.at()), scan.at());
        LogicalPlan told = new Filter(read, says, scan.at());
        return new VersionedRows(told, gone, scan.table().carriedKey(), -1, false);
    }

    /** A table of rows by key as one of versions, of whose ends only the key is known and what the transport says. */
    static Table table(Table table) {
        List<Field> known = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            if (!table.columns().get(i).isComputed()) {
                boolean isKey = table.primaryKey().contains(i);
                boolean stays = isKey || table.columns().get(i).metadata().isPresent();
                Field field = table.columns().get(i).field();
                known.add(stays ? field : Field.nullable(field.name(), field.type()));
            }
        }
        return table.versions(computed -> widened(computed, known));
    }

    /** Rows by their place, of which the last one of each key is the first. */
    private static Optional<VersionedRows> over(Over over) {
        LogicalPlan input = over.input();
        int width = input.output().size();
        boolean isLast = over.calls().size() == 1
                && over.calls().get(0) instanceof Ranking ranking
                && ranking.function() == RankFunction.ROW_NUMBER
                && over.order().size() == 1
                && over.order().get(0).descending()
                && input.traits()
                        .eventTime()
                        .equals(java.util.OptionalInt.of(over.order().get(0).column()))
                && !over.partition().isEmpty()
                && !over.windowed()
                && !Plans.comesAndGoes(input);
        if (!isLast) {
            return Optional.empty();
        }
        List<Expr> columns = new ArrayList<>(Plans.columns(input, over.at()));
        columns.add(new Literal(1L, Type.BIGINT, over.at()));
        columns.add(Literal.of(false, over.at()));
        List<String> names = new ArrayList<>(Plans.names(over));
        names.add(Scan.GONE.name());
        LogicalPlan versions = new Project(input, columns, names, over.at());
        return Optional.of(new VersionedRows(versions, width + 1, over.partition(), width, true));
    }

    // ---- what is selected of them
    // --------------------------------------------------------------------------------------

    private VersionedRows filtered(Filter filter) {
        boolean asksFirst =
                rank >= 0 && Exprs.conjuncts(filter.condition()).stream().anyMatch(this::isFirst);
        Origin at = filter.at();
        Expr meets = new Expr.IsTrue(widened(filter.condition(), plan.output()), at);
        List<Expr> columns = new ArrayList<>(Plans.columns(plan, at));
        Expr ends = new Expr.Logical(false, List.of(columns.get(gone), new Expr.Not(meets, at)), at);
        columns.set(gone, ends);
        LogicalPlan kept = new Project(plan, columns, Plans.names(plan), at);
        return new VersionedRows(kept, gone, key, asksFirst ? -1 : rank, first);
    }

    /** Whether a condition lets the first place through, and no other. */
    private boolean isFirst(Expr condition) {
        if (!(condition instanceof Compare compare)) {
            return false;
        }
        boolean turned = compare.right() instanceof Column;
        Expr place = turned ? compare.right() : compare.left();
        Expr bound = turned ? compare.left() : compare.right();
        if (!(place instanceof Column column
                && column.index() == rank
                && bound instanceof Literal literal
                && literal.value() instanceof Long number)) {
            return false;
        }
        return switch (turned ? JoinTimes.mirrored(compare.operator()) : compare.operator()) {
            case EQUAL, LESS_OR_EQUAL -> number == 1;
            case LESS -> number == 2;
            default -> false;
        };
    }

    private VersionedRows projected(Project project) {
        List<Field> fields = plan.output();
        List<Expr> columns = new ArrayList<>();
        for (Expr expression : project.expressions()) {
            columns.add(time(expression).orElseGet(() -> widened(expression, fields)));
        }
        List<String> names = new ArrayList<>(project.names());
        int newGone = columns.size();
        columns.add(column(plan, gone));
        names.add(Scan.GONE.name());
        List<Integer> newKey =
                key.stream().map(column -> position(columns, column)).toList();
        int newRank = rank < 0 ? -1 : position(columns, rank);
        LogicalPlan selected = new Project(plan, columns, names, project.at());
        // A rank that nobody asks for any more lets all rows through.
        return new VersionedRows(
                selected, newGone, newKey, rank >= 0 && newRank < 0 ? Integer.MAX_VALUE : newRank, first);
    }

    /** The event time of a table of versions where a query computes it from other columns, as it does without one. */
    private Optional<Expr> time(Expr expression) {
        if (expression instanceof Column || plan.traits().eventTime().isEmpty() || !(plan instanceof Filter told)) {
            return Optional.empty();
        }
        Table table = ((Scan) told.input()).table();
        Optional<Expr> computed =
                table.columns().get(table.watermark().orElseThrow().column()).computed();
        return computed.filter(each -> each.equals(widened(expression, plan.output())))
                .map(each -> column(plan, plan.traits().eventTime().getAsInt()));
    }

    private static int position(List<Expr> columns, int wanted) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) instanceof Column column && column.index() == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static Expr column(LogicalPlan plan, int index) {
        return Plans.columns(plan, plan.at()).get(index);
    }

    /** The expression over rows with the same columns, more of which may be NULL. */
    static Expr widened(Expr expression, List<Field> fields) {
        return Exprs.rewrite(expression, each -> {
            if (each instanceof Column column) {
                boolean nullable = fields.get(column.index()).nullable();
                return new Column(column.index(), column.name(), column.type(), nullable, column.at());
            }
            if (each instanceof Expr.FieldAccess access) {
                boolean nullable = access.nullable() || access.row().nullable();
                return new Expr.FieldAccess(
                        access.row(), access.index(), access.name(), access.type(), nullable, access.at());
            }
            return each;
        });
    }

    /** Which conjuncts of a condition over both sides say which key is meant; empty if they do not say it whole. */
    Optional<Set<Expr>> keys(Expr condition, int width) {
        Set<Expr> asking = new HashSet<>();
        Set<Integer> asked = new HashSet<>();
        for (Expr conjunct : Exprs.conjuncts(condition)) {
            if (conjunct instanceof Compare compare && compare.operator() == Compare.Operator.EQUAL) {
                int column = Math.max(
                        key(compare.left(), compare.right(), width), key(compare.right(), compare.left(), width));
                if (column >= 0 && asked.add(column)) {
                    asking.add(conjunct);
                }
            }
        }
        return asked.containsAll(key) ? Optional.of(asking) : Optional.empty();
    }

    /** The column of the key that is compared with something of the left side, or -1. */
    private int key(Expr compared, Expr with, int width) {
        boolean known = Exprs.columns(with).stream().allMatch(column -> column < width)
                && !Exprs.columns(with).isEmpty();
        Expr plain = compared instanceof Expr.Cast cast && keepsApart(cast) ? cast.value() : compared;
        boolean isKey = plain instanceof Column column && key.contains(column.index() - width);
        return known && isKey ? ((Column) plain).index() - width : -1;
    }

    /** Whether a cast makes different values of different ones. */
    private static boolean keepsApart(Expr.Cast cast) {
        return isWhole(cast.value().type()) && isWhole(cast.type());
    }

    private static boolean isWhole(Type type) {
        return type.equals(Type.TINYINT)
                || type.equals(Type.SMALLINT)
                || type.equals(Type.INT)
                || type.equals(Type.BIGINT);
    }
}
