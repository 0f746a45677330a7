package io.leat.compiler.logictest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of queries: how many, and of those that went wrong the first ones in full. */
final class LogicTally {
    private static final int MOST_SHOWN = 20;

    private final Map<String, Integer> demanded = new TreeMap<>();
    private final Map<String, Integer> refused = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private int right;
    private int failed;

    void right() {
        right++;
    }

    /** A query that SQL gives no answer to. */
    void demanded(String reason) {
        demanded.merge(reason, 1, Integer::sum);
    }

    /** A query that Leat does not take. */
    void refused(String reason) {
        refused.merge(reason, 1, Integer::sum);
    }

    /** A statement that is not carried out, and the rest of its file with it. */
    void leftOut(String statement) {
        leftOut.add(statement);
    }

    /** A wrong answer, or none. */
    void failed(String what) {
        failed++;
        if (failures.size() < MOST_SHOWN) {
            failures.add(what);
        }
    }

    int asked() {
        return right + failed + count(demanded) + count(refused);
    }

    int refusals() {
        return count(refused);
    }

    private static int count(Map<String, Integer> reasons) {
        return reasons.values().stream().mapToInt(Integer::intValue).sum();
    }

    List<String> failures() {
        return failures;
    }

    /** All counts, a line each. */
    String summary() {
        List<String> lines = new ArrayList<>();
        lines.add(asked() + " queries: " + right + " right, " + failed + " wrong");
        demanded.forEach((reason, count) -> lines.add("  " + count + " that SQL refuses: " + reason));
        refused.forEach((reason, count) -> lines.add("  " + count + " refused: " + reason));
        leftOut.forEach(statement -> lines.add("  not carried out, nor what follows it: " + statement));
        return String.join("\n", lines);
    }
}
