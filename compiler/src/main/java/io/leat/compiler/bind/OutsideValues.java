package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.grammar.source.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** The distinct values of columns outside that a subquery speaks of, and subqueries computed once for each of them. */
final class OutsideValues {
    private final Problems problems;
    private final int level;
    private final LogicalPlan outside;
    private final IntFunction<Expr> column;

    /**
     * @param level of the rows outside
     * @param outside their plan
     * @param column what a column of the rows outside is in that plan
     */
    OutsideValues(Problems problems, int level, LogicalPlan outside, IntFunction<Expr> column) {
        this.problems = problems;
        this.level = level;
        this.outside = outside;
        this.column = column;
    }

    /** A subquery computed for the distinct values outside: its rows for one row outside are those with its values, of which NULL is one. */
    Correlated compute(LogicalPlan plan) {
        List<Expr.Outer> outers = Subquery.outside(plan, level);
        List<Expr> values =
                outers.stream().map(each -> column.apply(each.index())).toList();
        Origin at = plan.at();
        List<String> names = outers.stream().map(Expr.Outer::name).toList();
        LogicalPlan projected = new LogicalPlan.Project(outside, values, names, at);
        LogicalPlan distinct = new AggregateBinder(problems)
                .aggregate(projected, Optional.empty(), Plans.columns(projected, at), List.of(), at);
        List<Integer> indexes = outers.stream().map(Expr.Outer::index).toList();
        LogicalPlan bound = plan.accept(new OutsideJoin(problems, level, distinct, indexes));
        int width = plan.output().size();
        List<Expr> columns = Plans.columns(bound, at);
        List<Expr> conditions = new ArrayList<>();
        for (int i = 0; i < outers.size(); i++) {
            conditions.addAll(NullSafe.equal(columns.get(width + i), outers.get(i), at));
        }
        return new Correlated(bound, columns.subList(0, width), conditions, false, List.of());
    }
}
