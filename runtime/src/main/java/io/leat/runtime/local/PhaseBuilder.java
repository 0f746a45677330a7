package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.LookupSource;
import io.leat.runtime.job.Constant;
import io.leat.runtime.job.JobGraph.PhaseSpec;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.job.WindowFunctionSpec;
import io.leat.runtime.operator.AggregateOperator;
import io.leat.runtime.operator.BuildOperator;
import io.leat.runtime.operator.ClockFilterOperator;
import io.leat.runtime.operator.CombineOperator;
import io.leat.runtime.operator.LimitOperator;
import io.leat.runtime.operator.MergeOperator;
import io.leat.runtime.operator.OneTable;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.operator.SessionGroupsOperator;
import io.leat.runtime.operator.SessionOperator;
import io.leat.runtime.operator.SettleOperator;
import io.leat.runtime.operator.SortOperator;
import io.leat.runtime.operator.join.AsOfJoinOperator;
import io.leat.runtime.operator.join.LookupJoinOperator;
import io.leat.runtime.operator.join.StreamJoinOperator;
import io.leat.runtime.operator.over.FrameTotals;
import io.leat.runtime.operator.over.OverOperator;
import io.leat.runtime.operator.over.RankOperator;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.pipeline.Pipeline;
import io.leat.runtime.pipeline.PipelineContext;
import io.leat.runtime.state.AggregateTable;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.PartialGroups;
import io.leat.runtime.state.Restorable;
import io.leat.runtime.state.SlicedState;
import io.leat.runtime.state.StaticTable;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.state.WindowState;
import io.leat.runtime.type.Schema;
import io.leat.runtime.window.Windowing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Builds the workers of a phase from its description: every operator on every worker, except what takes gathered rows, which only
 * the first worker has.
 */
final class PhaseBuilder {
    private static final Class<?>[] TABLE_PARAMETERS = {TableLayout[].class, BufferAllocator.class};

    private final JobContext context;
    private final PhaseSpec phase;
    private final int workers;
    private final PhaseResources resources;
    private final Map<Integer, StaticTable> built;
    private final Map<Integer, NodeSpec> nodes = new HashMap<>();
    private final Map<Integer, Integer> hosts = new HashMap<>();
    private final Map<ChannelKey, Channel> channels = new HashMap<>();

    private record ChannelKey(int from, int to, int input, int fromWorker, int toWorker) {}

    PhaseBuilder(JobContext context, PhaseSpec phase, PhaseResources resources) {
        this(context, phase, resources, context.staticTables());
    }

    /**
     * @param built where static tables go that the phase fills
     */
    PhaseBuilder(JobContext context, PhaseSpec phase, PhaseResources resources, Map<Integer, StaticTable> built) {
        this.built = built;
        this.context = context;
        this.phase = phase;
        this.resources = resources;
        this.workers = context.job().graph().parallelism();
        phase.nodes().forEach(node -> nodes.put(node.id(), node));
        phase.nodes().forEach(node -> hosts.put(node.id(), hostsOf(node)));
    }

    /**
     * On how many workers a node is: all of them or the first. Of inputs that stay where they are, some may be on one worker and
     * others on all: then the node is on all.
     */
    private int hostsOf(NodeSpec node) {
        int most = node.inputs().isEmpty() ? workers : 1;
        for (Edge edge : node.inputs()) {
            switch (edge.distribution()) {
                case GATHER -> {
                    return 1;
                }
                case BY_KEY -> most = workers;
                case LOCAL -> most = Math.max(most, hosts.get(edge.from()));
            }
        }
        return most;
    }

