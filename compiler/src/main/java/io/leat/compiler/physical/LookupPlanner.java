package io.leat.compiler.physical;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.JoinTime.Lookup;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.physical.PhysicalOperator.JoinStreams;
import io.leat.compiler.physical.Terminal.LateRule;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.job.NodeSpec.JoinSide;
import io.leat.runtime.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Joins with a table outside that is asked for keys: rows stay where they are, and each worker asks for its own. */
final class LookupPlanner {
    private final StreamJoin plan;
    private final Lookup lookup;
    private final boolean timed;

    /**
     * @param timed whether anything that follows goes by event time, so that late rows have to be refused here
     */
    LookupPlanner(StreamJoin plan, boolean timed) {
        this.plan = plan;
        this.lookup = (Lookup) plan.time();
        this.timed = timed;
    }

    Path plan(List<Path> left, Operators operators) {
        List<Expr> columns = Plans.columns(plan.left(), plan.at());
        List<Expr> keys = lookup.left().stream().map(columns::get).toList();
        JoinSide side = StreamJoinPlanner.side(plan.left(), keys, left);
        List<Edge> inputs = new ArrayList<>();
        for (Path path : left) {
            Optional<LateRule> late = path.judged() && timed ? late(columns) : Optional.empty();
            Terminal keyed = new Terminal.EmitKeyed(keys, keys, columns, false, late, side.schema(), plan.at());
            inputs.add(new Edge(operators.pipeline(path, keyed), Distribution.LOCAL));
        }
        JoinSide asked = new JoinSide(new Schema(plan.right().output()), false, 0);
        StreamJoinPlanner joins = new StreamJoinPlanner(plan, false);
        Schema pairs = joins.pairs(false);
        Schema output = new Schema(plan.output());
        boolean spread = left.stream().anyMatch(Path::parallel);
        int id = operators.newId();
        operators.add(new JoinStreams(
                id,
                inputs,
                inputs.size(),
                plan.kind(),
                side,
                asked,
                Optional.of(bound()),
                joins.test(pairs, false, operators),
                pairs,
                output,
                false,
                false,
                Bound.of(plan.left(), plan),
                Bound.of(plan.right(), plan),
                plan.at()));
        return Path.of(id, output, spread);
    }

    private Optional<LateRule> late(List<Expr> columns) {
        OptionalInt time = plan.left().traits().eventTime();
        return time.isPresent() ? Optional.of(new LateRule(columns.get(time.getAsInt()), 1)) : Optional.empty();
    }

    private JoinBound.Lookup bound() {
        Table table = table(plan.right());
        return new JoinBound.Lookup(
                table.name(),
                table.connector().orElseThrow(),
                table.options(),
                lookup.right(),
                table.source().orElseThrow().lookup().orElseThrow());
    }

    /** The table that is asked, of which some columns may have been left out. */
    private static Table table(LogicalPlan right) {
        return right instanceof LogicalPlan.Scan scan
                ? scan.table()
                : table(right.inputs().get(0));
    }
}
