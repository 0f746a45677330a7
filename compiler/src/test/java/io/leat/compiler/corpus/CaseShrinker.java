package io.leat.compiler.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Leaves out lines of a failing case as long as it fails: rows, operators of a pipe, whole queries. */
final class CaseShrinker {
    private final Predicate<String> fails;

    CaseShrinker(Predicate<String> fails) {
        this.fails = fails;
    }

    String shrink(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (int size = Math.max(1, lines.size() / 4); size >= 1; size /= 2) {
                for (int from = lines.size() - size; from >= 0; from--) {
                    if (from + size <= lines.size() && without(lines, from, size)) {
                        smaller = true;
                    }
                }
            }
        }
        return String.join("\n", lines);
    }

    private boolean without(List<String> lines, int from, int size) {
        List<String> fewer = new ArrayList<>(lines);
        fewer.subList(from, from + size).clear();
        if (!fails.test(String.join("\n", fewer))) {
            return false;
        }
        lines.clear();
        lines.addAll(fewer);
        return true;
    }
}
