package io.leat.compiler.codegen;

import io.leat.compiler.expr.ByteText;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.physical.FrameAggregation;
import io.leat.compiler.physical.HashAggregation;
import io.leat.compiler.physical.PhysicalOperator;
import io.leat.compiler.physical.PhysicalOperator.BuildTable;
import io.leat.compiler.physical.PhysicalOperator.EmitGroups;
import io.leat.compiler.physical.PhysicalOperator.EvaluateWindows;
import io.leat.compiler.physical.PhysicalOperator.GroupSessions;
import io.leat.compiler.physical.PhysicalOperator.Pipeline;
import io.leat.compiler.physical.PhysicalPlan;
import io.leat.compiler.physical.Positions;
import io.leat.compiler.physical.Terminal;
import io.leat.runtime.job.JobGraph;
import io.leat.runtime.job.JobGraph.PhaseSpec;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.job.WindowFunctionSpec;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.type.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Generates all classes of a job and the graph that names them. Equal plans give equal sources.
 *
 * <p>Each class is written within a budget and handed to the {@link Finisher}, which compiles and measures it; if it turns out too
 * large, it is written again in finer pieces.
 */
public final class JobGenerator {
    /** For a class of so many characters, compiling it once more takes longer than finer pieces save. */
    private static final int LARGE_SOURCE = 1 << 20;

    private final PhysicalPlan plan;
    private final Positions places;
    private final String prefix;
    private final Finisher finisher;
    private final Map<Integer, String> tables = new HashMap<>();
    private final Map<String, GeneratedClass> classes = new LinkedHashMap<>();
    private final Map<Integer, NodeSpec.Fused> pipelines = new HashMap<>();

    /** Compiles classes. */
    public interface Finisher {
        /** How large a class turned out to be. */
        enum Size {
            WITHIN_BUDGET,
            /** It works, but finer pieces might be faster. */
            OVER_BUDGET,
            /** A method is larger than the JVM takes, or would never be compiled by it: finer pieces might help. */
            METHOD_TOO_LARGE,
            /** The class as a whole is larger than the JVM takes. */
            CLASS_TOO_LARGE
        }

        /** Compiles and measures a class. */
        Size measure(GeneratedClass generated, boolean isLastTry);

        /** Makes a class that was measured, and that the JVM takes, a part of the job. */
        void take(GeneratedClass generated);
    }

    /** The classes of a job, in the order in which they refer to each other, and its graph. */
    public record Generated(JobGraph graph, List<GeneratedClass> classes) {}

    public JobGenerator(PhysicalPlan plan, Positions places, Finisher finisher) {
        this.plan = plan;
        this.places = places;
        this.prefix = Names.className(plan.name());
        this.finisher = finisher;
    }

    public Generated generate() {
        List<SourceSpec> sources = new ArrayList<>();
        for (int i = 0; i < plan.sources().size(); i++) {
            sources.add(new SourceGenerator(plan.sources().get(i), prefix + "_S" + i, this::write, places).generate());
        }
        // Tables come first: pipelines call their methods.
        operators(EmitGroups.class).forEach(emit -> generateGroups(emit.aggregation()));
        operators(GroupSessions.class).forEach(sessions -> generateGroups(sessions.aggregation()));
        operators(EvaluateWindows.class)
                .forEach(over -> over.totals().forEach(totals -> generateGroups(totals.aggregation())));
        operators(BuildTable.class).forEach(this::generateTable);
        List<PhaseSpec> phases = new ArrayList<>();
        plan.phases()
                .forEach(phase -> phases.add(
                        new PhaseSpec(phase.operators().stream().map(this::node).toList())));
        JobGraph graph = new JobGraph(
                plan.name(),
                plan.zone().getId(),
                plan.parallelism(),
                plan.settings(),
                sources,
                plan.sinks(),
                plan.statements(),
                phases,
                Map.of());
        return new Generated(graph, List.copyOf(classes.values()));
    }

