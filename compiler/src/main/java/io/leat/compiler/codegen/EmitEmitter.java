package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.physical.Terminal.Emit;
import io.leat.runtime.type.Type;

/**
 * Writes rows into the output batch. A row counts when all its values are there, so one that fails halfway leaves nothing behind.
 */
final class EmitEmitter {
    private final PipelineParts parts;
    private final Emit plan;

    EmitEmitter(PipelineParts parts, Emit plan) {
        this.parts = parts;
        this.plan = plan;
    }

    void emit(Columns columns, Scope scope, Scope effective) {
        if (scope != effective || parts.isGuarded()) {
            parts.expressions().emitAll(plan.columns(), columns, scope);
        }
        Scope admitted = parts.door().admit(effective);
        Block block = admitted.block();
        block.at(plan.at(), "emit");
        String row = "to" + parts.frame().names().number();
        block.declare("final int", row, "out.rows()");
        BatchWriter writer = new BatchWriter("out", row);
        if (plan.weighted()) {
            writer.put(weight(parts, block), block);
        }
        for (Expr column : plan.columns()) {
            writer.put(parts.expressions().emit(column, columns, admitted), block);
        }
        block.line("out.rows(" + row + " + 1);");
        block.when("out.isFull()").line("flush();");
        parts.mark("TAKEN", block);
        finish(parts);
    }

    /** The weight of the change that is being worked on. */
    static Fragment weight(PipelineParts parts, Block block) {
        String weight = "weight" + parts.frame().names().number();
        block.declare("final long", weight, parts.weight());
        return Fragment.of(Type.BIGINT, weight, Fragment.NEVER);
    }

    /** What the batch holds goes on when all rows of the input are done. */
    static void finish(PipelineParts parts) {
        parts.epilogue().line("flush();");
    }
}
