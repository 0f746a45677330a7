package io.leat.compiler.physical;

import io.leat.compiler.bind.BoundStatement;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.logical.Demand;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.LogicalPlan.Scan;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Traits.WindowColumns;
import io.leat.compiler.optimize.PruneColumns;
import io.leat.compiler.physical.PhysicalPlan.Phase;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.JobGraph.StatementSpec;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.Pauses;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.TimestampType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides how a job is done: which work comes in which phase, what fuses into a pipeline, where rows change workers, how state is laid
 * out.
 */
public final class PhysicalPlanner {
    private final List<BoundStatement> statements;
    private final SourceTable sources;
    private final Positions places;
    private final Surroundings surroundings;
    private final JoinPlanner joins = new JoinPlanner();
    private final List<SinkSpec> sinks = new ArrayList<>();

    /**
     * What a plan is made for.
     *
     * @param name of the query file
     * @param shares whether what statements have in common is computed once
     * @param disabled shapes that are not to be chosen
     */
    public record Surroundings(
            String name, ZoneId zone, int parallelism, JobSettings settings, boolean shares, Set<Shape> disabled) {

        /** The same for so many workers. */
        public Surroundings withParallelism(int workers) {
            return new Surroundings(name, zone, workers, settings, shares, disabled);
        }
    }

    /**
     * @param statements with plans that carry only the columns that are read
     */
    public PhysicalPlanner(
            List<BoundStatement> statements, PruneColumns columns, Positions places, Surroundings surroundings) {
        this.statements = List.copyOf(statements);
        this.sources = new SourceTable(columns);
        this.places = places;
        this.surroundings = surroundings;
    }

    /**
     * @param problems takes what cannot be done; with any, the result is empty
     */
    public Optional<PhysicalPlan> plan(List<Diagnostic> problems) {
        List<Unit> units = new PhasePlanner(statements, problems).plan();
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        for (Unit unit : units) {
            for (Scan scan : unit.scans()) {
                if (PhasePlanner.isSide(scan.table()) && !PhasePlanner.isDirect(scan)) {
                    sources.collect(scan.table());
                }
            }
        }
        Set<Integer> numbers = new TreeSet<>(units.stream().map(Unit::phase).toList());
        Operators.Numbers ids = new Operators.Numbers();
        Shapes shapes = new Shapes(surroundings.disabled());
        List<Phase> phases = new ArrayList<>();
        for (int number : numbers) {
            Operators operators = new Operators(surroundings.parallelism(), shapes, ids);
            List<Unit> together =
                    units.stream().filter(unit -> unit.phase() == number).toList();
            SharedPlans shared = new SharedPlans();
            joins.begin();
            if (surroundings.shares()) {
                together.forEach(unit -> share(unit, shared));
            }
            together.forEach(unit -> lower(unit, shared, operators));
            sources.addCollectors(operators, sinks);
            phases.add(new Phase(operators.all()));
        }
        List<StatementSpec> titles = statements.stream()
                .map(statement -> new StatementSpec(places.position(statement.at()), statement.title()))
                .toList();
        return Optional.of(new PhysicalPlan(
                surroundings.name(),
                surroundings.zone(),
                surroundings.parallelism(),
                surroundings.settings(),
                sources.reads(),
                sinks,
                titles,
                phases,
                shapes.chosen()));
    }

    private Demand demand(Unit unit) {
        // What is looked up is complete before it is.
        boolean asks = unit.statement() >= 0 && unit.join().isEmpty();
        return asks ? statements.get(unit.statement()).demand() : Demand.FINAL;
    }

    private void share(Unit unit, SharedPlans shared) {
        shared.add(unit.plan(), demand(unit), unit.statement());
        unit.join().ifPresent(join -> joins.share(join, unit.statement()));
    }

    private void lower(Unit unit, SharedPlans shared, Operators all) {
        if (unit.statement() < 0) {
            Scan scan = (Scan) unit.plan();
            all.scan(scan.table(), sources.of(scan.table()));
            return;
        }
        Optional<Join> join = unit.join();
        if (join.isPresent() && joins.isBuilt(join.get())) {
            return;
        }
        List<Integer> served =
                join.map(each -> joins.users(each, unit.statement())).orElseGet(() -> List.of(unit.statement()));
        Operators operators = all.servingOnly(served);
        PathPlanner planner = new PathPlanner(operators, shared, sources, joins, demand(unit));
        List<Path> paths = planner.plan(unit.plan());
        if (join.isPresent()) {
            joins.build(join.get(), paths, operators);
        } else {
            deliver(statements.get(unit.statement()), unit.statement(), paths, operators);
        }
    }

    private void deliver(BoundStatement statement, int rank, List<Path> paths, Operators operators) {
        SinkSpec sink = statement.sink();
        List<Field> fields = sink.schema().fields();
        Schema arriving = new Schema(sink.telling().marked() ? Operators.weighted(fields) : fields);
        List<Edge> edges = operators.rest(
                paths, arriving, sink.telling().marked(), (path, schema) -> last(path, fields, schema, statement));
        int number = sinks.size();
        sinks.add(sink.telling().marked() ? withKinds(sink, statement.plan()) : sink);
        operators.add(new PhysicalOperator.Deliver(operators.newId(), edges, number, rank));
    }

    /** The columns of the sink; where changes are wanted of rows that only come, each weighs one. */
    private static Terminal.Emit last(Path path, List<Field> fields, Schema schema, BoundStatement statement) {
        List<Expr> columns = new ArrayList<>();
        boolean appears = statement.sink().telling().marked() && !path.weighted();
        if (appears) {
            columns.add(new Literal(1L, Type.BIGINT, statement.at()));
        }
        columns.addAll(Plans.columns(fields, Origin.NONE));
        return new Terminal.Emit(columns, schema, path.weighted(), statement.at());
    }

    private static SinkSpec withKinds(SinkSpec sink, LogicalPlan plan) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.required("op", Type.VARCHAR));
        fields.addAll(sink.schema().fields());
        Optional<List<Integer>> identity =
                sink.telling().forSink() && !sink.key().isEmpty()
                        ? Optional.of(sink.key())
                        : plan.traits().uniqueKeys().stream().findFirst().map(key -> List.copyOf(new TreeSet<>(key)));
        return new SinkSpec(
                sink.kind(),
                sink.name(),
                sink.connector(),
                sink.options(),
                new Schema(fields),
                sink.telling(),
                sink.pauses().any() ? endingWithWindow(sink.pauses(), plan) : sink.pauses(),
                identity,
                sink.key(),
                sink.replace());
    }

    /** Where rows have the end of their window with them, that says when they are final. */
    private static Pauses endingWithWindow(Pauses pauses, LogicalPlan plan) {
        Optional<WindowColumns> window = plan.traits().window();
        if (window.isEmpty()) {
            return pauses;
        }
        if (window.get().end() >= 0) {
            return pauses.endingBy(window.get().end(), 0);
        }
        int time = window.get().time();
        return time < 0
                ? pauses
                : pauses.endingBy(time, ((TimestampType) plan.output().get(time).type()).unit());
    }
}
