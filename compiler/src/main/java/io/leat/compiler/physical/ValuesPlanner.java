package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.logical.LogicalPlan.Values;
import io.leat.compiler.physical.PhysicalOperator.LiteralRows;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;

/** Rows that stand in the query. Literals are rows as they are; where there are expressions, rows carry a number and choose by it. */
final class ValuesPlanner {
    private ValuesPlanner() {}

    static Path plan(Values plan, Operators operators) {
        List<Integer> computed = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < plan.output().size(); i++) {
            int column = i;
            if (plan.rows().stream().allMatch(row -> row.get(column) instanceof Literal)) {
                Field field = plan.output().get(i);
                boolean nullable =
                        plan.rows().stream().anyMatch(row -> row.get(column).nullable());
                fields.add(new Field(field.name(), field.type(), nullable));
            } else {
                computed.add(i);
            }
        }
        int number = fields.size();
        if (!computed.isEmpty()) {
            fields.add(Field.required("$row", Type.INT));
        }
        Schema schema = new Schema(fields);
        int id = operators.newId();
        operators.add(new LiteralRows(id, schema, rows(plan, computed)));
        Path path = Path.of(id, schema, true);
        return computed.isEmpty()
                ? path
                : path.then(projection(plan, computed, number), plan.output().size());
    }

    private static List<List<Literal>> rows(Values plan, List<Integer> computed) {
        List<List<Literal>> rows = new ArrayList<>();
        for (int i = 0; i < plan.rows().size(); i++) {
            List<Literal> literals = new ArrayList<>();
            for (int column = 0; column < plan.output().size(); column++) {
                if (!computed.contains(column)) {
                    literals.add((Literal) plan.rows().get(i).get(column));
                }
            }
            if (!computed.isEmpty()) {
                literals.add(new Literal((long) i, Type.INT, plan.at()));
            }
            rows.add(literals);
        }
        return rows;
    }

    private static Step projection(Values plan, List<Integer> computed, int number) {
        List<Expr> expressions = new ArrayList<>();
        int next = 0;
        for (int column = 0; column < plan.output().size(); column++) {
            Field field = plan.output().get(column);
            expressions.add(
                    computed.contains(column)
                            ? chosen(plan, column, number)
                            : new Expr.Column(next++, field.name(), field.type(), field.nullable(), plan.at()));
        }
        return new Step.Projection(expressions, plan.at());
    }

    private static Expr chosen(Values plan, int column, int number) {
        Type type = plan.output().get(column).type();
        List<Expr.Case.Branch> branches = new ArrayList<>();
        Expr row = new Expr.Column(number, "$row", Type.INT, false, plan.at());
        int last = plan.rows().size() - 1;
        for (int i = 0; i < last; i++) {
            Expr isRow = new Expr.Compare(
                    Expr.Compare.Operator.EQUAL, row, new Literal((long) i, Type.INT, plan.at()), plan.at());
            branches.add(new Expr.Case.Branch(isRow, plan.rows().get(i).get(column)));
        }
        Expr otherwise = plan.rows().get(last).get(column);
        return branches.isEmpty() ? otherwise : new Expr.Case(branches, otherwise, type, plan.at());
    }
}
