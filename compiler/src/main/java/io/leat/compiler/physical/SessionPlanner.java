package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.physical.PhysicalOperator.FormSessions;
import io.leat.compiler.physical.Terminal.LateRule;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.TimestampType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sessions: rows go to the worker that has their key, late ones stop before, and an operator keeps them until their session is over. */
final class SessionPlanner {
    private final Sessions plan;
    private final List<Expr> columns;

    SessionPlanner(Sessions plan) {
        this.plan = plan;
        this.columns = Plans.columns(plan.input(), plan.at());
    }

    /** Plans the pipelines and the operator; answers with the path of the rows with their sessions. */
    Path plan(List<Path> paths, Operators operators) {
        Expr time = columns.get(plan.timeColumn());
        List<Expr> keys = plan.keys().stream().map(columns::get).toList();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            fields.add(
                    new Field("key" + (i + 1), keys.get(i).type(), keys.get(i).nullable()));
        }
        fields.addAll(plan.input().output());
        fields.add(Field.required("$hash", Type.BIGINT));
        Schema schema = new Schema(fields);
        Spreading spreading = Spreading.by(plan.keys(), paths, operators);
        List<Expr> hashed = spreading.by().stream().map(columns::get).toList();
        List<Edge> inputs = new ArrayList<>();
        for (Path path : paths) {
            // A row before its watermark is late. One without time belongs to no session.
            Optional<LateRule> late = path.judged() ? Optional.of(new LateRule(time, 1)) : Optional.empty();
            Path timed = withTime(path);
            Terminal send = new Terminal.EmitKeyed(keys, hashed, columns, false, late, schema, plan.at());
            inputs.add(new Edge(operators.pipeline(timed, send), spreading.distribution()));
        }
        int id = operators.newId();
        Schema output = new Schema(plan.output());
        long unit = ((TimestampType) time.type()).unit();
        operators.add(new FormSessions(id, inputs, schema, keys.size(), plan.timeColumn(), plan.gap(), unit, output));
        boolean parallel = Spreading.isSpread(plan.keys(), paths);
        return Path.of(id, output, parallel).placedBy(parallel ? List.of(spreading.by()) : List.of());
    }

    private Path withTime(Path path) {
        Expr time = columns.get(plan.timeColumn());
        return time.nullable() ? path.then(new Step.SelectionFilter(isPresent(time), plan.at()), path.columns()) : path;
    }

    /** The rows with their own time where the bounds of their sessions are expected. */
    List<Path> timed(List<Path> paths) {
        Step step = PathPlanner.timesAsBounds(plan.input(), plan.timeColumn(), plan.at());
        return paths.stream()
                .map(path -> withTime(path).then(step, plan.output().size()))
                .toList();
    }

    private Expr isPresent(Expr time) {
        return new Expr.Not(new Expr.IsNull(time, plan.at()), plan.at());
    }
}
