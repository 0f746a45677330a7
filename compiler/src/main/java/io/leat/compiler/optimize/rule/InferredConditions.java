package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Column;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What the sides of a join do not know of themselves yet, but of the rows that they meet.
 *
 * @param left conditions on the left side, over all columns of both
 * @param right conditions on the right side, over all columns of both
 */
record InferredConditions(List<Expr> left, List<Expr> right) {

    static InferredConditions of(LogicalPlan join, Expr condition) {
        LogicalPlan leftSide = join.inputs().get(0);
        int width = leftSide.output().size();
        Set<Expr> ofLeft = KnownConditions.of(leftSide);
        Set<Expr> ofRight = new LinkedHashSet<>();
        KnownConditions.of(join.inputs().get(1))
                .forEach(each -> ofRight.add(Exprs.move(each, column -> column + width)));
        Set<Expr> asked = new LinkedHashSet<>();
        KnownConditions.addConjuncts(condition, asked);
        // What the condition asks of one side is asked of its pairs: it tells of the other side, too.
        asked.stream().filter(each -> JoinConditions.isOfLeft(each, width)).forEach(ofLeft::add);
        asked.stream().filter(each -> JoinConditions.isOfRight(each, width)).forEach(ofRight::add);
        Set<Expr> all = new LinkedHashSet<>(ofLeft);
        all.addAll(ofRight);
        all.addAll(asked);
        List<Expr> columns = Plans.concat(
                Plans.columns(leftSide, join.at()), Plans.columns(join.inputs().get(1), join.at()));
        int[] classes = equalColumns(all, columns.size());
        return new InferredConditions(
                inferred(ofRight, ofLeft, columns, classes, column -> column < width),
                inferred(ofLeft, ofRight, columns, classes, column -> column >= width));
    }

    /** Per column the first one that it equals. */
    private static int[] equalColumns(Set<Expr> known, int columns) {
        int[] classes = new int[columns];
        Arrays.setAll(classes, column -> column);
        for (Expr each : known) {
            boolean equals = each instanceof Compare compare
                    && (compare.operator() == Compare.Operator.EQUAL
                            || compare.operator() == Compare.Operator.NOT_DISTINCT)
                    && compare.left() instanceof Column
                    && compare.right() instanceof Column;
            if (equals) {
                int one = classes[((Column) ((Compare) each).left()).index()];
                int other = classes[((Column) ((Compare) each).right()).index()];
                for (int column = 0; column < columns; column++) {
                    if (classes[column] == Math.max(one, other)) {
                        classes[column] = Math.min(one, other);
                    }
                }
            }
        }
        return classes;
    }

    /** What holds for the rows of one side, said of the columns of the other one that equal those it speaks of. */
    private static List<Expr> inferred(
            Set<Expr> known, Set<Expr> already, List<Expr> columns, int[] classes, IntPredicate ofOther) {
        List<Expr> inferred = new ArrayList<>();
        for (Expr each : known) {
            if (EqualValues.areAlike(each)) {
                Optional<Expr> moved = moved(each, columns, classes, ofOther);
                // That a column equals itself is said by the join.
                boolean isNew = moved.isPresent() && !already.contains(moved.get());
                if (isNew
                        && Exprs.columns(moved.get()).size()
                                == Exprs.columns(each).size()) {
                    inferred.add(moved.get());
                }
            }
        }
        return inferred;
    }

    private static Optional<Expr> moved(Expr expression, List<Expr> columns, int[] classes, IntPredicate ofOther) {
        Map<Integer, Integer> to = new HashMap<>();
        for (int column : Exprs.columns(expression)) {
            OptionalInt equal = IntStream.range(0, classes.length)
                    .filter(ofOther)
                    .filter(other -> classes[other] == classes[column])
                    .filter(other ->
                            columns.get(other).type().equals(columns.get(column).type()))
                    .findFirst();
            if (equal.isEmpty()) {
                return Optional.empty();
            }
            to.put(column, equal.getAsInt());
        }
        return Optional.of(Exprs.rewrite(
                expression,
                each -> each instanceof Column column
                        ? new Column(
                                to.get(column.index()),
                                name(columns, to.get(column.index())),
                                column.type(),
                                true,
                                column.at())
                        : each));
    }

    private static String name(List<Expr> columns, int column) {
        return ((Column) columns.get(column)).name();
    }
}
