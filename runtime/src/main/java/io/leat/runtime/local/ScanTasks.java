package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.MetadataColumn;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.Source.Partition;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceSettings;
import io.leat.runtime.decode.DecoderContext;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.decode.RecordDecoder;
import io.leat.runtime.decode.UnknownFields;
import io.leat.runtime.job.JobGraph;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.job.SourceSpec.ChangelogSpec;
import io.leat.runtime.job.SourceSpec.DecodingSpec;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.pipeline.CompletingPipeline;
import io.leat.runtime.pipeline.PipelineContext;
import io.leat.runtime.platform.Random;
import io.leat.runtime.type.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the tasks that read the sources of a phase, from the description of each source. */
final class ScanTasks {
    private static final long MICROS = 1_000;
    /** The one partition of a table in memory. */
    private static final String MEMORY = "memory";

    private final JobContext context;
    private final JobGraph graph;
    private final PhaseResources resources;
    private final WatermarkBoard board;
    private final PhaseCounts counts;
    private final Map<Integer, VerdictLog> logs;
    private final Optional<UpToNow> upToNow;

    /**
     * @param logs verdicts of sources that other phases read, too, by source
     * @param upToNow where the run pauses when it has read what is there
     */
    ScanTasks(
            JobContext context,
            PhaseResources resources,
            WatermarkBoard board,
            PhaseCounts counts,
            Map<Integer, VerdictLog> logs,
            Optional<UpToNow> upToNow) {
        this.context = context;
        this.graph = context.job().graph();
        this.resources = resources;
        this.board = board;
        this.counts = counts;
        this.logs = logs;
        this.upToNow = upToNow;
    }

    /**
     * Reads the partitions of a source that belong to one of so many workers.
     *
     * @param firstSlot of the source's partitions on the board
     * @param side who wants refused rows
     */
    ScanTask scan(
            int sourceNumber,
            Source source,
            int firstSlot,
            int worker,
            int workers,
            Outputs rows,
            Map<NodeSpec.SideRows, Outputs> side,
            List<PipelineOperator> pipelines) {
        SourceSpec spec = graph.sources().get(sourceNumber);
        List<PartitionScan> partitions = new ArrayList<>();
        UnknownFields unknown = resources.newUnknownFields(sourceNumber);
        Optional<Random> schedule = context.options().schedule(worker);
        RecordChunk shared = chunk();
        List<Partition> all = source.partitions();
        for (Partition partition : all) {
            boolean first = spec.changelog().filter(ChangelogSpec::oneLog).isPresent();
            if ((first ? 0 : partition.index() % workers) == worker) {
                RecordChunk chunk = schedule.isPresent() ? chunk() : shared;
                partitions.add(partition(spec, source, partition, firstSlot + partition.index(), unknown, chunk));
            }
        }
        GainedPartitions gained = new GainedPartitions(
                source, all.size(), worker, Math.min(workers, Math.max(1, all.size())), (partition, watermark) -> {
                    checkGained(spec, partition);
                    int slot = board.add(firstSlot, watermark);
                    return partition(spec, source, partition, slot, unknown, schedule.isPresent() ? chunk() : shared);
                });
        List<SideOutput> late = new ArrayList<>();
        List<SideOutput> rejected = new ArrayList<>();
        side.forEach((sideRows, outputs) -> (sideRows.late() ? late : rejected)
                .add(new SideOutput(sideRows, outputs, context.options().batchRows(), context.allocator())));
        List<String> names = all.stream().map(Partition::name).toList();
        UpToNow.Part part = upToNow(source, spec, !partitions.isEmpty());
        Reading reading = new Reading(worker, names, partitions, Optional.of(gained), schedule, part);
        return task(sourceNumber, spec, reading, rows, pipelines, late, rejected);
    }

    /** Where rows replace each other by key, a key may have rows in another partition from now on. */
    private static void checkGained(SourceSpec spec, Partition partition) {
        if (spec.changelog().isPresent()) {
            throw new ConnectorException(
                    ConnectorException.Kind.IO,
                    spec.table() + " has gained partition '" + partition.name()
                            + "': rows that come and go need the partitions as they were, since those of one key may be in two now;"
                            + " write them to another topic with as many partitions, and read that");
        }
    }

    private PartitionScan partition(
            SourceSpec spec, Source source, Partition partition, int slot, UnknownFields unknown, RecordChunk chunk) {
        return new PartitionScan(
                partition,
                slot,
                source.reader(partition),
                decoder(spec, spec.decoding().map(DecodingSpec::decoder), false, unknown),
                decoder(spec, spec.decoding().flatMap(DecodingSpec::keyDecoder), true, new UnknownFields()),
                chunk);
    }