    List<Worker> build(EpochClock epochs, EpochLog log) {
        List<Worker> built = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            built.add(new OneWorker(worker).build(epochs, log));
        }
        return built;
    }

    private Channel channel(int from, int to, int input, int fromWorker, int toWorker) {
        return channels.computeIfAbsent(
                new ChannelKey(from, to, input, fromWorker, toWorker),
                key -> new Channel(context.platform().threads()));
    }

    /** Builds the operators of one worker, inputs before outputs, and connects them. */
    private final class OneWorker {
        private final int worker;
        private final Map<Integer, Outputs> outputs = new HashMap<>();
        private final Map<Integer, Operator> operators = new HashMap<>();
        private final Map<Integer, WindowState> states = new HashMap<>();
        private final Map<Integer, TableView> views = new LinkedHashMap<>();
        private final List<ScanTask> scans = new ArrayList<>();
        private final List<ValuesTask> values = new ArrayList<>();
        private final List<ChannelInput> inputs = new ArrayList<>();
        private final List<Worker.Outlet> outlets = new ArrayList<>();
        /** Whether no more rows can come from a node, by node. */
        private final Map<Integer, BooleanSupplier> exhausted = new HashMap<>();

        /** What is saved, by node. */
        private final Map<Integer, Restorable> restorables = new LinkedHashMap<>();

        private final Map<Integer, Worker.Node> working = new HashMap<>();
        private final List<Worker.Node> workingInOrder = new ArrayList<>();

        OneWorker(int worker) {
            this.worker = worker;
        }

        Worker build(EpochClock epochs, EpochLog log) {
            List<NodeSpec> here = phase.nodes().stream()
                    .filter(node -> worker < hosts.get(node.id()))
                    .toList();
            // Pipelines need the state of the aggregate they feed, which comes behind them.
            here.forEach(this::createState);
            here.forEach(this::createOperator);
            here.forEach(this::connect);
            here.forEach(this::createScan);
            return new Worker(scans, values, inputs, outlets, workingInOrder, restorables, views, worker, epochs, log);
        }

        private Outputs outputs(int node) {
            return outputs.computeIfAbsent(node, key -> new Outputs());
        }

        private void createState(NodeSpec node) {
            if (node instanceof NodeSpec.Aggregate aggregate) {
                AggregateTable table = table(aggregate.tableClass(), aggregate.layouts());
                int valueBytes = 4 + table.layout().width() - table.layout().accumulatorsOffset();
                states.put(
                        node.id(),
                        new SlicedState(
                                aggregate.closing(),
                                table,
                                () -> context.stores().open("aggregate-" + node.id() + "-" + worker, 48, valueBytes),
                                context.options().hotGroups(),
                                () -> context.keyedStates().open("values-" + node.id() + "-" + worker),
                                context.allocator()));
            }
        }

        private AggregateTable table(String className, List<TableLayout> layouts) {
            return context.loader()
                    .create(
                            className,
                            AggregateTable.class,
                            TABLE_PARAMETERS,
                            layouts.toArray(TableLayout[]::new),
                            context.allocator());
        }

        private void createOperator(NodeSpec node) {
            Operator operator = operator(node);
            if (operator != null) {
                operators.put(node.id(), operator);
                restorables.put(node.id(), operator);
            }
        }

        private Operator operator(NodeSpec node) {
            int batchRows = context.options().batchRows();
            Outputs rows = outputs(node.id());
            if (node instanceof NodeSpec.Fused fused) {
                return pipeline(fused, rows);
            }
            if (node instanceof NodeSpec.Combine combine) {
                PartialGroups groups =
                        new PartialGroups(table(combine.tableClass(), combine.layouts()), context.allocator());
                return new CombineOperator(
                        generated(combine.update(), null, groups),
                        groups,
                        Math.min(CombineOperator.MAX_GROUPS, context.options().hotGroups()),
                        combine.inputs().size(),
                        rows,
                        batchRows,
                        context.allocator());
            }
            if (node instanceof NodeSpec.Merge merge) {
                WindowState state = states.get(merge.update().aggregate());
                return new MergeOperator(
                        generated(merge.update(), null, state),
                        new PartialGroups.Merger(table(merge.tableClass(), merge.layouts())),
                        state,
                        merge.inputs().size(),
                        rows);
            }
            if (node instanceof NodeSpec.Aggregate aggregate) {
                boolean emitsEmpty = aggregate.alwaysEmits() && worker == 0;
                return new AggregateOperator(
                        aggregate,
                        states.get(node.id()),
                        emitsEmpty ? table(aggregate.tableClass(), aggregate.layouts()) : null,
                        resources.isStream(),
                        context.stores(),
                        rows,
                        batchRows,
                        context.allocator());
            }
            if (node instanceof NodeSpec.Sort sort) {
                return new SortOperator(sort, rows, batchRows, context.allocator());
            }
            if (node instanceof NodeSpec.Limit limit) {
                return new LimitOperator(limit, rows, batchRows, context.allocator());
            }
            if (node instanceof NodeSpec.Settle settle) {
                return new SettleOperator(settle, keyedState(node, "rows"), rows, batchRows, context.allocator());
            }
            if (node instanceof NodeSpec.Rank rank) {
                return new RankOperator(rank, keyedState(node, "rows"), rows, batchRows, context.allocator());
            }
            if (node instanceof NodeSpec.Over over) {
                return new OverOperator(
                        over, totals(over), keyedState(node, "rows"), rows, batchRows, context.allocator());
            }
            if (node instanceof NodeSpec.Build build) {
                StaticTable table = context.newStaticTable(build);
                built.put(build.id(), table);
                return new BuildOperator(table);
            }
            if (node instanceof NodeSpec.StreamJoin join) {
                if (join.bound().filter(JoinBound.AsOf.class::isInstance).isPresent()) {
                    return new AsOfJoinOperator(join, context.keyedStates(), rows, batchRows, context.allocator());
                }
                Pipeline test =
                        join.test().map(spec -> generated(spec, null, null)).orElse(null);
                if (join.bound().isPresent() && join.bound().get() instanceof JoinBound.Lookup asked) {
                    LookupSource table = context.openLookup(asked, join.right().schema());
                    return new LookupJoinOperator(join, table, test, rows, batchRows, context.allocator());
                }
                return new StreamJoinOperator(join, test, context.keyedStates(), rows, batchRows, context.allocator());
            }
            if (node instanceof NodeSpec.Sessions sessions) {
                return new SessionOperator(sessions, context.keyedStates(), rows, batchRows, context.allocator());
            }
            if (node instanceof NodeSpec.ClockFilter filter) {
                return new ClockFilterOperator(filter, context.keyedStates(), rows, batchRows, context.allocator());
            }
            if (node instanceof NodeSpec.SessionGroups sessions) {
                AggregateTable table = table(sessions.tableClass(), sessions.layouts());
                OneTable fresh = new OneTable();
                fresh.use(table);
                return new SessionGroupsOperator(
                        sessions,
                        generated(sessions.update(), null, fresh),
                        table,
                        context.keyedStates(),
                        rows,
                        batchRows,
                        context.allocator());
            }
            if (node instanceof NodeSpec.Deliver deliver) {
                return resources.deliver(deliver);
            }
            return null;
        }

        /** What a pipeline looks into: a table, or what this worker sees of one that is read again. */
        private StaticTable lookup(int build) {
            Optional<RefreshedTable> refreshed = context.refreshed().find(build);
            if (refreshed.isEmpty()) {
                return context.staticTables().get(build);
            }
            return views.computeIfAbsent(
                            build,
                            key -> refreshed
                                    .get()
                                    .view(context.newStaticTable(refreshed.get().build())))
                    .shown();
        }

        private List<FrameTotals> totals(NodeSpec.Over over) {
            List<FrameTotals> totals = new ArrayList<>();
            for (WindowFunctionSpec.Totals each : over.totals()) {
                OneTable target = new OneTable();
                PipelineContext pipelineContext = new PipelineContext(
                        constants(each.constants()),
                        each.positions(),
                        null,
                        target,
                        List.of(),
                        context.zone(),
                        context.allocator());
                totals.add(new FrameTotals(
                        each,
                        over.rows(),
                        table(each.tableClass(), each.layouts()),
                        target,
                        pipeline(each.pipelineClass(), pipelineContext),
                        context.options().batchRows(),
                        context.allocator()));
            }
            return totals;
        }

        private List<Object> constants(List<Constant> specs) {
            List<Object> constants = new ArrayList<>();
            specs.forEach(constant -> constants.add(Constants.of(constant, resources, context)));
            return constants;
        }

        private Pipeline pipeline(String className, PipelineContext pipelineContext) {
            return context.loader()
                    .create(className, Pipeline.class, new Class<?>[] {PipelineContext.class}, pipelineContext);
        }

        private KeyedState keyedState(NodeSpec node, String purpose) {
            return context.keyedStates().open(purpose + "-" + node.id() + "-" + worker);
        }

        private Operator pipeline(NodeSpec.Fused fused, Outputs rows) {
            WindowState state = fused.aggregate() < 0 ? null : states.get(fused.aggregate());
            // A pipeline that feeds an aggregate emits its changes: a result that goes and the one that takes its place
            // stay together.
            int batchRows =
                    Math.max(fused.aggregate() < 0 ? 1 : 2, context.options().batchRows());
            Batch out = fused.output()
                    .map(schema -> new Batch(schema, batchRows, context.allocator()))
                    .orElse(null);
            Pipeline pipeline = generated(fused, out, state);
            boolean laned = fused.aggregate() >= 0
                    && nodes.get(fused.aggregate()) instanceof NodeSpec.Aggregate aggregate
                    && aggregate.perPartition();
            return new PipelineOperator(
                    pipeline, fused.inputs().size(), fused.pace(), rows, fused.statements(), laned ? state : null);
        }

        /**
         * @param output null for a pipeline that emits no rows
         * @param state null for a pipeline that feeds no aggregate
         */
        private Pipeline generated(NodeSpec.Fused fused, Batch output, WindowState state) {
            PipelineContext pipelineContext = new PipelineContext(
                    constants(fused.constants()),
                    fused.positions(),
                    output,
                    state,
                    fused.tables().stream().map(this::lookup).toList(),
                    context.zone(),
                    context.allocator());
            return pipeline(fused.className(), pipelineContext);
        }

        private Batch batch(Schema schema) {
            return new Batch(schema, context.options().batchRows(), context.allocator());
        }

        /** Connects the inputs of a node that is here, and the outputs to nodes on other workers. */
        private void connect(NodeSpec node) {
            List<BooleanSupplier> ends = new ArrayList<>();
            List<BooleanSupplier> epochEnds = new ArrayList<>();
            List<Worker.Outlet> sent = new ArrayList<>();
            for (int input = 0; input < node.inputs().size(); input++) {
                Edge edge = node.inputs().get(input);
                if (edge.distribution() == Distribution.LOCAL && worker >= hosts.get(edge.from())) {
                    // Nothing ever comes of it on this worker.
                    operators.get(node.id()).watermark(input, Windowing.END);
                } else if (edge.distribution() == Distribution.LOCAL) {
                    outputs(edge.from()).add(operators.get(node.id()), input);
                    ends.add(() -> exhausted.get(edge.from()).getAsBoolean());
                    epochEnds.add(() -> working.get(edge.from()).hasEnded());
                } else {
                    ChannelInput received = receive(node, edge, input);
                    ends.add(received::isClosed);
                    epochEnds.add(received::isAtEndOfEpoch);
                }
            }
            if (!ends.isEmpty()) {
                exhausted.put(node.id(), () -> ends.stream().allMatch(BooleanSupplier::getAsBoolean));
            }
            for (NodeSpec target : phase.nodes()) {
                for (int input = 0; input < target.inputs().size(); input++) {
                    Edge edge = target.inputs().get(input);
                    if (edge.from() == node.id() && edge.distribution() != Distribution.LOCAL) {
                        sent.add(send(target, edge, input));
                    }
                }
            }
            Worker.Node here = new Worker.Node(
                    operators.get(node.id()), () -> epochEnds.stream().allMatch(BooleanSupplier::getAsBoolean), sent);
            working.put(node.id(), here);
            workingInOrder.add(here);
        }

        private ChannelInput receive(NodeSpec node, Edge edge, int input) {
            List<Channel> from = new ArrayList<>();
            for (int sender = 0; sender < hosts.get(edge.from()); sender++) {
                from.add(channel(edge.from(), node.id(), input, sender, worker));
            }
            ChannelInput received = new ChannelInput(from, operators.get(node.id()), input);
            inputs.add(received);
            return received;
        }

        private Worker.Outlet send(NodeSpec target, Edge edge, int input) {
            List<Channel> to = new ArrayList<>();
            for (int receiver = 0; receiver < hosts.get(target.id()); receiver++) {
                to.add(channel(edge.from(), target.id(), input, worker, receiver));
            }
            ExchangeOperator exchange = new ExchangeOperator(
                    edge.distribution(), to, context.options().batchRows(), context.allocator());
            Worker.Outlet outlet =
                    new Worker.Outlet(exchange, () -> exhausted.get(edge.from()).getAsBoolean());
            outlets.add(outlet);
            outputs(edge.from()).add(exchange, 0);
            if (operators.get(edge.from()) instanceof PipelineOperator pipeline) {
                pipeline.sendsTo(exchange);
            }
            return outlet;
        }

        private void createScan(NodeSpec node) {
            if (node instanceof NodeSpec.Scan scan) {
                Map<NodeSpec.SideRows, Outputs> side = new LinkedHashMap<>();
                for (NodeSpec other : phase.nodes()) {
                    if (other instanceof NodeSpec.SideRows rows && rows.scan() == scan.id()) {
                        side.put(rows, outputs(rows.id()));
                    }
                }
                add(node, resources.scan(scan, worker, workers, outputs(node.id()), side, pipelinesOf(node.id())));
                side.keySet().forEach(rows -> exhausted.put(rows.id(), exhausted.get(node.id())));
            } else if (node instanceof NodeSpec.MemoryScan scan) {
                add(node, resources.memoryScan(scan, worker, outputs(node.id()), pipelinesOf(node.id())));
            } else if (node instanceof NodeSpec.Values literals) {
                ValuesTask task = ValuesTask.of(literals, worker == 0, this::batch, outputs(node.id()));
                restorables.put(node.id(), task);
                values.add(task);
                exhausted.put(node.id(), task::isEnded);
            }
        }

        private void add(NodeSpec node, ScanTask scan) {
            scans.add(scan);
            restorables.put(node.id(), scan);
            exhausted.put(node.id(), scan::isEnded);
        }

        private List<PipelineOperator> pipelinesOf(int scan) {
            List<PipelineOperator> pipelines = new ArrayList<>();
            for (NodeSpec node : phase.nodes()) {
                if (node instanceof NodeSpec.Fused fused
                        && fused.source()
                        && fused.inputs().get(0).from() == scan) {
                    pipelines.add((PipelineOperator) operators.get(node.id()));
                }
            }
            return pipelines;
        }
    }
}
