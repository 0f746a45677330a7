package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import java.util.HashMap;
import java.util.Map;

/** A block of generated code with the values that are computed when it runs. Values of the blocks around it are known, too. */
final class Scope {
    private final Scope outer;
    private final Block block;
    private final Map<Object, Fragment> known = new HashMap<>();

    Scope(Block block) {
        this(null, block);
    }

    private Scope(Scope outer, Block block) {
        this.outer = outer;
        this.block = block;
    }

    /** The scope of a block inside this one. */
    Scope inside(Block inner) {
        return new Scope(this, inner);
    }

    Block block() {
        return block;
    }

    /** The value that was computed under this key, or null. */
    Fragment find(Object key) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Fragment found = scope.known.get(key);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    void remember(Object key, Fragment value) {
        known.put(key, value);
    }
}
