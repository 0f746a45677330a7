package io.leat.compiler.physical;

import io.leat.runtime.job.JobGraph.StatementSpec;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.SinkSpec;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * A whole job: the tables it reads and writes and its operators, phase by phase.
 *
 * @param name of the query file, without directories and suffix
 * @param shapes which of the shapes that can be switched off it has
 */
public record PhysicalPlan(
        String name,
        ZoneId zone,
        int parallelism,
        JobSettings settings,
        List<SourceRead> sources,
        List<SinkSpec> sinks,
        List<StatementSpec> statements,
        List<Phase> phases,
        Set<Shape> shapes) {
    public PhysicalPlan {
        sources = List.copyOf(sources);
        sinks = List.copyOf(sinks);
        statements = List.copyOf(statements);
        phases = List.copyOf(phases);
        shapes = Set.copyOf(shapes);
    }

    /** Operators that run at the same time, each after those it takes rows from. */
    public record Phase(List<PhysicalOperator> operators) {
        public Phase {
            operators = List.copyOf(operators);
        }
    }
}
