package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.runtime.job.NodeSpec.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How rows get to the workers that keep what belongs to them. Rows that are spread by some of the columns that an operator keeps them by
 * stay where they are: all that agree in the key are on one worker already. By which columns does not depend on how many workers there
 * are: what is kept names its virtual partition, and moves with it.
 *
 * @param distribution of all edges
 * @param by the columns whose hash finds the worker; the keys, unless rows stay where others put them
 */
record Spreading(Distribution distribution, List<Integer> by) {
    Spreading {
        by = List.copyOf(by);
    }

    /**
     * @param keys columns of the rows, in the order in which they are hashed
     */
    static Spreading by(List<Integer> keys, List<Path> paths, Operators operators) {
        return by(keys, keys, paths, operators);
    }

    /**
     * @param known columns whose values all rows of a key have in common, the keys among them
     */
    static Spreading by(List<Integer> keys, List<Integer> known, List<Path> paths, Operators operators) {
        if (paths.stream().noneMatch(Path::parallel)) {
            return new Spreading(Distribution.LOCAL, keys);
        }
        if (keys.isEmpty()) {
            return new Spreading(operators.isParallel() ? Distribution.GATHER : Distribution.LOCAL, keys);
        }
        Optional<List<Integer>> placed = placed(paths, known::containsAll, operators);
        return placed.map(columns -> new Spreading(Distribution.LOCAL, columns))
                .orElse(new Spreading(operators.isParallel() ? Distribution.BY_KEY : Distribution.LOCAL, keys));
    }

    /**
     * Which of the keys of a join, by rank, rows of both sides are spread by: those that one side is spread by already, or all.
     *
     * @param keys of one side, and its rows
     */
    static Optional<List<Integer>> ranks(List<Expr> keys, List<Path> paths, Operators operators) {
        return placed(paths, columns -> !among(keys, columns).contains(-1), operators)
                .map(columns -> among(keys, columns));
    }

    /** Columns that all rows are spread by already, of those that will do. */
    private static Optional<List<Integer>> placed(
            List<Path> paths, Predicate<List<Integer>> suits, Operators operators) {
        return paths.get(0).placed().stream()
                .filter(suits)
                .filter(columns -> paths.stream().allMatch(path -> path.placed().contains(columns)))
                .findFirst()
                .filter(columns -> operators.isParallel()
                        ? operators.shapes().choose(Shape.REMOVE_EXCHANGES)
                        : operators.shapes().allows(Shape.REMOVE_EXCHANGES));
    }

    private static List<Integer> among(List<Expr> keys, List<Integer> columns) {
        List<Integer> ranks = new ArrayList<>();
        for (int column : columns) {
            int rank = 0;
            while (rank < keys.size() && !(keys.get(rank) instanceof Expr.Column key && key.index() == column)) {
                rank++;
            }
            ranks.add(rank < keys.size() ? rank : -1);
        }
        return ranks;
    }

    /** How the rows of one side of a join get to those of the other side, where both are spread by these keys. */
    static Distribution ofSide(List<Expr> by, List<Path> paths, Operators operators) {
        boolean placed = columns(by)
                .flatMap(columns -> placed(paths, columns::equals, operators))
                .isPresent();
        return placed ? Distribution.LOCAL : Distribution.BY_KEY;
    }

    /** The columns that keys are, if all of them are columns. */
    static Optional<List<Integer>> columns(List<Expr> keys) {
        List<Integer> columns = new ArrayList<>();
        for (Expr key : keys) {
            if (!(key instanceof Expr.Column column)) {
                return Optional.empty();
            }
            columns.add(column.index());
        }
        return Optional.of(columns);
    }

    /** Whether rows go to another worker. */
    boolean moves() {
        return distribution != Distribution.LOCAL;
    }

    /** Whether what is made of the rows is on several workers. */
    static boolean isSpread(List<Integer> keys, List<Path> paths) {
        return paths.stream().anyMatch(Path::parallel) && !keys.isEmpty();
    }
}
