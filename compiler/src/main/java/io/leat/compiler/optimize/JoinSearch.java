package io.leat.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Looks for the shape in which relations of a graph are joined at the least cost. */
final class JoinSearch {
    /** So many relations are tried in every shape; of more, the two that are cheapest to join are joined, again and again. */
    private static final int MAX_TRIED = 9;

    private final JoinGraph graph;
    private final JoinSizes sizes;
    private final IntPredicate mayProbe;
    private final int fixedProbe;

    /** A shape and its cost. */
    private record Priced(JoinShape shape, double cost) {}

    /** The relations of two parts. */
    private record Pair(long rows, long table) {}

    /**
     * @param mayProbe which relations may look others up
     * @param fixedProbe the relation that has to look up all others; -1 if any may
     */
    JoinSearch(JoinGraph graph, JoinSizes sizes, IntPredicate mayProbe, int fixedProbe) {
        this.graph = graph;
        this.sizes = sizes;
        this.mayProbe = mayProbe;
        this.fixedProbe = fixedProbe;
    }

    /** The cheapest shape that is found; empty if there is none. */
    Optional<JoinShape> best() {
        int count = graph.relations().size();
        Optional<Priced> found = count <= MAX_TRIED ? allShapes(count) : onePairAfterAnother(count);
        return found.map(Priced::shape);
    }

    private Optional<Priced> allShapes(int count) {
        Map<Long, Priced> best = new HashMap<>();
        for (int i = 0; i < count; i++) {
            best.put(1L << i, new Priced(new JoinShape.One(i), 0));
        }
        long all = (1L << count) - 1;
        // A set comes behind all of its parts.
        for (long set = 1; set <= all; set++) {
            for (long part = (set - 1) & set; part > 0; part = (part - 1) & set) {
                Priced rows = best.get(part);
                Priced table = best.get(set & ~part);
                if (rows != null && table != null) {
                    keep(best, set, joined(rows, table));
                }
            }
        }
        return Optional.ofNullable(best.get(all));
    }

    private static void keep(Map<Long, Priced> best, long set, Optional<Priced> found) {
        if (found.isPresent()
                && (!best.containsKey(set) || found.get().cost() < best.get(set).cost())) {
            best.put(set, found.get());
        }
    }

    private Optional<Priced> joined(Priced rows, Priced table) {
        boolean hasProbe = fixedProbe < 0
                || (table.shape().set() & 1L << fixedProbe) == 0
                        && (!has(rows, fixedProbe) || rows.shape().probe() == fixedProbe);
        int probe = rows.shape().probe();
        if (!hasProbe || probe != fixedProbe && !mayProbe.test(probe)) {
            return Optional.empty();
        }
        double cost = rows.cost()
                + table.cost()
                + sizes.cost(rows.shape().set(), table.shape().set());
        return Optional.of(new Priced(new JoinShape.Two(rows.shape(), table.shape()), cost));
    }

    private Optional<Priced> joined(Priced rows, Priced table, Map<Pair, Optional<Priced>> known) {
        return known.computeIfAbsent(new Pair(rows.shape().set(), table.shape().set()), pair -> joined(rows, table));
    }

    private static boolean has(Priced part, int relation) {
        return (part.shape().set() & 1L << relation) != 0;
    }

    private Optional<Priced> onePairAfterAnother(int count) {
        List<Priced> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(new Priced(new JoinShape.One(i), 0));
        }
        // Most pairs are there again when another one has been joined.
        Map<Pair, Optional<Priced>> known = new HashMap<>();
        while (parts.size() > 1) {
            Priced cheapest = null;
            Priced ofRows = null;
            Priced ofTable = null;
            for (Priced rows : parts) {
                for (Priced table : parts) {
                    Optional<Priced> pair = rows == table ? Optional.empty() : joined(rows, table, known);
                    if (pair.isPresent()
                            && (cheapest == null
                                    || added(pair.get(), rows, table) < added(cheapest, ofRows, ofTable))) {
                        cheapest = pair.get();
                        ofRows = rows;
                        ofTable = table;
                    }
                }
            }
            if (cheapest == null) {
                return Optional.empty();
            }
            parts.remove(ofRows);
            parts.remove(ofTable);
            parts.add(cheapest);
        }
        return Optional.of(parts.get(0));
    }

    private static double added(Priced pair, Priced rows, Priced table) {
        return pair.cost() - rows.cost() - table.cost();
    }
}
