package io.leat.runtime.local;

import io.leat.runtime.connector.DecidedEpoch;
import io.leat.runtime.connector.EpochApplier;
import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.epoch.StateException;
import io.leat.runtime.job.JobGraph;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.SinkSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** What shows decided rows in the sinks of a job, each opened when it is first needed. One thread. */
final class Appliers implements AutoCloseable {
    private final BiFunction<SinkSpec, String, Optional<EpochApplier>> opener;
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<String, SinkSpec> sinks = new LinkedHashMap<>();
    private final Map<String, Optional<EpochApplier>> opened = new HashMap<>();

    /**
     * @param opener opens what shows rows in a table, by what it is called here; empty if they do not wait there
     */
    Appliers(JobGraph graph, BiFunction<SinkSpec, String, Optional<EpochApplier>> opener) {
        this.opener = opener;
        Map<String, Integer> statements = new HashMap<>();
        graph.phases().stream()
                .flatMap(phase -> phase.nodes().stream())
                .filter(NodeSpec.Deliver.class::isInstance)
                .map(NodeSpec.Deliver.class::cast)
                .forEach(deliver -> {
                    SinkSpec sink = graph.sinks().get(deliver.sink());
                    int statement = statements.merge(sink.name(), 1, Integer::sum);
                    String name = statement == 1 ? sink.name() : sink.name() + "#" + statement;
                    names.put(deliver.id(), name);
                    sinks.put(name, sink);
                });
    }

    /** What the sink of a node is called where rows are staged: by what its statement says, so that it is the same in each start. */
    String name(int node) {
        return names.get(node);
    }

    /** Shows an epoch in the sinks that have or had rows; in all, if an earlier start decided it. */
    void apply(DecidedEpoch epoch, List<StagedPart> parts) {
        Map<String, List<StagedPart>> bySink = new LinkedHashMap<>();
        (epoch.again() ? sinks : opened).keySet().forEach(sink -> bySink.put(sink, new ArrayList<>()));
        parts.forEach(part ->
                bySink.computeIfAbsent(part.sink(), key -> new ArrayList<>()).add(part));
        bySink.forEach((sink, ofSink) -> {
            Optional<EpochApplier> applier = opened.computeIfAbsent(sink, this::open);
            if (applier.isPresent()) {
                applier.get().apply(epoch, ofSink);
            } else if (!ofSink.isEmpty() && !epoch.shown()) {
                throw new StateException("rows of epoch " + epoch.epoch() + ", which is decided, wait to be shown in "
                        + sink + ", and this query does not write there: start the query that was stopped once more");
            }
        });
    }

    private Optional<EpochApplier> open(String name) {
        return Optional.ofNullable(sinks.get(name))
                .filter(sink -> sink.kind() == SinkSpec.Kind.TABLE)
                .flatMap(sink -> opener.apply(sink, name));
    }

    @Override
    public void close() {
        Closing.all(opened.values().stream().flatMap(Optional::stream).toList());
    }
}
