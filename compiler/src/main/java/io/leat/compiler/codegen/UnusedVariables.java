package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import io.leat.compiler.codegen.Code.Declare;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out declarations that nobody uses. Columns are loaded whole where they are first named, and sometimes only their NULL flag is
 * asked for. What may fail or has an effect stays, whether it is used or not.
 */
final class UnusedVariables {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
    private static final Pattern CALLED = Pattern.compile("(\\w+)\\(");
    /** Methods that only read. */
    private static final Set<String> READERS = Set.of(
            "getByte",
            "getShort",
            "getInt",
            "getLong",
            "getFloat",
            "getDouble",
            "isSet",
            "hasNulls",
            "validity",
            "data",
            "offsets",
            "arena",
            "address");

    private final Set<String> used = new HashSet<>();

    private UnusedVariables() {}

    /** Takes them out of code that uses no variables of other code. */
    static void remove(List<Block> code) {
        boolean removed = true;
        while (removed) {
            UnusedVariables words = new UnusedVariables();
            code.forEach(words::collect);
            removed = false;
            for (Block block : code) {
                removed |= words.removeFrom(block);
            }
        }
    }

    private void collect(Block block) {
        for (Code code : block.statements()) {
            if (code instanceof Code.Line line) {
                collect(line.text());
            } else if (code instanceof Declare declare) {
                collect(declare.value());
            } else if (code instanceof Code.Branch branch) {
                collect(branch.condition());
                collect(branch.body());
                collect(branch.otherwise());
            } else if (code instanceof Code.Attempt attempt) {
                collect(attempt.body());
            } else if (code instanceof Code.Loop loop) {
                collect(loop.declared().value());
                collect(loop.condition());
                collect(loop.step());
                collect(loop.body());
            }
        }
    }

    private void collect(String text) {
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            used.add(words.group());
        }
    }

    private boolean removeFrom(Block block) {
        boolean removed = block.statements()
                .removeIf(code -> code instanceof Declare declare
                        && !used.contains(declare.name())
                        && onlyReads(declare.value()));
        for (Code code : block.statements()) {
            if (code instanceof Code.Branch branch) {
                removed |= removeFrom(branch.body());
                removed |= removeFrom(branch.otherwise());
            } else if (code instanceof Code.Attempt attempt) {
                removed |= removeFrom(attempt.body());
            } else if (code instanceof Code.Loop loop) {
                removed |= removeFrom(loop.body());
            }
        }
        return removed;
    }

    private static boolean onlyReads(String value) {
        Matcher called = CALLED.matcher(value);
        while (called.find()) {
            if (!READERS.contains(called.group(1))) {
                return false;
            }
        }
        return true;
    }
}
