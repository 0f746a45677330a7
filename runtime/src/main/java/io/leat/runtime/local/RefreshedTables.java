package io.leat.runtime.local;

import io.leat.runtime.job.JobGraph;
import io.leat.runtime.job.JobGraph.PhaseSpec;
import io.leat.runtime.job.NodeSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The static tables of a job that are read again. They are read between the steps of the workers, by whichever comes along, so that a
 * large table delays rows a little and never stops them.
 */
final class RefreshedTables implements AutoCloseable {
    private final Map<Integer, RefreshedTable> tables = new LinkedHashMap<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    RefreshedTables(JobContext context) {
        JobGraph graph = context.job().graph();
        for (PhaseSpec phase : graph.phases()) {
            for (NodeSpec node : phase.nodes()) {
                if (node instanceof NodeSpec.Build build && build.refreshMicros() > 0) {
                    List<NodeSpec> reading = leadingTo(build, phase);
                    String name = reading.stream()
                            .filter(NodeSpec.Scan.class::isInstance)
                            .map(scan -> graph.sources()
                                    .get(((NodeSpec.Scan) scan).source())
                                    .table())
                            .findFirst()
                            .orElse(build.name());
                    tables.put(build.id(), new RefreshedTable(context, build, new PhaseSpec(reading), name));
                }
            }
        }
    }

    /** A node and all that rows pass on their way to it, in the order of the phase. */
    private static List<NodeSpec> leadingTo(NodeSpec last, PhaseSpec phase) {
        Set<Integer> needed = new HashSet<>(Set.of(last.id()));
        List<NodeSpec> nodes = new ArrayList<>(phase.nodes());
        boolean grew = true;
        while (grew) {
            grew = false;
            for (NodeSpec node : nodes) {
                if (needed.contains(node.id())) {
                    for (NodeSpec.Edge edge : node.inputs()) {
                        grew |= needed.add(edge.from());
                    }
                }
            }
        }
        nodes.removeIf(node -> !needed.contains(node.id()));
        return nodes;
    }

    Optional<RefreshedTable> find(int build) {
        return Optional.ofNullable(tables.get(build));
    }

    /** Takes over the tables that a phase has read. */
    void begin(PhaseSpec phase, JobContext context, long clockMicros) {
        for (NodeSpec node : phase.nodes()) {
            RefreshedTable table = tables.get(node.id());
            if (table != null) {
                table.begin(context.staticTables().remove(node.id()), clockMicros);
            }
        }
    }

    /** The versions that an epoch sees which begins now. */
    Map<Integer, RefreshedTable.Version> versions() {
        if (tables.isEmpty()) {
            return Map.of();
        }
        Map<Integer, RefreshedTable.Version> versions = new LinkedHashMap<>();
        tables.forEach((build, table) -> {
            RefreshedTable.Version version = table.current();
            if (version != null) {
                versions.put(build, version);
            }
        });
        return versions;
    }

    /** Reads on what is to be read again; true if there was something to do. Any worker may call it, at any time. */
    boolean step(EpochClock epochs) {
        if (tables.isEmpty() || !busy.compareAndSet(false, true)) {
            return false;
        }
        try {
            long clock = epochs.running().wallMicros();
            boolean progress = false;
            for (RefreshedTable table : tables.values()) {
                progress |= table.step(epochs, clock);
            }
            return progress;
        } finally {
            busy.set(false);
        }
    }

    @Override
    public void close() {
        tables.values().forEach(RefreshedTable::close);
    }
}
