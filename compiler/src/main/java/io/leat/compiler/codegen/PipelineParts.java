package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import io.leat.compiler.physical.PhysicalOperator.Pipeline;
import io.leat.compiler.physical.Step;
import java.util.Map;

/** What the emitters of a pipeline's steps share. */
record PipelineParts(
        Pipeline plan,
        ClassFrame frame,
        ExpressionEmitter expressions,
        Block prologue,
        Block epilogue,
        Map<Integer, String> classNames,
        Door door) {

    /** What a row must pass that is kept: behind the verdict on late rows. */
    @FunctionalInterface
    interface Door {
        /** The scope of what happens to a row that passes. */
        Scope admit(Scope scope);
    }

    /** The same parts with another door. */
    PipelineParts behind(Door other) {
        return new PipelineParts(plan, frame, expressions, prologue, epilogue, classNames, other);
    }

    /** Whether some row may be computed and then not be kept. */
    boolean isGuarded() {
        return plan.steps().stream().anyMatch(Step.Admittance.class::isInstance);
    }

    /** Notes what became of the source row, where rows come from a source. */
    void mark(String verdict, Block block) {
        if (plan.source()) {
            block.line("marks[row] |= " + verdict + ";");
        }
    }

    /** How often the row of a change comes; negative if it goes. Where rows only come, each comes once. */
    String weight() {
        return plan.weighted() ? "Memory.getLong(weights + ((long) row << 3))" : "1L";
    }

    /** Continues with the step after this one. */
    @FunctionalInterface
    interface Next {
        void emit(Columns columns, Scope scope);
    }
}
