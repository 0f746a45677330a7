package io.leat.compiler.bind;

import io.leat.compiler.logical.Demand;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.SinkSpec;

/**
 * A statement that moves rows.
 *
 * @param title for reports, e.g. {@code INSERT INTO site_minutes}
 * @param plan the columns of the sink, in order
 * @param sink where the rows go; if it takes changes, every change of the result is to go there
 */
public record BoundStatement(String title, LogicalPlan plan, SinkSpec sink, Origin at) {
    /** How the rows of the plan are to be told. */
    public Demand demand() {
        return sink.changes() ? Demand.CHANGES : Demand.FINAL;
    }

    public BoundStatement withPlan(LogicalPlan newPlan) {
        return new BoundStatement(title, newPlan, sink, at);
    }
}
