package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.MetadataColumn;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.Source.Partition;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceSettings;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.decode.DecoderContext;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.decode.RecordDecoder;
import io.leat.runtime.job.JobGraph;
import io.leat.runtime.job.JobGraph.PhaseSpec;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.job.SourceSpec.DecodingSpec;
import io.leat.runtime.pipeline.CompletingPipeline;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.pipeline.PipelineContext;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a phase opens: sources, deliveries, constants; and what its workers count. */
final class PhaseResources implements AutoCloseable {
    private static final long MICROS = 1_000;

    private final JobContext context;
    private final JobGraph graph;
    private final PhaseSpec phase;
    private final Map<Integer, VerdictLog> logs;
    private final ScanGroups groups;
    private final Map<Integer, Source> sources = new HashMap<>();
    private final Map<Integer, Integer> firstSlots = new HashMap<>();
    private final Map<Integer, Delivery> deliveries = new HashMap<>();
    private final Map<Integer, DeliverOperator> delivering = new HashMap<>();
    private final Map<Integer, List<RowCounts>> counts = new HashMap<>();
    private final Map<Integer, List<RowCounts>> statementCounts = new HashMap<>();
    private final List<AutoCloseable> owned = new ArrayList<>();
    private WatermarkBoard board;
    private long checkedEpoch;

    /**
     * @param logs verdicts of sources that other phases read, too, by source
     */
    PhaseResources(JobContext context, PhaseSpec phase, Map<Integer, VerdictLog> logs) {
        this.context = context;
        this.graph = context.job().graph();
        this.phase = phase;
        this.logs = logs;
        this.groups = new ScanGroups(phase);
    }

    /** Connects to everything that the phase reads and writes, before any row moves. */
    void open(Map<Integer, Integer> resultNumbers) {
        List<Integer> slotGroups = new ArrayList<>();
        for (NodeSpec node : phase.nodes()) {
            if (node instanceof NodeSpec.Scan scan) {
                Source source = context.openSource(graph.sources().get(scan.source()));
                sources.put(node.id(), source);
                firstSlots.put(node.id(), slotGroups.size());
                source.partitions().forEach(partition -> slotGroups.add(groups.groupOf(node.id())));
            } else if (node instanceof NodeSpec.MemoryScan) {
                firstSlots.put(node.id(), slotGroups.size());
                slotGroups.add(groups.groupOf(node.id()));
            }
        }
        board = new WatermarkBoard(
                slotGroups.stream().mapToInt(Integer::intValue).toArray());
        for (NodeSpec node : phase.nodes()) {
            if (node instanceof NodeSpec.Deliver deliver) {
                int result = resultNumbers.getOrDefault(node.id(), -1);
                SinkSpec sink = graph.sinks().get(deliver.sink());
                deliveries.put(node.id(), context.openDelivery(sink, deliver.statement(), result));
            }
        }
    }

    /** Whether rows come one after another as in a stream, so that state is worth writing down at each epoch. */
    boolean isStream() {
        return scanned().anyMatch(SourceSpec::stream);
    }

    private Stream<SourceSpec> scanned() {
        return phase.nodes().stream()
                .filter(NodeSpec.Scan.class::isInstance)
                .map(node -> graph.sources().get(((NodeSpec.Scan) node).source()));
    }

    <T extends AutoCloseable> T own(T resource) {
        owned.add(resource);
        return resource;
    }

    Operator deliver(NodeSpec.Deliver deliver) {
        SinkSpec sink = graph.sinks().get(deliver.sink());
        ChangeKinds changes = sink.changes() ? changeKinds(sink) : null;
        DeliverOperator operator = new DeliverOperator(deliver.inputs().size(), deliveries.get(deliver.id()), changes);
        delivering.put(deliver.id(), operator);
        return operator;
    }

    private ChangeKinds changeKinds(SinkSpec sink) {
        List<Field> weighted = new ArrayList<>(sink.schema().fields());
        weighted.set(0, Field.required("$weight", Type.TINYINT));
        return new ChangeKinds(
                new Schema(weighted),
                sink.schema(),
                sink.identity(),
                context.options().batchRows(),
                context.allocator());
    }

