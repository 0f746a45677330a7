package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.WindowCall;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.RankFunction;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** A limit for each partition of rows. */
final class FirstRows {
    private FirstRows() {}

    /** The first row of each partition; the columns of the rows first. Rules know it as what {@code QUALIFY row_number() = 1} is. */
    static LogicalPlan one(LogicalPlan rows, List<Integer> partition, List<SortKey> order, Origin at) {
        List<Integer> by = List.copyOf(new LinkedHashSet<>(partition));
        WindowCall number = new WindowCall.Ranking(RankFunction.ROW_NUMBER, "row_number", at);
        LogicalPlan numbered = new Over(rows, by, order, List.of(), List.of(number), at);
        Expr place = Plans.columns(numbered, at).get(rows.output().size());
        return new LogicalPlan.Filter(numbered, compare(Expr.Compare.Operator.EQUAL, place, 1, at), at);
    }

    /** The rows of each partition that a limit lets through; the columns of the rows first. */
    static LogicalPlan of(LogicalPlan rows, List<Integer> partition, List<SortKey> order, LogicalPlan.Limit limit) {
        List<Integer> by = List.copyOf(new LinkedHashSet<>(partition));
        if (limit.offset() == 0 && limit.count() > 0) {
            return new TopN(
                    rows, by, order, List.of(), RankFunction.ROW_NUMBER, limit.count(), Optional.empty(), limit.at());
        }
        WindowCall number = new WindowCall.Ranking(RankFunction.ROW_NUMBER, "row_number", limit.at());
        LogicalPlan numbered = new Over(rows, by, order, List.of(), List.of(number), limit.at());
        List<Expr> columns = Plans.columns(numbered, limit.at());
        Expr place = columns.get(columns.size() - 1);
        List<Expr> conditions = new ArrayList<>();
        conditions.add(compare(Expr.Compare.Operator.GREATER, place, limit.offset(), limit.at()));
        if (limit.count() >= 0) {
            long last =
                    limit.count() > Long.MAX_VALUE - limit.offset() ? Long.MAX_VALUE : limit.offset() + limit.count();
            conditions.add(compare(Expr.Compare.Operator.LESS_OR_EQUAL, place, last, limit.at()));
        }
        return new LogicalPlan.Filter(numbered, Exprs.and(conditions), limit.at());
    }

    private static Expr compare(Expr.Compare.Operator operator, Expr place, long number, Origin at) {
        return new Expr.Compare(operator, place, new Expr.Literal(number, Type.BIGINT, at), at);
    }
}
