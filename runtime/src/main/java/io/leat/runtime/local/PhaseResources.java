package io.leat.runtime.local;

import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceSettings;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.decode.UnknownFields;
import io.leat.runtime.job.JobGraph;
import io.leat.runtime.job.JobGraph.PhaseSpec;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.job.Telling;
import io.leat.runtime.operator.Outputs;
import io.leat.runtime.pipeline.Operator;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a phase opens: sources, deliveries, constants; and what its workers count. */
final class PhaseResources implements AutoCloseable {
    private final JobContext context;
    private final JobGraph graph;
    private final PhaseSpec phase;
    private final Runnable pause;
    private final int reading;
    private final Map<Integer, VerdictLog> logs;
    private final ScanGroups groups;
    private final Map<Integer, Source> sources = new HashMap<>();
    private final Map<Integer, Integer> firstSlots = new HashMap<>();
    private final Map<Integer, Delivery> deliveries = new HashMap<>();
    private final Map<Integer, DeliverOperator> delivering = new HashMap<>();
    private final PhaseCounts counts = new PhaseCounts();
    private final List<AutoCloseable> owned = new ArrayList<>();
    private ScanTasks tasks;
    private long checkedEpoch;

    /**
     * @param logs verdicts of sources that other phases read, too, by source
     * @param pause stops the job at the end of the epoch, which is now
     */
    PhaseResources(JobContext context, PhaseSpec phase, Map<Integer, VerdictLog> logs, Runnable pause) {
        this(context, phase, logs, pause, 1);
    }

    /**
     * A phase that is read again, to its end.
     *
     * @param reading how often it was read, this time included
     */
    PhaseResources(JobContext context, PhaseSpec phase, int reading) {
        this(context, phase, Map.of(), () -> {}, reading);
    }

    private PhaseResources(
            JobContext context, PhaseSpec phase, Map<Integer, VerdictLog> logs, Runnable pause, int reading) {
        this.pause = pause;
        this.reading = reading;
        this.context = context;
        this.graph = context.job().graph();
        this.phase = phase;
        this.logs = logs;
        this.groups = new ScanGroups(phase);
    }

    /**
     * Connects to everything that the phase reads and writes, before any row moves.
     *
     * @param resumed whether an earlier run stopped in the phase
     */
    void open(Map<Integer, Integer> resultNumbers, boolean resumed) {
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
        WatermarkBoard board = new WatermarkBoard(
                slotGroups.stream().mapToInt(Integer::intValue).toArray());
        Optional<UpToNow> upToNow =
                scanned().anyMatch(context::pausesIn) ? Optional.of(new UpToNow(pause)) : Optional.empty();
        tasks = new ScanTasks(context, this, board, counts, logs, upToNow);
        for (NodeSpec node : phase.nodes()) {
            if (node instanceof NodeSpec.Deliver deliver) {
                int result = resultNumbers.getOrDefault(node.id(), -1);
                SinkSpec sink = graph.sinks().get(deliver.sink());
                deliveries.put(node.id(), context.openDelivery(node.id(), sink, deliver.statement(), result, resumed));
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
        ChangeForm changes = sink.telling().marked() ? changes(sink) : null;
        DeliverOperator operator = new DeliverOperator(
                deliver.inputs().size(),
                deliveries.get(deliver.id()),
                changes,
                sink.pauses().everyMicros());
        delivering.put(deliver.id(), operator);
        return operator;
    }

    private ChangeForm changes(SinkSpec sink) {
        List<Field> weighted = new ArrayList<>(sink.schema().fields());
        weighted.set(0, Field.required(Schema.WEIGHT, Type.BIGINT));
        int batchRows = context.options().batchRows();
        return sink.telling() == Telling.NET_CHANGES || sink.pauses().any()
                ? new NetChanges(
                        new Schema(weighted),
                        sink.schema(),
                        sink.identity(),
                        sink.pauses(),
                        batchRows,
                        context.allocator())
                : new ChangeKinds(new Schema(weighted), sink.schema(), sink.identity(), batchRows, context.allocator());
    }

    ScanTask scan(
            NodeSpec.Scan scan,
            int worker,
            int workers,
            Outputs rows,
            Map<NodeSpec.SideRows, Outputs> side,
            List<PipelineOperator> pipelines) {
        Source source = sources.get(scan.id());
        return tasks.scan(scan.source(), source, firstSlots.get(scan.id()), worker, workers, rows, side, pipelines);
    }

    ScanTask memoryScan(NodeSpec.MemoryScan scan, int worker, Outputs rows, List<PipelineOperator> pipelines) {
        return tasks.memoryScan(scan, firstSlots.get(scan.id()), worker, rows, pipelines);
    }

    PhaseSpec phase() {
        return phase;
    }

    /** Where the threads of this phase count names that no column of the source has; what was read before is not counted again. */
    UnknownFields newUnknownFields(int source) {
        boolean first = reading == 1
                && graph.phases().stream()
                        .filter(each -> reads(each, source))
                        .findFirst()
                        .equals(Optional.of(phase));
        return first ? context.findings().of(source).newUnknownFields() : new UnknownFields();
    }

    private static boolean reads(PhaseSpec phase, int source) {
        return phase.nodes().stream().anyMatch(node -> node instanceof NodeSpec.Scan scan && scan.source() == source);
    }

    /** How often the rows of this phase were read, this time included. */
    int reading() {
        return reading;
    }

    PhaseCounts counts() {
        return counts;
    }

    /** The first epoch of the phase, in which no share of rejected rows says anything yet. */
    void beginsAt(long epoch) {
        checkedEpoch = epoch;
    }

    /** At the first call in an epoch behind the first one, checks that not too many rows of a source were rejected. */
    void checkRejectsAt(long epoch) {
        if (epoch > checkedEpoch) {
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
        counts.bySource().forEach((source, sum) -> {
            SourceSpec spec = graph.sources().get(source);
            SourceSettings settings = context.settings(spec);
            boolean enough = sum.read() >= settings.rejectMinimum();
            if (enough && sum.rejected() > settings.rejectLimit() * sum.read()) {
                List<String> samples = context.findings().of(source).samples().all();
                throw RejectLimitException.tooMany(sum.rejected() + " of " + sum.read() + " rows of " + spec.table()
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
                delivering.get(node).tell();
                delivery.finish();
            }
        });
    }

    /** Completes the rows of an epoch that are seen when it is decided: these files. */
    List<StagedPart> seal(long epoch) {
        return deliveries.values().stream()
                .flatMap(delivery -> delivery.seal(epoch).stream())
                .toList();
    }

    /** Makes visible what was delivered; the job will go on behind it. */
    void pause() {
        deliveries.values().forEach(Delivery::pause);
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
