package io.leat.compiler.codegen;

import io.leat.compiler.expr.Expr.Item;
import io.leat.runtime.kernel.OrderedBytes;

/** Writes values as bytes in their order, behind what a result holds. */
final class OrderedBytesEmitter {
    private final ClassFrame frame;
    private final Code.Block block;

    OrderedBytesEmitter(ClassFrame frame, Code.Block block) {
        this.frame = frame;
        this.block = block;
    }

    /** A value, NULLs behind all others. */
    void put(Fragment value, String result) {
        put(value, OrderedBytes.HIGH, block, result);
    }

    /** A value to order by. */
    void put(Fragment value, Item.Key key, String result) {
        int mark = key.nullsFirst() ? OrderedBytes.LOW : OrderedBytes.HIGH;
        if (!key.descending() || value.alwaysNull()) {
            put(value, mark, block, result);
            return;
        }
        String start = "bytes" + frame.names().number();
        block.declare("final int", start, result + ".length()");
        put(value, mark, block, result);
        block.line("OrderedBytes.invert(" + result + ", " + start + ");");
    }

    private static void put(Fragment value, int mark, Code.Block block, String result) {
        String putNull = "OrderedBytes.putNull(" + result + ", " + mark + ");";
        if (value.alwaysNull()) {
            block.line(putNull);
            return;
        }
        String put = "OrderedBytes.put(" + result + ", " + value.arguments() + ");";
        if (value.neverNull()) {
            block.line(put);
            return;
        }
        Code.Branch branch = block.choose(value.isNull());
        branch.body().line(putNull);
        branch.otherwise().line(put);
    }
}
