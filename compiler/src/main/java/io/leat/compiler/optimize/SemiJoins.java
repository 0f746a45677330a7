package io.leat.compiler.optimize;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.LogicalPlan.Project;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/**
 * Asks of one of several relations, before they are joined, what is asked of it when they are: whether it has a partner in another one.
 *
 * <pre>
 *   semi join on b = c          inner join on a = b
 *     inner join on a = b         as
 *       as                  =&gt;   semi join on b = c
 *       bs                          bs
 *     cs                            cs
 * </pre>
 */
final class SemiJoins {
    private final Join test;
    private final int width;
    private final Predicate<LogicalPlan> isWorthwhile;

    private SemiJoins(Join test, Predicate<LogicalPlan> isWorthwhile) {
        this.test = test;
        this.width = test.left().output().size();
        this.isWorthwhile = isWorthwhile;
    }

    /**
     * The same rows; empty if the plan is no such test, or it speaks of several relations.
     *
     * @param isWorthwhile whether it is better asked of the rows of this relation
     */
    static Optional<LogicalPlan> pushed(LogicalPlan plan, Predicate<LogicalPlan> isWorthwhile) {
        boolean isTest = plan instanceof Join join
                && join.kind() == Join.Kind.SEMI
                && !Exprs.canFail(join.condition())
                && Exprs.isDeterministic(join.condition())
                && JoinGraph.of(join.left()).isPresent();
        return isTest ? new SemiJoins((Join) plan, isWorthwhile).below() : Optional.empty();
    }

    private Optional<LogicalPlan> below() {
        List<Integer> asked = Exprs.columns(test.condition()).stream()
                .filter(column -> column < width)
                .toList();
        return asked.isEmpty() ? Optional.empty() : into(test.left(), asked, IntUnaryOperator.identity());
    }

    /**
     * @param asked columns of the test's left side
     * @param there where these are in the rows
     */
    private Optional<LogicalPlan> into(LogicalPlan rows, List<Integer> asked, IntUnaryOperator there) {
        if (rows instanceof Filter filter) {
            return into(filter.input(), asked, there).map(input -> filter.withInputs(List.of(input)));
        }
        if (rows instanceof Project project && isOfColumns(project, asked, there)) {
            IntUnaryOperator below =
                    column -> ((Expr.Column) project.expressions().get(there.applyAsInt(column))).index();
            return into(project.input(), asked, below).map(input -> project.withInputs(List.of(input)));
        }
        if (JoinGraph.isJoin(rows)) {
            Join join = (Join) rows;
            int left = join.left().output().size();
            if (asked.stream().allMatch(column -> there.applyAsInt(column) < left)) {
                return into(join.left(), asked, there).map(input -> join.withInputs(List.of(input, join.right())));
            }
            if (asked.stream().allMatch(column -> there.applyAsInt(column) >= left)) {
                return into(join.right(), asked, column -> there.applyAsInt(column) - left)
                        .map(input -> join.withInputs(List.of(join.left(), input)));
            }
            return Optional.empty();
        }
        return isWorthwhile.test(rows) ? Optional.of(asked(rows, there)) : Optional.empty();
    }

    private static boolean isOfColumns(Project project, List<Integer> asked, IntUnaryOperator there) {
        return asked.stream()
                .allMatch(column -> project.expressions().get(there.applyAsInt(column)) instanceof Expr.Column);
    }

    private LogicalPlan asked(LogicalPlan rows, IntUnaryOperator there) {
        int newWidth = rows.output().size();
        Expr condition = Exprs.move(
                test.condition(), column -> column < width ? there.applyAsInt(column) : newWidth + column - width);
        return new Join(Join.Kind.SEMI, rows, test.right(), condition, test.at());
    }
}
