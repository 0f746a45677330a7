package io.leat.runtime.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the workers of a phase count, each for itself, and the sums of that. Safe from any thread. */
final class PhaseCounts {
    private final Map<Integer, List<RowCounts>> sources = new HashMap<>();
    private final Map<Integer, List<RowCounts>> statements = new HashMap<>();

    /** New counts of a worker for a source. */
    RowCounts ofSource(int source) {
        return add(sources, source);
    }

    /** New counts of a worker for a statement. */
    RowCounts ofStatement(int statement) {
        return add(statements, statement);
    }

    private static RowCounts add(Map<Integer, List<RowCounts>> all, int key) {
        RowCounts counts = new RowCounts();
        synchronized (all) {
            all.computeIfAbsent(key, k -> new ArrayList<>()).add(counts);
        }
        return counts;
    }

    /** New counts for what was counted by source, and by statement, before the phase was stopped. */
    void restore(WholeJob.Counts before) {
        before.ofSources().forEach((source, counts) -> ofSource(source).addAll(counts));
        before.ofStatements()
                .forEach((statement, counts) -> ofStatement(statement).addAll(counts));
    }

    /** Counts by source, of all workers. */
    Map<Integer, RowCounts> bySource() {
        return sum(sources);
    }

    Map<Integer, RowCounts> byStatement() {
        return sum(statements);
    }

    private static Map<Integer, RowCounts> sum(Map<Integer, List<RowCounts>> counts) {
        Map<Integer, RowCounts> sums = new HashMap<>();
        synchronized (counts) {
            counts.forEach((key, each) -> {
                RowCounts sum = new RowCounts();
                each.forEach(sum::addAll);
                sums.put(key, sum);
            });
        }
        return sums;
    }
}
