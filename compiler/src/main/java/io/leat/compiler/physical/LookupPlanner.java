package io.leat.compiler.physical;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.JoinTime.Lookup;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Traits;
import io.leat.compiler.logical.WindowKind;
import io.leat.compiler.physical.PhysicalOperator.JoinStreams;
import io.leat.compiler.physical.Terminal.LateRule;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.job.NodeSpec.JoinSide;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type.TimestampType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Joins with a table outside that is asked for keys: rows stay where they are, and each worker asks for its own. */
final class LookupPlanner {
    private final StreamJoin plan;
    private final Lookup lookup;
    private final Timing timing;

    /** What the operators that follow a row go by, so that those that are late for it have to be refused here. */
    enum Timing {
        NONE,
        /** The end of the window that a row has with it. */
        WINDOW,
        /** The row's event time. Who is late for a window is late by that, too. */
        EVENT_TIME;

        /** What is gone by below a node. */
        Timing below(LogicalPlan node) {
            Timing own = of(node);
            return own.compareTo(this) > 0 ? own : this;
        }

        private static Timing of(LogicalPlan node) {
            if (node instanceof LogicalPlan.Window || node instanceof Sessions) {
                return EVENT_TIME;
            }
            if (node instanceof StreamJoin join) {
                JoinTime time = join.time();
                boolean passes = time instanceof JoinTime.Unbounded || time instanceof Lookup;
                return passes ? NONE : time instanceof JoinTime.SameWindow ? WINDOW : EVENT_TIME;
            }
            boolean closes = node instanceof LogicalPlan.Aggregate aggregate && aggregate.windowed()
                    || node instanceof Over over && over.windowed()
                    || node instanceof TopN top && top.windowed();
            return closes ? WINDOW : NONE;
        }
    }

    /**
     * @param timing of what follows
     */
    LookupPlanner(StreamJoin plan, Timing timing) {
        this.plan = plan;
        this.lookup = (Lookup) plan.time();
        this.timing = timing;
    }

    Path plan(List<Path> left, Operators operators) {
        List<Expr> columns = Plans.columns(plan.left(), plan.at());
        List<Expr> keys = lookup.left().stream().map(columns::get).toList();
        JoinSide side = StreamJoinPlanner.side(plan.left(), keys, left);
        List<Edge> inputs = new ArrayList<>();
        for (Path path : left) {
            Optional<LateRule> late = path.judged() ? late(columns) : Optional.empty();
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
        Traits traits = plan.left().traits();
        return switch (timing) {
            case NONE -> Optional.empty();
            case WINDOW -> traits.window().map(window -> late(window, columns));
            case EVENT_TIME ->
                traits.eventTime().isPresent()
                        ? Optional.of(
                                new LateRule(columns.get(traits.eventTime().getAsInt()), 1))
                        : Optional.empty();
        };
    }

    /** Late once the window is over, by whichever of its bounds is still there. */
    private static LateRule late(Traits.WindowColumns window, List<Expr> columns) {
        if (window.end() >= 0) {
            return new LateRule(columns.get(window.end()), 0);
        }
        if (window.time() >= 0) {
            Expr time = columns.get(window.time());
            return new LateRule(time, ((TimestampType) time.type()).unit());
        }
        WindowKind.Even even = (WindowKind.Even) window.kind();
        return new LateRule(columns.get(window.start()), even.windowing().size());
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
