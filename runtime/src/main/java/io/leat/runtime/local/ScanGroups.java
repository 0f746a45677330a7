package io.leat.runtime.local;

import io.leat.runtime.job.JobGraph.PhaseSpec;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.Edge;
import java.util.HashMap;
import java.util.Map;

/** Which scans of a phase meet in an operator: those connected in any way have the same group. */
final class ScanGroups {
    private final Map<Integer, Integer> parents = new HashMap<>();

    ScanGroups(PhaseSpec phase) {
        for (NodeSpec node : phase.nodes()) {
            for (Edge edge : node.inputs()) {
                parents.put(root(node.id()), root(edge.from()));
            }
        }
    }

    private int root(int node) {
        int at = node;
        while (parents.getOrDefault(at, at) != at) {
            at = parents.get(at);
        }
        return at;
    }

    int groupOf(int scan) {
        return root(scan);
    }
}
