package io.leat.runtime.local;

import io.leat.runtime.job.JobGraph;
import io.leat.runtime.job.JobGraph.PhaseSpec;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.OperatorPlan;
import io.leat.runtime.job.SourceSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the nodes of a job are called in its snapshots: by their kind, and which of its kind each is. Which of them is which in a query that
 * has changed, is told by what they compute and by the names of tables ({@link QueryChange}). Nothing here depends on how many workers
 * the job is cut for.
 */
final class SavedNames {
    private final Map<Integer, String> names = new HashMap<>();
    private final List<SavedOperator> operators = new ArrayList<>();
    /** For each node the nearest that keep something, itself if it does. */
    private final Map<Integer, Set<String>> keepers = new HashMap<>();

    SavedNames(JobGraph graph) {
        Map<String, Integer> ranks = new HashMap<>();
        for (int phase = 0; phase < graph.phases().size(); phase++) {
            PhaseSpec spec = graph.phases().get(phase);
            for (NodeSpec node : spec.nodes()) {
                String kind = kind(node);
                String name = kind + "-" + ranks.merge(kind, 1, Integer::sum);
                names.put(node.id(), name);
                OperatorPlan plan = graph.plans().getOrDefault(node.id(), OperatorPlan.UNKNOWN);
                Map<String, String> keeps = SavedLayout.of(node, graph, plan);
                Set<String> inputs = new TreeSet<>();
                before(node).forEach(each -> inputs.addAll(keepers.getOrDefault(each, Set.of())));
                keepers.put(node.id(), keeps.isEmpty() ? inputs : Set.of(name));
                if (!keeps.isEmpty()) {
                    operators.add(
                            new SavedOperator(name, phase, of(node, spec, graph), List.copyOf(inputs), plan, keeps));
                }
            }
        }
    }

    String of(int node) {
        return names.get(node);
    }

    /** Those that keep something. */
    List<SavedOperator> operators() {
        return List.copyOf(operators);
    }

    /** Those that have rows for it, in its phase or in one before. */
    private static List<Integer> before(NodeSpec node) {
        List<Integer> before = new ArrayList<>();
        node.inputs().forEach(edge -> before.add(edge.from()));
        if (node instanceof NodeSpec.Fused pipeline) {
            before.addAll(pipeline.tables());
        }
        if (node instanceof NodeSpec.StreamJoin join) {
            join.test().ifPresent(test -> before.addAll(test.tables()));
        }
        if (node instanceof NodeSpec.SideRows side) {
            before.add(side.scan());
        }
        return before;
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

    /** The table that it reads, or those that its rows go to in the phase. */
    private static List<String> of(NodeSpec node, PhaseSpec phase, JobGraph graph) {
        if (node instanceof NodeSpec.Scan scan) {
            return table(graph.sources().get(scan.source()));
        }
        if (node instanceof NodeSpec.MemoryScan scan) {
            return table(graph.sources().get(scan.source()));
        }
        Set<Integer> behind = new HashSet<>(Set.of(node.id()));
        Set<String> sinks = new TreeSet<>();
        for (NodeSpec each : phase.nodes()) { // each comes after those that it takes rows from
            if (each.inputs().stream().map(Edge::from).anyMatch(behind::contains)) {
                behind.add(each.id());
            }
            if (each instanceof NodeSpec.Deliver deliver && behind.contains(each.id())) {
                sinks.add(graph.sinks().get(deliver.sink()).name());
            }
        }
        return List.copyOf(sinks);
    }

    private static List<String> table(SourceSpec source) {
        return List.of(source.table());
    }
}
