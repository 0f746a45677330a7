package io.leat.compiler.physical;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.ClockFilter;
import io.leat.compiler.logical.Demand;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Repeat;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Traits;
import io.leat.compiler.logical.Unnest;
import io.leat.compiler.physical.PhysicalOperator.LimitRows;
import io.leat.compiler.physical.PhysicalOperator.SortRows;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type.TimestampType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lowers a plan to paths: what fuses becomes steps, what needs rows to rest becomes operators. */
final class PathPlanner implements LogicalPlan.Visitor<List<Path>> {
    private final SharedPlans shared;
    private final SourceTable sources;
    private final JoinPlanner joins;
    /** Whether the next window below is only grouped by. */
    private boolean sliced;
    /** How the rows of the next node are to be told. */
    private Demand demand;
    /** What follows goes by. */
    private LookupPlanner.Timing timing = LookupPlanner.Timing.NONE;
    /** Where operators are added, for the statements that the node at hand works for. */
    private Operators operators;

    PathPlanner(Operators operators, SharedPlans shared, SourceTable sources, JoinPlanner joins, Demand demand) {
        this.operators = operators;
        this.shared = shared;
        this.sources = sources;
        this.joins = joins;
        this.demand = demand;
    }

    List<Path> plan(LogicalPlan plan) {
        Optional<SharedPlans.Part> part = shared.find(plan, demand);
        if (part.isEmpty()) {
            return plan.accept(this);
        }
        if (part.get().paths().isEmpty()) {
            Operators own = operators;
            operators = own.servingOnly(part.get().statements());
            part.get().planned(plan.accept(this));
            operators = own;
        }
        sliced = false;
        return part.get().paths();
    }

    private List<Path> input(LogicalPlan node, int input) {
        Demand own = demand;
        LookupPlanner.Timing above = timing;
        demand = own.ofInput(node, input);
        timing = above.below(node);
        List<Path> paths = plan(node.inputs().get(input));
        demand = own;
        timing = above;
        return paths;
    }

    @Override
    public List<Path> scan(LogicalPlan.Scan plan) {
        Table table = plan.table();
        Schema schema = new Schema(plan.output());
        return switch (table.kind()) {
            case CONNECTOR -> {
                boolean judged = table.isStream() && table.watermark().isPresent();
                int id = operators.scan(table, sources.of(table));
                yield List.of(
                        table.comesAndGoes()
                                ? Path.ofChangelog(id, schema, judged, plan.patience())
                                : Path.ofScan(id, schema, judged, plan.patience()));
            }
            case MEMORY ->
                List.of(Path.ofScan(operators.memoryScan(sources.of(table), plan.statement()), schema, false, 0));
            case LATE, REJECTED -> List.of(sources.side(plan, operators, schema));
        };
    }

    @Override
    public List<Path> values(LogicalPlan.Values plan) {
        return List.of(ValuesPlanner.plan(plan, operators));
    }

    @Override
    public List<Path> filter(LogicalPlan.Filter plan) {
        Step step = new Step.SelectionFilter(plan.condition(), plan.at());
        return then(plan, step, plan.output().size());
    }

    @Override
    public List<Path> clockFilter(ClockFilter plan) {
        sliced = false;
        return List.of(new ClockFilterPlanner(plan).plan(input(plan, 0), operators));
    }

    @Override
    public List<Path> admission(Admission plan) {
        Step step = new Step.Admittance(plan.condition(), plan.at());
        return then(plan, step, plan.output().size());
    }

    @Override
    public List<Path> project(LogicalPlan.Project plan) {
        Step step = new Step.Projection(plan.expressions(), plan.at());
        return then(plan, step, plan.output().size());
    }

    private List<Path> then(LogicalPlan node, Step step, int columns) {
        return input(node, 0).stream().map(path -> path.then(step, columns)).toList();
    }

    @Override
    public List<Path> join(LogicalPlan.Join plan) {
        Step step = joins.probe(plan, plan.left().output().size());
        return then(plan, step, plan.output().size());
    }

    @Override
    public List<Path> streamJoin(StreamJoin plan) {
        sliced = false;
        if (plan.time() instanceof JoinTime.Lookup) {
            return List.of(new LookupPlanner(plan, timing).plan(input(plan, 0), operators));
        }
        List<Path> left = input(plan, 0);
        List<Path> right = input(plan, 1);
        return List.of(new StreamJoinPlanner(plan, demand == Demand.CHANGES).plan(left, right, operators));
    }

    @Override
    public List<Path> sessions(Sessions plan) {
        boolean grouped = sliced;
        sliced = false;
        List<Path> input = input(plan, 0);
        List<Path> paths = timed(input, plan.input(), plan.timeColumn(), plan.byClock());
        SessionPlanner planner = new SessionPlanner(plan);
        return grouped ? planner.timed(paths) : List.of(planner.plan(paths, operators));
    }

