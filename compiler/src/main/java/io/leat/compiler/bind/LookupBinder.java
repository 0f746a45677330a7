package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.JoinTime.Lookup;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.StreamJoin;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.job.JoinKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins that ask a table outside for the key of each row, as of now. Columns of the table that are compared for equality are its key;
 * whatever else is asked is asked of the rows that it answers.
 */
final class LookupBinder {
    private final Problems problems;
    private final LogicalPlan left;
    private final LogicalPlan right;
    private final Origin at;
    private final int width;

    LookupBinder(Problems problems, LogicalPlan left, LogicalPlan right, Origin at) {
        this.problems = problems;
        this.left = left;
        this.right = right;
        this.at = at;
        this.width = left.output().size();
    }

    /** Whether rows are had by asking for keys: of a table that can be asked, unless it says that it is read again and again. */
    static boolean asks(LogicalPlan right) {
        if (right instanceof LogicalPlan.Scan scan) {
            return scan.refresh() == 0
                    && scan.table().source().flatMap(SourceTraits::lookup).isPresent();
        }
        return right.inputs().stream().anyMatch(LookupBinder::asks);
    }

    /** The columns of both sides, in their places. */
    LogicalPlan plan(JoinKind kind, Expr condition) {
        refuse();
        List<Expr> values = new ArrayList<>();
        List<Integer> keys = new ArrayList<>();
        List<Expr> rest = new ArrayList<>();
        for (Expr conjunct : Exprs.conjuncts(condition)) {
            Expr value = value(conjunct);
            // What may fail is not asked before what stands in front of it.
            boolean isFirst = rest.stream().noneMatch(Exprs::canFail);
            int key = value == null ? -1 : key((Compare) conjunct, value);
            if (value == null || keys.contains(key) || !isFirst) {
                rest.add(conjunct);
            } else {
                values.add(value);
                keys.add(key);
            }
        }
        if (keys.isEmpty()) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    at,
                    "a table that is asked as of now is asked for a key, and this compares no column of it for equality",
                    "write ON l.id = t.id with the column of the table as it is, and a CAST on the left side if types differ");
        }
        return join(kind, values, keys, Exprs.and(rest));
    }

    private void refuse() {
        if (!(right instanceof LogicalPlan.Scan)) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    at,
                    "only a table itself is asked for keys, and this is a query over one, or has computed columns",
                    "join the table and compute above it, or leave FOR SYSTEM_TIME AS OF out, and the table is read as a whole");
        }
        if (Plans.comesAndGoes(left)) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    at,
                    "rows of '" + ChangeChecks.changelog(left).table().name()
                            + "' come and go, and what a table answered is not known any more when they go",
                    "leave FOR SYSTEM_TIME AS OF out, and the table is read as a whole before the first row");
        }
    }

    /** What a column of the table is compared with; null if the condition is no such comparison. */
    private Expr value(Expr conjunct) {
        if (!(conjunct instanceof Compare compare) || compare.operator() != Compare.Operator.EQUAL) {
            return null;
        }
        if (isColumn(compare.right()) && isOfLeft(compare.left())) {
            return compare.left();
        }
        return isColumn(compare.left()) && isOfLeft(compare.right()) ? compare.right() : null;
    }

    private int key(Compare compare, Expr value) {
        Expr column = value == compare.left() ? compare.right() : compare.left();
        return ((Expr.Column) column).index() - width;
    }

    private boolean isColumn(Expr expression) {
        return expression instanceof Expr.Column column && column.index() >= width;
    }

    private boolean isOfLeft(Expr expression) {
        return Exprs.columns(expression).stream().allMatch(column -> column < width);
    }

    /** Values that are no columns become some behind those of the left side, and are left out again. */
    private LogicalPlan join(JoinKind kind, List<Expr> values, List<Integer> keys, Expr rest) {
        List<Expr> columns = new ArrayList<>(Plans.columns(left, at));
        List<String> names = new ArrayList<>(Plans.names(left));
        List<Integer> asked = new ArrayList<>();
        for (Expr value : values) {
            if (value instanceof Expr.Column column) {
                asked.add(column.index());
            } else {
                asked.add(columns.size());
                columns.add(value);
                names.add("$key" + (asked.size()));
            }
        }
        int added = columns.size() - width;
        LogicalPlan rows = added == 0 ? left : new LogicalPlan.Project(left, columns, names, at);
        Expr moved = Exprs.move(rest, column -> column < width ? column : column + added);
        LogicalPlan join = new StreamJoin(kind, rows, right, moved, new Lookup(asked, keys), at);
        if (added == 0) {
            return join;
        }
        List<Expr> all = Plans.columns(join, at);
        int from = width + added;
        return new LogicalPlan.Project(
                join,
                Plans.concat(all.subList(0, width), all.subList(from, all.size())),
                Plans.concat(Plans.names(left), Plans.names(right)),
                at);
    }
}
