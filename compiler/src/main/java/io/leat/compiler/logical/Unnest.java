package io.leat.compiler.logical;

import io.leat.compiler.expr.Expr;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import java.util.ArrayList;
import java.util.List;

/**
 * Each row once for every position that one of some arrays has an element at, in their order: behind its columns the element of each
 * array, NULL for one that is shorter, and the position from 1 on. A row whose arrays are all NULL or have no elements is left out.
 *
 * @param padded whether such a row goes on once, with NULL for elements and position
 */
public record Unnest(LogicalPlan input, List<Expr> arrays, boolean padded, Origin at) implements LogicalPlan {
    public Unnest {
        arrays = List.copyOf(arrays);
        Plans.check(!arrays.isEmpty(), "elements of no array");
        for (Expr array : arrays) {
            Plans.check(array.type() instanceof ArrayType, "elements of what is no array");
            Plans.checkColumns(array, input.output());
        }
    }

    @Override
    public List<Field> output() {
        List<Field> fields = new ArrayList<>(input.output());
        arrays.forEach(array -> fields.add(Field.nullable("unnest", ((ArrayType) array.type()).element())));
        fields.add(new Field("ordinality", Type.INT, padded));
        return fields;
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
        return new Unnest(inputs.get(0), arrays, padded, at);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.unnest(this);
    }
}