    @Override
    public List<Path> window(LogicalPlan.Window plan) {
        boolean grouped = sliced;
        sliced = false;
        int width = plan.input().output().size();
        if (!grouped) {
            TimestampType type =
                    (TimestampType) plan.input().output().get(plan.timeColumn()).type();
            return windowed(
                    plan, new Step.WindowExpansion(width, plan.timeColumn(), plan.kind(), type.unit(), plan.at()));
        }
        return windowed(plan, timesAsBounds(plan.input(), plan.timeColumn(), plan.at()));
    }

    /** Puts the time where bounds of windows are expected: groups are found by the time itself. */
    static Step timesAsBounds(LogicalPlan rows, int timeColumn, Origin at) {
        List<Expr> columns = new ArrayList<>(Plans.columns(rows, at));
        Expr time = columns.get(timeColumn);
        columns.addAll(List.of(time, time, time));
        return new Step.Projection(columns, at);
    }

    private List<Path> windowed(LogicalPlan.Window plan, Step step) {
        List<Path> paths = then(plan, step, plan.output().size());
        return timed(paths, plan.input(), plan.timeColumn(), plan.byClock());
    }

    /** Paths whose rows go by a column from here on: that which watermarks speak of, that of the clock, or any other one. */
    private static List<Path> timed(List<Path> paths, LogicalPlan rows, int timeColumn, boolean byClock) {
        if (byClock) {
            return paths.stream().map(Path::byClock).toList();
        }
        boolean isEventTime = rows.traits().eventTime().stream().anyMatch(column -> column == timeColumn);
        return isEventTime ? paths : paths.stream().map(Path::atEnd).toList();
    }

    @Override
    public List<Path> aggregate(LogicalPlan.Aggregate plan) {
        // The rows of a window that is over come together, so that there is nothing to tell before it closes here, too.
        boolean isOver = plan.windowed()
                && plan.input()
                        .traits()
                        .window()
                        .filter(Traits.WindowColumns::fired)
                        .isPresent();
        Optional<Sessions> sessions = SessionGroupsPlanner.sessions(plan);
        if (sessions.isPresent()
                && !shared.isShared(sessions.get(), Demand.FINAL)
                && operators.shapes().choose(Shape.GROUP_SESSIONS)) {
            sliced = true;
            return List.of(new SessionGroupsPlanner(plan, sessions.get()).plan(input(plan, 0), operators));
        }
        AggregatePlanner planner = new AggregatePlanner(plan, demand == Demand.CHANGES && !isOver, operators.shapes());
        sliced = planner.isSliced();
        List<Path> input = input(plan, 0);
        return List.of(planner.plan(input, operators));
    }

    @Override
    public List<Path> union(LogicalPlan.Union plan) {
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < plan.inputs().size(); i++) {
            paths.addAll(input(plan, i));
        }
        return paths;
    }

    @Override
    public List<Path> repeat(Repeat plan) {
        Step step = new Step.Repetition(plan.times(), plan.at());
        return then(plan, step, plan.output().size());
    }

    @Override
    public List<Path> unnest(Unnest plan) {
        int width = plan.input().output().size();
        return then(
                plan,
                new Step.Unnesting(width, plan.arrays(), plan.padded(), plan.at()),
                plan.output().size());
    }

    @Override
    public List<Path> sort(LogicalPlan.Sort plan) {
        return List.of(sort(plan, -1, 0));
    }

    private Path sort(LogicalPlan.Sort plan, long limit, long offset) {
        List<Path> input = input(plan, 0);
        Schema schema = new Schema(plan.output());
        List<NodeSpec.SortKey> keys = plan.keys().stream()
                .map(key -> new NodeSpec.SortKey(key.column(), key.descending(), key.nullsFirst()))
                .toList();
        List<NodeSpec.Edge> edges = operators.rest(input, schema, false, this::emit);
        int id = operators.newId();
        operators.add(new SortRows(id, edges, schema, keys, limit, offset));
        return Path.of(id, schema, false);
    }

    /** A limit over an order keeps no more rows than it shows. */
    @Override
    public List<Path> limit(LogicalPlan.Limit plan) {
        if (plan.input() instanceof LogicalPlan.Sort sort && operators.shapes().choose(Shape.LIMIT_SORT)) {
            return List.of(sort(sort, plan.count(), plan.offset()));
        }
        List<Path> input = input(plan, 0);
        Schema schema = new Schema(plan.output());
        List<NodeSpec.Edge> edges = operators.rest(input, schema, false, this::emit);
        int id = operators.newId();
        operators.add(new LimitRows(id, edges, schema, plan.count(), plan.offset()));
        return List.of(Path.of(id, schema, false));
    }

    @Override
    public List<Path> over(Over plan) {
        boolean told = demand == Demand.CHANGES;
        return List.of(PartitionPlanner.over(plan, input(plan, 0), told, operators));
    }

    @Override
    public List<Path> topN(TopN plan) {
        boolean told = demand == Demand.CHANGES;
        return List.of(PartitionPlanner.rank(plan, input(plan, 0), told, operators));
    }

    /** All columns of a path, as they are after its last step. */
    private Terminal.Emit emit(Path path, Schema schema) {
        return new Terminal.Emit(Plans.columns(schema.fields(), Origin.NONE), schema, false, Origin.NONE);
    }
}
