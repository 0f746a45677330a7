package io.leat.compiler.optimize;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Guesses how many rows some relations of a graph have when they are joined. Columns that are compared for equality, directly or by others,
 * take their values from the smallest relation with one of them: each value is in every one of them about as often as in all others.
 */
final class JoinSizes {
    /** What a row costs that comes out, in rows that look others up. */
    private static final double PER_PAIR = 1;
    /** What a row costs that is kept to be looked up. */
    private static final double PER_KEPT_ROW = 3;
    /** Where rows are not connected they are all compared with each other. */
    private static final double PER_COMPARISON = 2;

    private final JoinGraph graph;
    private final double[] rows;
    private final double[] before;
    /** For each class of columns that are equal the relations that have one. */
    private final List<Long> classes = new ArrayList<>();

    private final List<Double> values = new ArrayList<>();
    /** Relations from the largest to the smallest. */
    private final List<Integer> bySize;

    private final Map<Long, Double> known = new HashMap<>();

    JoinSizes(JoinGraph graph, RowEstimates estimates) {
        this.graph = graph;
        int count = graph.relations().size();
        this.rows = new double[count];
        this.before = new double[count];
        for (int i = 0; i < count; i++) {
            int relation = i;
            double share = graph.conditions().stream()
                    .filter(each -> each.relations() == 1L << relation)
                    .mapToDouble(each -> RowEstimates.share(each.test()))
                    .reduce(1, (a, b) -> a * b);
            rows[i] = Math.max(1, estimates.rows(graph.relations().get(i).plan()) * share);
            before[i] = estimates.rowsBeforeFilters(graph.relations().get(i).plan());
        }
        this.bySize = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble(each -> -before[each]))
                .toList();
        findClasses();
    }

    private void findClasses() {
        Map<Integer, Integer> parents = new HashMap<>();
        for (JoinGraph.Condition condition : graph.conditions()) {
            if (condition.isEqual()
                    && condition.test() instanceof Compare compare
                    && compare.left() instanceof Expr.Column left
                    && compare.right() instanceof Expr.Column right) {
                parents.put(root(parents, left.index()), root(parents, right.index()));
            }
        }
        Map<Integer, Long> sets = new HashMap<>();
        parents.keySet().forEach(column -> add(sets, parents, column));
        parents.values().forEach(column -> add(sets, parents, column));
        for (long set : sets.values()) {
            classes.add(set);
            values.add(IntStream.range(0, before.length)
                    .filter(each -> (set & 1L << each) != 0)
                    .mapToDouble(each -> before[each])
                    .min()
                    .orElse(1));
        }
    }

    private void add(Map<Integer, Long> sets, Map<Integer, Integer> parents, int column) {
        sets.merge(root(parents, column), 1L << graph.relationOf(column), (a, b) -> a | b);
    }

    private static int root(Map<Integer, Integer> parents, int column) {
        int at = column;
        while (parents.containsKey(at) && parents.get(at) != at) {
            at = parents.get(at);
        }
        return at;
    }

    /** About how many rows there are of all relations of a set, joined. */
    double rows(long set) {
        return known.computeIfAbsent(set, this::guess);
    }

    private double guess(long set) {
        double all = 1;
        long taken = 0;
        for (int relation : bySize) {
            if ((set & 1L << relation) == 0) {
                continue;
            }
            double pairs = 1;
            for (int i = 0; i < classes.size(); i++) {
                boolean meets = (classes.get(i) & 1L << relation) != 0 && (classes.get(i) & taken) != 0;
                pairs *= meets ? values.get(i) : 1;
            }
            // Several columns together have no more values than there are rows.
            all *= rows[relation] / Math.min(pairs, before[relation]);
            taken |= 1L << relation;
        }
        for (JoinGraph.Condition condition : graph.conditions()) {
            boolean ofSeveral = Long.bitCount(condition.relations()) > 1 && (condition.relations() & ~set) == 0;
            if (ofSeveral && !isOfColumns(condition)) {
                all *= RowEstimates.share(condition.test());
            }
        }
        return Math.max(1, all);
    }

    private static boolean isOfColumns(JoinGraph.Condition condition) {
        return condition.isEqual()
                && condition.test() instanceof Compare compare
                && compare.left() instanceof Expr.Column
                && compare.right() instanceof Expr.Column;
    }

    /** What it costs to join two sets, beside what it costs to have each. */
    double cost(long probing, long kept) {
        boolean connected = graph.conditions().stream().anyMatch(each -> each.connects(probing, kept));
        double compared = connected ? 0 : rows(probing) * rows(kept) * PER_COMPARISON;
        return rows(probing) + rows(kept) * PER_KEPT_ROW + rows(probing | kept) * PER_PAIR + compared;
    }

    /** What a shape costs in all. */
    double cost(JoinShape shape) {
        return shape instanceof JoinShape.Two two
                ? cost(two.rows())
                        + cost(two.table())
                        + cost(two.rows().set(), two.table().set())
                : 0;
    }
}
