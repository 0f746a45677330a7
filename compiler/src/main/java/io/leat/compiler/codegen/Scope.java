package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** A block of generated code with the values that are computed when it runs. Values of the blocks around it are known, too. */
final class Scope {
    private final Scope outer;
    private final Block block;
    private final Map<Object, Fragment> known = new HashMap<>();
    /** NULL flags that are false wherever this block runs. */
    private final Set<String> unset = new HashSet<>();
    /** The scopes of blocks inside; a block that goes on later still has its values. */
    private final Map<Block, Scope> inner = new IdentityHashMap<>();

    Scope(Block block) {
        this(null, block);
    }

    private Scope(Scope outer, Block block) {
        this.outer = outer;
        this.block = block;
    }

    /** The scope of a block inside this one. */
    Scope inside(Block innerBlock) {
        return inner.computeIfAbsent(innerBlock, each -> new Scope(this, each));
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

    /** Notes that this block runs only if a NULL flag is false. */
    void assume(String flag) {
        unset.add(flag);
    }

    /** The value without its NULL flag if that is known to be false here, so that it is not asked again. */
    Fragment settled(Fragment value) {
        for (Scope scope = this; scope != null && !value.neverNull(); scope = scope.outer) {
            if (scope.unset.contains(value.isNull())) {
                return value.withNull(Fragment.NEVER);
            }
        }
        return value;
    }
}
