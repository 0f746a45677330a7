package io.leat.compiler.logical;

import io.leat.compiler.expr.Expr;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.List;

/**
 * The rows for which a condition is TRUE, asked at the door of the node above, which keeps rows: behind its verdict on rows that are
 * late, and behind everything that it computes from a row. So a condition of a query that stands above such a node can be asked below it
 * without a row being late, or rejected, that was not, or the other way round.
 *
 * @param condition does not fail
 */
public record Admission(LogicalPlan input, Expr condition, Origin at) implements LogicalPlan {
    public Admission {
        Plans.check(condition.type().equals(Type.BOOLEAN), "an admission that is not boolean");
        Plans.checkColumns(condition, input.output());
    }

    @Override
    public List<Field> output() {
        return input.output();
    }

    @Override
    public Traits traits() {
        return input.traits();
    }

    @Override
    public List<LogicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public LogicalPlan withInputs(List<LogicalPlan> inputs) {
        return new Admission(inputs.get(0), condition, at);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.admission(this);
    }
}
