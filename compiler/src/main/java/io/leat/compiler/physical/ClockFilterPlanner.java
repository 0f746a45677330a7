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
import java.util.TreeSet;

/**
 * Conditions on the clock: an operator keeps rows while they are there. What takes a row back must find it, so rows are spread by their
 * key, which also leaves a row and the one in its place together, or else by their moments.
 */
final class ClockFilterPlanner {
    private final ClockFilter plan;
    private final List<Expr> moments;
    private final List<Expr> columns;

    ClockFilterPlanner(ClockFilter plan) {
        this.plan = plan;
        this.moments = Plans.expressions(plan);
        this.columns = Plans.columns(plan.input(), plan.at());
    }

    /** Plans the pipelines and the operator; answers with the path of the rows that come and go. */
    Path plan(List<Path> paths, Operators operators) {
        boolean weighted = paths.stream().anyMatch(Path::weighted);
        boolean parallel = paths.stream().anyMatch(Path::parallel);
        List<Integer> key = key();
        Spreading spreading = key.isEmpty() ? byMoments(parallel, operators) : Spreading.by(key, paths, operators);
        List<Expr> spread = spreading.by().stream().map(columns::get).toList();
        List<Expr> sent = Plans.concat(moments, spread);
        Schema schema = arriving(sent, weighted);
        List<Edge> inputs = new ArrayList<>();
        for (Path path : paths) {
            Terminal send = new Terminal.EmitKeyed(
                    sent, spread.isEmpty() ? moments : spread, columns, weighted, Optional.empty(), schema, plan.at());
            inputs.add(new Edge(operators.pipeline(known(path), send), spreading.distribution()));
        }
        int id = operators.newId();
        Schema output = new Schema(Operators.weighted(plan.output()));
        operators.add(new FilterByClock(
                id,
                inputs,
                schema,
                weighted,
                spread.size(),
                shifts(plan.from()),
                shifts(plan.until()),
                output,
                plan.at()));
        List<List<Integer>> placed = parallel && !key.isEmpty() ? List.of(spreading.by()) : List.of();
        return Path.ofChanges(List.of(id), output, parallel).placedBy(placed);
    }

    /** The columns that no two rows share; none if that is not known. */
    private List<Integer> key() {
        return plan.input().traits().uniqueKeys().stream()
                .findFirst()
                .map(key -> List.copyOf(new TreeSet<>(key)))
                .orElse(List.of());
    }

    private static Spreading byMoments(boolean parallel, Operators operators) {
        boolean moves = parallel && operators.isParallel();
        return new Spreading(moves ? Distribution.BY_KEY : Distribution.LOCAL, List.of());
    }

    /** The rows that have all moments. */
    private Path known(Path path) {
        Path known = path;
        for (Expr moment : moments) {
            if (moment.nullable()) {
                known = known.then(new Step.SelectionFilter(isPresent(moment), plan.at()), path.columns());
            }
        }
        return known;
    }

    private Schema arriving(List<Expr> sent, boolean weighted) {
        List<Field> fields = new ArrayList<>();
        for (Expr each : sent) {
            String name = fields.size() < moments.size() ? "moment" : "key";
            fields.add(new Field(name + (fields.size() + 1), each.type(), each.nullable()));
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
