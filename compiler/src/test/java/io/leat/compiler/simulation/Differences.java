package io.leat.compiler.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How tables differ, for people. */
final class Differences {
    private static final int MOST = 5;

    private Differences() {}

    static String of(Map<String, List<String>> expected, Map<String, List<String>> found) {
        StringBuilder text = new StringBuilder();
        expected.forEach((table, rows) -> {
            List<String> missing = without(rows, found.get(table));
            List<String> added = without(found.get(table), rows);
            if (!missing.isEmpty() || !added.isEmpty()) {
                text.append(table + " lacks " + missing.size() + " of " + rows.size() + " rows, such as "
                        + first(missing) + ", and has " + added.size() + " others, such as " + first(added) + "; ");
            }
        });
        return text.toString();
    }

    private static List<String> without(List<String> rows, List<String> others) {
        List<String> left = new ArrayList<>(rows);
        others.forEach(left::remove);
        return left;
    }

    private static List<String> first(List<String> rows) {
        return rows.subList(0, Math.min(MOST, rows.size()));
    }
}
