package io.leat.compiler.logical;

import io.leat.compiler.expr.Expr;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import java.util.List;

/**
 * Each row once for every element of an array, in their order: behind its columns the element, and its position from 1 on. A row whose
 * array is NULL or has no elements is left out.
 */
public record Unnest(LogicalPlan input, Expr array, Origin at) implements LogicalPlan {
    public Unnest {
        Plans.check(array.type() instanceof ArrayType, "elements of what is no array");
        Plans.checkColumns(array, input.output());
    }

    @Override
    public List<Field> output() {
        Type element = ((ArrayType) array.type()).element();
        return Plans.concat(
                input.output(), List.of(Field.nullable("unnest", element), Field.required("ordinality", Type.INT)));
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
        return new Unnest(inputs.get(0), array, at);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.unnest(this);
    }
}