    /** Reads a table in memory, which one worker does. */
    ScanTask memoryScan(
            NodeSpec.MemoryScan scan, int slot, int worker, Outputs rows, List<PipelineOperator> pipelines) {
        SourceSpec spec = graph.sources().get(scan.source());
        List<PartitionScan> partitions = new ArrayList<>();
        if (worker == 0) {
            SourceReader reader = new MemoryReader(context.memory().read(spec.table(), scan.statement()), spec);
            Partition partition = new Partition(0, MEMORY);
            partitions.add(new PartitionScan(partition, slot, reader, null, null, null));
        }
        Reading reading =
                new Reading(worker, List.of(MEMORY), partitions, Optional.empty(), Optional.empty(), upToItsEnd());
        return task(scan.source(), spec, reading, rows, pipelines, List.of(), List.of());
    }

    /**
     * What one worker reads of a source.
     *
     * @param names of all partitions, whoever reads them
     * @param gained opens what the source gains later; empty if it gains nothing
     * @param schedule says which partition is read next; empty for the usual order
     */
    private record Reading(
            int worker,
            List<String> names,
            List<PartitionScan> partitions,
            Optional<GainedPartitions> gained,
            Optional<Random> schedule,
            UpToNow.Part upToNow) {}

    private ScanTask task(
            int source,
            SourceSpec spec,
            Reading reading,
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
            pipeline.statements().forEach(statement -> byStatement.computeIfAbsent(statement, counts::ofStatement));
        }
        ScanPlan plan = new ScanPlan(
                spec,
                settings,
                reading.names(),
                eventTime,
                metadata(spec),
                keyLeaves(spec),
                rows,
                pipelines,
                reading.upToNow());
        ToldChanges changes = spec.changelog()
                .filter(each -> !each.isVersions())
                .map(each -> new ToldChanges(spec.schema(), batchRows(spec), context.allocator()))
                .orElse(null);
        VerdictLog log = logs.get(source);
        ChangelogReader changelog = spec.changelog()
                .map(each -> new ChangelogReader(
                        spec,
                        each,
                        changes,
                        context.keyedStates().open("source-" + source + "-" + reading.worker()),
                        context.allocator()))
                .orElse(null);
        return new ScanTask(
                plan,
                reading.partitions(),
                reading.gained(),
                board,
                context.platform().clock(),
                batch(spec),
                batch(spec),
                new EventTimes(plan, completer(spec)),
                new Verdicts(
                        counts.ofSource(source),
                        byStatement,
                        log,
                        log == null || log.endsWith(resources.phase()),
                        new Refusals(spec, context.findings().of(source), late, rejected),
                        changes),
                changelog,
                context.stateMemory(),
                reading.schedule());
    }

    private UpToNow.Part upToNow(Source source, SourceSpec spec, boolean any) {
        return upToNow.filter(all -> context.pausesIn(spec))
                .map(all -> all.pausing(source, any))
                .orElseGet(this::upToItsEnd);
    }

    private UpToNow.Part upToItsEnd() {
        return upToNow.map(UpToNow::ending).orElseGet(UpToNow::ofRunToTheEnd);
    }

    private RecordChunk chunk() {
        return resources.own(new RecordChunk(context.allocator()));
    }

    private Batch batch(SourceSpec spec) {
        return new Batch(spec.schema(), batchRows(spec), context.allocator());
    }

    /** A record of a changelog can be two rows. */
    private int batchRows(SourceSpec spec) {
        return Math.max(spec.changelog().isPresent() ? 2 : 1, context.options().batchRows());
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / MICROS;
    }

    private CompletingPipeline completer(SourceSpec spec) {
        return spec.eventTime()
                .flatMap(SourceSpec.EventTimeSpec::completer)
                .map(completer -> {
                    List<Object> constants = new ArrayList<>();
                    completer
                            .constants()
                            .forEach(constant -> constants.add(Constants.of(constant, resources, context)));
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

    /**
     * @param unknown where names that no column has are counted; those of keys are not shown, since they may be columns of values
     */
    private RecordDecoder decoder(SourceSpec spec, Optional<String> className, boolean key, UnknownFields unknown) {
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
                new DecoderContext(spec.schema(), declared, settings, context.zone(), unknown, context.allocator());
        RecordDecoder decoder = context.loader()
                .create(className.get(), RecordDecoder.class, new Class<?>[] {DecoderContext.class}, decoderContext);
        if (!key && format.isChanges()) {
            boolean keyed = spec.changelog().filter(ChangelogSpec::isKeyed).isPresent();
            decoder.readChanges(format.lines(), !keyed);
        }
        return decoder;
    }

    private List<ScanPlan.MetadataFill> metadata(SourceSpec spec) {
        List<ScanPlan.MetadataFill> fills = new ArrayList<>();
        spec.decoding()
                .ifPresent(decoding -> decoding.metadata().forEach(column -> {
                    MetadataColumn from = column.from();
                    fills.add(new ScanPlan.MetadataFill(
                            spec.schema().firstLeaf(column.column()), from, resources.reading()));
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
}
