package io.leat.runtime.job;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a job does: tables it reads and writes, and the operators between them, phase by phase.
 *
 * @param name for people, e.g. the name of the query file
 * @param zone the zone of the job
 * @param parallelism how many workers the graph is cut for
 * @param settings what the query says about how it runs
 * @param sources tables that are read
 * @param sinks tables that are written
 * @param statements in file order
 * @param phases run one after another: each needs what those before it left in static tables and tables in memory
 * @param plans what operators compute that keep something, by id
 */
public record JobGraph(
        String name,
        String zone,
        int parallelism,
        JobSettings settings,
        List<SourceSpec> sources,
        List<SinkSpec> sinks,
        List<StatementSpec> statements,
        List<PhaseSpec> phases,
        Map<Integer, OperatorPlan> plans) {
    public JobGraph {
        sources = List.copyOf(sources);
        sinks = List.copyOf(sinks);
        statements = List.copyOf(statements);
        phases = List.copyOf(phases);
        plans = Collections.unmodifiableMap(new TreeMap<>(plans));
    }

    /** The same graph with the plans of its operators. */
    public JobGraph withPlans(Map<Integer, OperatorPlan> ofOperators) {
        return new JobGraph(name, zone, parallelism, settings, sources, sinks, statements, phases, ofOperators);
    }

    /**
     * A statement that moves rows.
     *
     * @param at {@code line:column} in the query file
     * @param title for reports, e.g. {@code INSERT INTO site_minutes}
     */
    public record StatementSpec(String at, String title) {}

    /** Operators that run together; each comes after those it takes rows from. */
    public record PhaseSpec(List<NodeSpec> nodes) {
        public PhaseSpec {
            nodes = List.copyOf(nodes);
        }
    }
}
