package io.leat.compiler.logical;

import io.leat.compiler.expr.Expr;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.util.List;

/**
 * Each row as often as a number in it says, one after another; a row whose number is 0 or less is left out.
 *
 * @param times a BIGINT that is never NULL
 */
public record Repeat(LogicalPlan input, Expr times, Origin at) implements LogicalPlan {
    public Repeat {
        Plans.check(times.type().equals(Type.BIGINT) && !times.nullable(), "rows repeated by what is no number");
        Plans.checkColumns(times, input.output());
    }

    @Override
    public List<Field> output() {
        return input.output();
    }

    @Override
    public Traits traits() {
        return input.traits().withoutKeys();
    }

    @Override
    public List<LogicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public LogicalPlan withInputs(List<LogicalPlan> inputs) {
        return new Repeat(inputs.get(0), times, at);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.repeat(this);
    }
}