    ScanTask scan(
            NodeSpec.Scan scan,
            int worker,
            int workers,
            Outputs rows,
            Map<NodeSpec.SideRows, Outputs> side,
            List<PipelineOperator> pipelines) {
        SourceSpec spec = graph.sources().get(scan.source());
        Source source = sources.get(scan.id());
        List<PartitionScan> partitions = new ArrayList<>();
        for (Partition partition : source.partitions()) {
            if (partition.index() % workers == worker) {
                partitions.add(new PartitionScan(
                        partition,
                        firstSlots.get(scan.id()) + partition.index(),
                        source.reader(partition),
                        decoder(spec, spec.decoding().map(DecodingSpec::decoder), false),
                        decoder(spec, spec.decoding().flatMap(DecodingSpec::keyDecoder), true)));
            }
        }
        List<SideOutput> late = new ArrayList<>();
        List<SideOutput> rejected = new ArrayList<>();
        side.forEach((sideRows, outputs) -> (sideRows.late() ? late : rejected)
                .add(new SideOutput(sideRows, outputs, context.options().batchRows(), context.allocator())));
        return task(scan.source(), spec, partitions, rows, pipelines, late, rejected);
    }

    ScanTask memoryScan(NodeSpec.MemoryScan scan, int worker, Outputs rows, List<PipelineOperator> pipelines) {
        SourceSpec spec = graph.sources().get(scan.source());
        List<PartitionScan> partitions = new ArrayList<>();
        if (worker == 0) {
            SourceReader reader = new MemoryReader(context.memory().read(spec.table(), scan.statement()), spec);
            Partition partition = new Partition(0, "memory");
            partitions.add(new PartitionScan(partition, firstSlots.get(scan.id()), reader, null, null));
        }
        return task(scan.source(), spec, partitions, rows, pipelines, List.of(), List.of());
    }

    private ScanTask task(
            int source,
            SourceSpec spec,
            List<PartitionScan> partitions,
            Outputs rows,
            List<PipelineOperator> pipelines,
            List<SideOutput> late,
            List<SideOutput> rejected) {
        SourceSettings settings = context.settings(spec);
        Optional<EventTime> eventTime = spec.eventTime()
                .map(time -> new EventTime(
                        spec.schema().firstLeaf(time.column()), time.delayMicros(), micros(settings.maxFutureSkew())));
        Map<Integer, RowCounts> byStatement = new HashMap<>();
        for (PipelineOperator pipeline : pipelines) {
            byStatement.computeIfAbsent(pipeline.statement(), key -> counted(statementCounts, key));
        }
        ScanPlan plan = new ScanPlan(spec, settings, eventTime, metadata(spec), keyLeaves(spec), rows, pipelines);
        return new ScanTask(
                plan,
                partitions,
                board,
                context.platform().clock(),
                batch(spec),
                batch(spec),
                new RecordChunk(context.allocator()),
                completer(spec),
                new Verdicts(
                        counted(counts, source),
                        byStatement,
                        context.samples(source),
                        logs.get(source),
                        late,
                        rejected));
    }

    private Batch batch(SourceSpec spec) {
        return new Batch(spec.schema(), context.options().batchRows(), context.allocator());
    }

    private static RowCounts counted(Map<Integer, List<RowCounts>> all, int key) {
        RowCounts counts = new RowCounts();
        synchronized (all) {
            all.computeIfAbsent(key, k -> new ArrayList<>()).add(counts);
        }
        return counts;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / MICROS;
    }

    private CompletingPipeline completer(SourceSpec spec) {
        return spec.eventTime()
                .flatMap(SourceSpec.EventTimeSpec::completer)
                .map(completer -> {
                    List<Object> constants = new ArrayList<>();
                    completer.constants().forEach(constant -> constants.add(Constants.of(constant, this, context)));
                    return context.loader()
                            .create(
                                    completer.className(),
                                    CompletingPipeline.class,
                                    new Class<?>[] {PipelineContext.class},
                                    new PipelineContext(
                                            constants,
                                            completer.positions(),
                                            null,
                                            null,
                                            List.of(),
                                            context.zone(),
                                            context.allocator()));
                })
                .orElse(null);
    }

