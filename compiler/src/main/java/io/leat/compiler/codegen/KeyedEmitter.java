package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import io.leat.compiler.physical.Terminal.EmitKeyed;
import io.leat.runtime.type.Type;
import java.util.List;

/** Writes rows for an operator that keeps them by key; those that it would refuse as late stop here. */
final class KeyedEmitter {
    private final PipelineParts parts;
    private final EmitKeyed plan;

    KeyedEmitter(PipelineParts parts, EmitKeyed plan) {
        this.parts = parts;
        this.plan = plan;
    }

    void emit(Columns columns, Scope scope, Scope effective) {
        ExpressionEmitter expressions = parts.expressions();
        // A row that has no value is rejected, also when it is late.
        List<Fragment> keys = expressions.emitAll(plan.keys(), columns, scope);
        List<Fragment> values = expressions.emitAll(plan.columns(), columns, scope);
        Block block = effective.block();
        block.at(plan.at(), "by key");
        if (plan.late().isPresent()) {
            Fragment time = expressions.emit(plan.late().get().time(), columns, effective);
            block = new LateEmitter(parts).judge(plan.late().get(), time, block);
        }
        block = parts.door().admit(effective.inside(block)).block();
        String row = "to" + parts.frame().names().number();
        block.declare("final int", row, "out.rows()");
        BatchWriter writer = new BatchWriter("out", row);
        if (plan.weighted()) {
            // Rows that only come, beside others that come and go.
            writer.put(parts.plan().weighted() ? EmitEmitter.weight(parts, block) : one(), block);
        }
        for (Fragment key : keys) {
            writer.put(key, block);
        }
        for (Fragment value : values) {
            writer.put(value, block);
        }
        String hash = "hash" + parts.frame().names().number();
        List<Fragment> hashed = plan.hashed().stream()
                .map(each -> keys.get(plan.keys().indexOf(each)))
                .toList();
        block.declare("final long", hash, HashEmitter.hash(hashed));
        writer.put(Fragment.of(Type.BIGINT, hash, Fragment.NEVER), block);
        block.line("out.rows(" + row + " + 1);");
        block.when("out.isFull()").line("flush();");
        parts.mark("TAKEN", block);
        EmitEmitter.finish(parts);
    }

    private static Fragment one() {
        return Fragment.of(Type.BIGINT, "1L", Fragment.NEVER);
    }
}
