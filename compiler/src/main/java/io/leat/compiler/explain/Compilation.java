package io.leat.compiler.explain;

import io.leat.compiler.bind.BoundStatement;
import io.leat.compiler.codegen.GeneratedClass;
import io.leat.compiler.optimize.Optimizer.Firing;
import io.leat.compiler.physical.PhysicalPlan;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.CompiledJob;
import java.util.List;

/**
 * A compiled query file with what came about at each stage.
 *
 * @param warnings what is worth knowing although it compiles
 * @param statements as they are run, and how they came to be so
 * @param generated sources in the order in which they were compiled
 */
public record Compilation(
        SourceText source,
        List<Diagnostic> warnings,
        List<PlannedStatement> statements,
        PhysicalPlan physical,
        List<GeneratedClass> generated,
        CompiledJob job) {
    public Compilation {
        warnings = List.copyOf(warnings);
        statements = List.copyOf(statements);
        generated = List.copyOf(generated);
    }

    /**
     * A statement on its way through the optimizer.
     *
     * @param bound as written
     * @param firings what each rule made of it
     * @param pruned as it is run
     */
    public record PlannedStatement(BoundStatement bound, List<Firing> firings, BoundStatement pruned) {
        public PlannedStatement {
            firings = List.copyOf(firings);
        }
    }
}
