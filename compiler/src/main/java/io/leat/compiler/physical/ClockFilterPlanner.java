package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.ClockFilter;
import io.leat.compiler.logical.ClockFilter.Moment;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.physical.PhysicalOperator.FilterByClock;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Conditions on the clock: rows are spread by their moments, so that what takes a row back finds it, and an operator keeps them while
 * they are there.
 */
final class ClockFilterPlanner {
    private final ClockFilter plan;

    ClockFilterPlanner(ClockFilter plan) {
        this.plan = plan;
    }

    /** Plans the pipelines and the operator; answers with the path of the rows that come and go. */
    Path plan(List<Path> paths, Operators operators) {
        List<Expr> moments = Plans.expressions(plan);
        boolean weighted = paths.stream().anyMatch(Path::weighted);
        boolean parallel = paths.stream().anyMatch(Path::parallel);
        Schema schema = arriving(moments, weighted);
        List<Edge> inputs = new ArrayList<>();
        for (Path path : paths) {
            Path known = path;
            for (Expr moment : moments) {
                if (moment.nullable()) {
                    known = known.then(new Step.SelectionFilter(isPresent(moment), plan.at()), path.columns());
                }
            }
            List<Expr> columns = Plans.columns(plan.input(), plan.at());
            Terminal send =
                    new Terminal.EmitKeyed(moments, moments, columns, weighted, Optional.empty(), schema, plan.at());
            boolean moves = parallel && operators.isParallel();
            inputs.add(new Edge(operators.pipeline(known, send), moves ? Distribution.BY_KEY : Distribution.LOCAL));
        }
        int id = operators.newId();
        Schema output = new Schema(Operators.weighted(plan.output()));
        operators.add(new FilterByClock(
                id, inputs, schema, weighted, shifts(plan.from()), shifts(plan.until()), output, plan.at()));
        return Path.ofChanges(List.of(id), output, parallel);
    }

    private Schema arriving(List<Expr> moments, boolean weighted) {
        List<Field> fields = new ArrayList<>();
        for (Expr moment : moments) {
            fields.add(new Field("moment" + (fields.size() + 1), moment.type(), moment.nullable()));
        }
        fields.addAll(plan.output());
        fields.add(Field.required("$hash", Type.BIGINT));
        return new Schema(weighted ? Operators.weighted(fields) : fields);
    }

    private static List<Long> shifts(List<Moment> moments) {
        return moments.stream().map(Moment::shift).toList();
    }

    private Expr isPresent(Expr moment) {
        return new Expr.Not(new Expr.IsNull(moment, plan.at()), plan.at());
    }
}
