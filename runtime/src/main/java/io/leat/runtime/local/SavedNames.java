package io.leat.runtime.local;

import io.leat.runtime.job.JobGraph;
import io.leat.runtime.job.JobGraph.PhaseSpec;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.state.TableLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the nodes of a job are called in snapshots: by their kind, and which of its kind each is. What each keeps is described, so that a
 * snapshot of another query is not taken for one of this. Neither depends on how many workers the job is cut for.
 */
final class SavedNames {
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<String, String> layouts = new TreeMap<>();

    SavedNames(JobGraph graph) {
        Map<String, Integer> ranks = new HashMap<>();
        for (PhaseSpec phase : graph.phases()) {
            for (NodeSpec node : phase.nodes()) {
                String kind = kind(node);
                String name = kind + "-" + ranks.merge(kind, 1, Integer::sum);
                names.put(node.id(), name);
                layout(node, graph).ifPresent(layout -> layouts.put(name, layout));
            }
        }
    }

    String of(int node) {
        return names.get(node);
    }

    /** What each node keeps that keeps anything, by its name. */
    Map<String, String> layouts() {
        return Collections.unmodifiableMap(layouts);
    }

    private static String kind(NodeSpec node) {
        if (node instanceof NodeSpec.Fused) {
            return "pipeline";
        }
        if (node instanceof NodeSpec.StreamJoin) {
            return "join";
        }
        return node.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> layout(NodeSpec node, JobGraph graph) {
        if (node instanceof NodeSpec.Scan scan) {
            SourceSpec source = graph.sources().get(scan.source());
            return Optional.of("rows of " + source.table() + ", event time " + source.eventTime() + ", changes "
                    + source.changelog());
        }
        if (node instanceof NodeSpec.MemoryScan scan) {
            return Optional.of("rows of " + graph.sources().get(scan.source()).table());
        }
        if (node instanceof NodeSpec.Values values) {
            return Optional.of(values.rows().size() + " rows");
        }
        if (node instanceof NodeSpec.Aggregate aggregate) {
            return Optional.of(aggregate.closing() + ", groups " + layouts(aggregate.layouts()));
        }
        if (node instanceof NodeSpec.Sort sort) {
            return Optional.of("rows " + sort.schema() + " by " + sort.keys());
        }
        if (node instanceof NodeSpec.Limit limit) {
            return Optional.of(limit.limit() + " rows behind " + limit.offset());
        }
        if (node instanceof NodeSpec.Settle settle) {
            return Optional.of("rows " + settle.input());
        }
        if (node instanceof NodeSpec.Rank rank) {
            return Optional.of("partitions " + rank.rows());
        }
        if (node instanceof NodeSpec.Over over) {
            return Optional.of("partitions " + over.rows());
        }
        if (node instanceof NodeSpec.Build build) {
            return Optional.of("table " + build.name() + " of " + layouts(List.of(build.layout())));
        }
        if (node instanceof NodeSpec.StreamJoin join) {
            boolean asks =
                    join.bound().filter(JoinBound.Lookup.class::isInstance).isPresent();
            // What is asked outside is not kept, and options may hold secrets.
            return Optional.of(join.kind() + " join of " + join.left() + " and " + join.right() + ", "
                    + (asks ? "asked by key" : join.bound()));
        }
        if (node instanceof NodeSpec.Sessions sessions) {
            return Optional.of("rows " + sessions.schema() + ", gap " + sessions.gap());
        }
        if (node instanceof NodeSpec.ClockFilter filter) {
            return Optional.of("rows " + filter.schema() + " from " + filter.from() + " until " + filter.until());
        }
        if (node instanceof NodeSpec.SessionGroups sessions) {
            return Optional.of("groups " + layouts(sessions.layouts()) + ", gap " + sessions.gap());
        }
        if (node instanceof NodeSpec.Deliver deliver) {
            SinkSpec sink = graph.sinks().get(deliver.sink());
            return Optional.of("rows of " + sink.name() + " " + sink.schema());
        }
        return Optional.empty();
    }

    private static String layouts(List<TableLayout> layouts) {
        List<String> texts = new ArrayList<>();
        for (TableLayout layout : layouts) {
            texts.add(layout.keys() + " " + layout.columns() + " " + layout.accumulators());
        }
        return String.join(", ", texts);
    }
}
