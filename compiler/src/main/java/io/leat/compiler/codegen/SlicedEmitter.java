package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import io.leat.compiler.physical.Terminal.EmitSliced;
import io.leat.runtime.type.Type;
import java.util.List;

/** Writes rows for an exchange: keys and arguments, the slice they belong to, and the hash that finds their worker. */
final class SlicedEmitter {
    private final PipelineParts parts;
    private final EmitSliced plan;

    SlicedEmitter(PipelineParts parts, EmitSliced plan) {
        this.parts = parts;
        this.plan = plan;
    }

    void emit(Columns columns, Scope scope, Scope effective) {
        ExpressionEmitter expressions = parts.expressions();
        List<Fragment> keys = expressions.emitAll(plan.keys(), columns, scope);
        List<Fragment> arguments = expressions.emitAll(plan.arguments(), columns, scope);
        effective.block().at(plan.at(), "exchange");
        new SliceEmitter(parts, effective.block())
                .emit(plan.slicing(), columns, effective, (slice, firstEnd, inner) -> {
                    Block block = inner.block();
                    String row = "to" + parts.frame().names().number();
                    String hash = "hash" + parts.frame().names().number();
                    block.declare("final int", row, "out.rows()");
                    block.declare("final long", hash, HashEmitter.hash(keys));
                    BatchWriter writer = new BatchWriter("out", row);
                    if (plan.weighted()) {
                        writer.put(EmitEmitter.weight(parts, block), block);
                    }
                    keys.forEach(key -> writer.put(key, block));
                    arguments.forEach(argument -> writer.put(argument, block));
                    for (String number : List.of(slice, firstEnd, hash)) {
                        writer.put(Fragment.of(Type.BIGINT, number, Fragment.NEVER), block);
                    }
                    block.line("out.rows(" + row + " + 1);");
                    block.when("out.isFull()").line("flush();");
                    parts.mark("TAKEN", block);
                });
        EmitEmitter.finish(parts);
    }
}