    private <T extends PhysicalOperator> List<T> operators(Class<T> type) {
        return plan.phases().stream()
                .flatMap(phase -> phase.operators().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /**
     * Writes a class, in finer and finer pieces until it is within the budgets. Since finer pieces also make a larger class, the finest
     * that the JVM takes is the one where none is within them.
     */
    private GeneratedClass write(Function<Budget, GeneratedClass> writer) {
        Optional<GeneratedClass> best = Optional.empty();
        Budget budget = Budget.NORMAL;
        while (true) {
            GeneratedClass generated = writer.apply(budget);
            Finisher.Size size = finisher.measure(generated, !budget.canBeFiner() && best.isEmpty());
            if (size == Finisher.Size.WITHIN_BUDGET || size == Finisher.Size.OVER_BUDGET) {
                best = Optional.of(generated);
            }
            boolean isLast = size == Finisher.Size.WITHIN_BUDGET
                    || size == Finisher.Size.CLASS_TOO_LARGE
                    || size == Finisher.Size.OVER_BUDGET && generated.source().length() > LARGE_SOURCE
                    || !budget.canBeFiner();
            if (isLast) {
                return taken(best.orElseThrow(() -> new TooLargeException(generated.place())));
            }
            budget = budget.finer();
        }
    }

    private GeneratedClass taken(GeneratedClass generated) {
        finisher.take(generated);
        classes.put(generated.name(), generated);
        return generated;
    }

    private void generateGroups(HashAggregation aggregation) {
        String name = prefix + "_A" + aggregation.id();
        List<String> sets = new ArrayList<>();
        for (int i = 0; i < aggregation.sets().size(); i++) {
            String set = name + "_D" + i;
            int index = i;
            write(budget -> DistinctSetEmitter.emit(aggregation.sets().get(index), set, places));
            sets.add(set);
        }
        write(budget -> new AggregateTableEmitter(aggregation, sets, places).emit(name, budget));
        tables.put(aggregation.id(), name);
    }

    private void generateTable(BuildTable build) {
        String name = prefix + "_T" + build.id();
        write(budget -> StaticTableEmitter.emit(build, name, places, budget));
        tables.put(build.id(), name);
    }

    private NodeSpec node(PhysicalOperator operator) {
        if (operator instanceof PhysicalOperator.SourceScan scan) {
            return new NodeSpec.Scan(scan.id(), scan.source());
        }
        if (operator instanceof PhysicalOperator.SideScan side) {
            return new NodeSpec.SideRows(
                    side.id(), side.scan(), side.late(), side.schema(), side.columns(), side.statement());
        }
        if (operator instanceof PhysicalOperator.MemoryScan scan) {
            return new NodeSpec.MemoryScan(scan.id(), scan.source(), scan.statement());
        }
        if (operator instanceof PhysicalOperator.LiteralRows literals) {
            List<List<String>> rows = literals.rows().stream()
                    .map(row -> row.stream().map(JobGenerator::text).toList())
                    .toList();
            return new NodeSpec.Values(literals.id(), literals.schema(), rows);
        }
        if (operator instanceof Pipeline pipeline) {
            return pipeline(pipeline);
        }
        if (operator instanceof PhysicalOperator.CombineGroups combine) {
            return new NodeSpec.Combine(
                    combine.id(),
                    combine.inputs(),
                    pipeline(combine.update()),
                    tables.get(combine.aggregation().id()),
                    layouts(combine.aggregation()));
        }
        if (operator instanceof PhysicalOperator.MergeGroups merge) {
            return new NodeSpec.Merge(
                    merge.id(),
                    merge.inputs(),
                    pipeline(merge.update()),
                    tables.get(merge.aggregation().id()),
                    layouts(merge.aggregation()));
        }
        if (operator instanceof EmitGroups emit) {
            return groups(emit);
        }
        if (operator instanceof PhysicalOperator.SortRows sort) {
            return new NodeSpec.Sort(sort.id(), sort.inputs(), sort.schema(), sort.keys(), sort.limit(), sort.offset());
        }
        if (operator instanceof PhysicalOperator.SettleRows settle) {
            return new NodeSpec.Settle(
                    settle.id(), settle.inputs(), settle.input(), settle.output(), places.position(settle.at()));
        }
        if (operator instanceof PhysicalOperator.LimitRows limit) {
            return new NodeSpec.Limit(limit.id(), limit.inputs(), limit.schema(), limit.limit(), limit.offset());
        }
        if (operator instanceof EvaluateWindows over) {
            return new NodeSpec.Over(
                    over.id(),
                    over.inputs(),
                    over.rows(),
                    over.functions(),
                    over.totals().stream().map(this::totals).toList(),
                    places.position(over.at()));
        }
        if (operator instanceof PhysicalOperator.RankRows rank) {
            return new NodeSpec.Rank(
                    rank.id(),
                    rank.inputs(),
                    rank.rows(),
                    rank.function(),
                    rank.limit(),
                    rank.ranked(),
                    places.position(rank.at()));
        }
        if (operator instanceof BuildTable build) {
            return new NodeSpec.Build(
                    build.id(),
                    build.inputs(),
                    places.position(build.at()),
                    tables.get(build.id()),
                    build.layout(),
                    build.refresh());
        }
        if (operator instanceof PhysicalOperator.JoinStreams join) {
            return streamJoin(join);
        }
        if (operator instanceof PhysicalOperator.FormSessions sessions) {
            return new NodeSpec.Sessions(
                    sessions.id(),
                    sessions.inputs(),
                    sessions.schema(),
                    sessions.keys(),
                    sessions.timeColumn(),
                    sessions.gap(),
                    sessions.unit(),
                    sessions.output());
        }
        if (operator instanceof PhysicalOperator.FilterByClock filter) {
            return new NodeSpec.ClockFilter(
                    filter.id(),
                    filter.inputs(),
                    filter.schema(),
                    filter.weighted(),
                    filter.keys(),
                    filter.from(),
                    filter.until(),
                    filter.output(),
                    places.position(filter.at()));
        }
        if (operator instanceof GroupSessions sessions) {
            return new NodeSpec.SessionGroups(
                    sessions.id(),
                    sessions.inputs(),
                    pipeline(sessions.update()),
                    tables.get(sessions.id()),
                    layouts(sessions.aggregation()),
                    sessions.gap(),
                    sessions.aggregation().output(),
                    places.position(sessions.at()));
        }
        PhysicalOperator.Deliver deliver = (PhysicalOperator.Deliver) operator;
        return new NodeSpec.Deliver(deliver.id(), deliver.inputs(), deliver.sink(), deliver.statement());
    }

    /** A pipeline is generated once, also if several operators work with it. */
    private NodeSpec.Fused pipeline(Pipeline pipeline) {
        NodeSpec.Fused known = pipelines.get(pipeline.id());
        if (known == null) {
            known = generate(pipeline);
            pipelines.put(pipeline.id(), known);
        }
        return known;
    }

    private NodeSpec.Fused generate(Pipeline pipeline) {
        String name = prefix + "_P" + pipeline.id();
        GeneratedClass generated = write(budget -> new PipelineEmitter(pipeline, tables, places).emit(name, budget));
        Terminal terminal = pipeline.terminal();
        Optional<Schema> output = Optional.empty();
        int aggregate = -1;
        if (terminal instanceof Terminal.Emit emit) {
            output = Optional.of(emit.schema());
        } else if (terminal instanceof Terminal.EmitSliced emit) {
            output = Optional.of(emit.schema());
        } else if (terminal instanceof Terminal.EmitKeyed emit) {
            output = Optional.of(emit.schema());
        } else if (terminal instanceof Terminal.Update update) {
            aggregate = update.aggregation().id();
            if (update.aggregation().changes()) {
                output = Optional.of(update.aggregation().output());
            }
        }
        return new NodeSpec.Fused(
                pipeline.id(),
                pipeline.inputs(),
                name,
                pipeline.statements(),
                pipeline.source(),
                pipeline.pace(),
                output,
                aggregate,
                pipeline.tablesUsed(),
                generated.constants(),
                generated.positions());
    }

    private NodeSpec streamJoin(PhysicalOperator.JoinStreams join) {
        Optional<NodeSpec.Fused> test = join.test().map(this::pipeline);
        return new NodeSpec.StreamJoin(
                join.id(),
                join.inputs(),
                join.leftInputs(),
                join.kind(),
                join.left(),
                join.right(),
                join.bound(),
                test,
                join.pairs(),
                join.output(),
                join.weighted(),
                join.atOnce(),
                places.position(join.at()));
    }

    private WindowFunctionSpec.Totals totals(FrameAggregation totals) {
        HashAggregation aggregation = totals.aggregation();
        Pipeline pipeline = totals.pipeline();
        String name = prefix + "_P" + pipeline.id();
        GeneratedClass generated = write(budget -> new PipelineEmitter(pipeline, tables, places).emit(name, budget));
        return new WindowFunctionSpec.Totals(
                totals.frame(),
                totals.columns(),
                pipeline.input(),
                tables.get(aggregation.id()),
                layouts(aggregation),
                !aggregation.sets().isEmpty(),
                name,
                generated.constants(),
                generated.positions(),
                aggregation.output(),
                places.position(pipeline.terminal().at()));
    }

    /** The layout of groups, then those of their sets. */
    private static List<TableLayout> layouts(HashAggregation aggregation) {
        List<TableLayout> layouts = new ArrayList<>();
        layouts.add(aggregation.layout());
        aggregation.sets().forEach(set -> layouts.add(set.layout()));
        return layouts;
    }

    private NodeSpec groups(EmitGroups emit) {
        HashAggregation aggregation = emit.aggregation();
        return new NodeSpec.Aggregate(
                emit.id(),
                emit.inputs(),
                aggregation.closing(),
                tables.get(emit.id()),
                layouts(aggregation),
                aggregation.perPartition(),
                emit.alwaysEmits(),
                aggregation.changes(),
                aggregation.output(),
                places.position(emit.at()));
    }

    /** A literal as the runtime reads it. */
    private static String text(Expr.Literal literal) {
        Object value = literal.value();
        if (value == null) {
            return null;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.unscaledValue().toString();
        }
        if (value instanceof ByteText bytes) {
            return Base64.getEncoder().encodeToString(bytes.bytes());
        }
        return value.toString();
    }
}
