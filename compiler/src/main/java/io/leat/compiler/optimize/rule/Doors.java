package io.leat.compiler.optimize.rule;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Scan;
import io.leat.compiler.logical.Plans;
import io.leat.grammar.source.Origin;
import java.util.List;

/** Puts a condition that stood above a node that keeps rows below it. */
final class Doors {
    private Doors() {}

    /**
     * The rows of an input that the node above it is to keep. Where the node may refuse rows as late, or may fail for some, it must go on
     * doing so for those that the condition leaves out: the condition is then asked at its door. Everywhere else it is a filter, which may
     * move on.
     *
     * @param conjuncts that cannot fail
     * @param judges whether the node above refuses rows that are late
     * @param fails whether what the node above computes from a row may fail
     */
    static LogicalPlan keep(LogicalPlan input, List<Expr> conjuncts, boolean judges, boolean fails, Origin at) {
        Expr condition = Exprs.and(conjuncts);
        boolean guarded = judges && mayBeLate(input) || fails || Unsettled.any(input);
        return guarded ? new Admission(input, condition, at) : new Filter(input, condition, at);
    }

    /** Whether a row may be late: it comes from a source with a watermark, and has not rested since. */
    private static boolean mayBeLate(LogicalPlan plan) {
        if (plan instanceof Scan scan) {
            Table table = scan.table();
            return table.kind() != Table.Kind.CONNECTOR
                    || table.isStream() && table.watermark().isPresent();
        }
        // Of a lookup only the left side goes on.
        int sides = plan instanceof LogicalPlan.Join ? 1 : plan.inputs().size();
        return !Plans.rests(plan) && plan.inputs().stream().limit(sides).anyMatch(Doors::mayBeLate);
    }
}