    private RecordDecoder decoder(SourceSpec spec, Optional<String> className, boolean key) {
        if (className.isEmpty()) {
            return null;
        }
        DecodingSpec decoding = spec.decoding().orElseThrow();
        FormatSpec format = key ? decoding.key().orElseThrow() : decoding.value();
        Map<String, String> settings = new HashMap<>(format.settings());
        settings.put("lines", Boolean.toString(format.lines()));
        List<String> declared = format.fields().isEmpty()
                ? spec.declared().fields().stream().map(Field::name).toList()
                : format.fields();
        DecoderContext decoderContext =
                new DecoderContext(spec.schema(), declared, settings, context.zone(), context.allocator());
        return context.loader()
                .create(className.get(), RecordDecoder.class, new Class<?>[] {DecoderContext.class}, decoderContext);
    }

    private static List<ScanPlan.MetadataFill> metadata(SourceSpec spec) {
        List<ScanPlan.MetadataFill> fills = new ArrayList<>();
        spec.decoding()
                .ifPresent(decoding -> decoding.metadata().forEach(column -> {
                    MetadataColumn from = column.from();
                    fills.add(new ScanPlan.MetadataFill(spec.schema().firstLeaf(column.column()), from));
                }));
        return fills;
    }

    private static List<Integer> keyLeaves(SourceSpec spec) {
        List<Integer> leaves = new ArrayList<>();
        spec.decoding().flatMap(DecodingSpec::key).ifPresent(key -> {
            for (int i = 0; i < spec.schema().size(); i++) {
                if (key.fields().contains(spec.schema().field(i).name())) {
                    for (int leaf = spec.schema().firstLeaf(i);
                            leaf < spec.schema().firstLeaf(i + 1);
                            leaf++) {
                        leaves.add(leaf);
                    }
                }
            }
        });
        return leaves;
    }

    /** Counts by source, of all workers. */
    Map<Integer, RowCounts> countsBySource() {
        return sum(counts);
    }

    Map<Integer, RowCounts> countsByStatement() {
        return sum(statementCounts);
    }

    private static Map<Integer, RowCounts> sum(Map<Integer, List<RowCounts>> counts) {
        Map<Integer, RowCounts> sums = new HashMap<>();
        synchronized (counts) {
            counts.forEach((key, each) -> {
                RowCounts sum = new RowCounts();
                each.forEach(sum::addAll);
                sums.put(key, sum);
            });
        }
        return sums;
    }

    /** At the first call in an epoch, checks that not too many rows of a source were rejected. */
    void checkRejectsAt(long epoch) {
        if (epoch != checkedEpoch) {
            checkedEpoch = epoch;
            checkRejects();
        }
    }

    /**
     * Checks that not too many rows of a source were rejected.
     *
     * @throws RejectLimitException if there were
     */
    void checkRejects() {
        countsBySource().forEach((source, sum) -> {
            SourceSpec spec = graph.sources().get(source);
            SourceSettings settings = context.settings(spec);
            boolean enough = sum.read() >= settings.rejectMinimum();
            if (enough && sum.rejected() > settings.rejectLimit() * sum.read()) {
                List<String> samples = context.samples(source).all();
                throw new RejectLimitException(sum.rejected() + " of " + sum.read() + " rows of " + spec.table()
                        + " were rejected, more than the limit of " + settings.rejectLimit() * 100 + " %"
                        + (samples.isEmpty() ? "" : "; the first: " + samples.get(0)));
            }
        });
    }

    /**
     * Completes what was delivered.
     *
     * @param drained whether the phase was stopped before its end
     */
    void finish(boolean drained) {
        deliveries.forEach((node, delivery) -> {
            if (!drained || delivering.get(node).isEnded() || isUnbounded()) {
                delivery.finish();
            }
        });
    }

    /** Whether a stop in the middle is how the job ends, rather than something that leaves a result half written. */
    private boolean isUnbounded() {
        return scanned().anyMatch(spec -> spec.end() == SourceTraits.End.UNBOUNDED);
    }

    /** A line per table that was written. */
    List<String> summaries() {
        List<String> lines = new ArrayList<>();
        for (NodeSpec node : phase.nodes()) {
            if (node instanceof NodeSpec.Deliver deliver && deliver.statement() >= 0) {
                String summary = deliveries.get(node.id()).summary();
                if (!summary.isEmpty()) {
                    lines.add(graph.sinks().get(deliver.sink()).name() + ": " + summary);
                }
            }
        }
        return lines;
    }

    @Override
    public void close() {
        deliveries.values().forEach(Delivery::close);
        sources.values().forEach(Source::close);
        for (AutoCloseable each : owned) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot free a constant", e);
            }
        }
        owned.clear();
    }
}
