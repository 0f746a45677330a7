package io.leat.compiler.optimize.rule;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Scan;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Unsettled;
import io.leat.grammar.source.Origin;
import java.util.List;

/** Puts a condition that stood above a node that keeps rows below it. */
final class Doors {
    private Doors() {}

    /**
     * The rows of an input that the node above it is to keep. Rows of a source may be late for that node, or fail in it, and in any case they
     * count as taken: the condition is asked at its door. Rows that an operator made, and that cannot fail, are filtered, and the filter may
     * move on.
     *
     * @param conjuncts that cannot fail
     * @param fails whether what the node above computes from a row may fail
     */
    static LogicalPlan keep(LogicalPlan input, List<Expr> conjuncts, boolean fails, Origin at) {
        Expr condition = Exprs.and(conjuncts);
        boolean guarded = isOfSource(input) || fails || Unsettled.any(input);
        return guarded ? new Admission(input, condition, at) : new Filter(input, condition, at);
    }

    /** Whether rows come from a source, where each is counted, and have not rested since. */
    static boolean isOfSource(LogicalPlan plan) {
        if (plan instanceof Scan scan) {
            return scan.table().kind() != Table.Kind.MEMORY;
        }
        // Of a lookup only the left side goes on.
        int sides = plan instanceof LogicalPlan.Join ? 1 : plan.inputs().size();
        return !Plans.rests(plan) && plan.inputs().stream().limit(sides).anyMatch(Doors::isOfSource);
    }
}
