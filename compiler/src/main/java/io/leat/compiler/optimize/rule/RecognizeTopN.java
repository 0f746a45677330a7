package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Column;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Unsettled;
import io.leat.compiler.logical.WindowCall.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps no more rows of a partition than a condition on their place lets through.
 *
 * <pre>
 * filter place &lt;= n AND c        filter c
 *   over ROW_NUMBER as place =>     top n by ROW_NUMBER
 *     x                               x
 * </pre>
 */
public final class RecognizeTopN implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter filter
                && filter.input() instanceof Over over
                && over.calls().size() == 1
                && over.calls().get(0) instanceof Ranking ranking
                && !ranking.function().isShare())) {
            return Optional.empty();
        }
        int place = over.input().output().size();
        long limit = Long.MAX_VALUE;
        List<Expr> rest = new ArrayList<>();
        for (Expr conjunct : Exprs.conjuncts(filter.condition())) {
            OptionalLong last = last(conjunct, place);
            if (last.isEmpty()) {
                rest.add(conjunct);
            } else {
                limit = Math.min(limit, last.getAsLong());
            }
        }
        // What may fail must not be asked of fewer rows than before.
        if (limit == Long.MAX_VALUE || limit < 1 || rest.stream().anyMatch(each -> Unsettled.mayFail(over, each))) {
            return Optional.empty();
        }
        LogicalPlan top = new TopN(
                over.input(),
                over.partition(),
                over.order(),
                over.ties(),
                ranking.function(),
                limit,
                Optional.of(ranking.name()),
                over.at());
        return Optional.of(rest.isEmpty() ? top : new Filter(top, Exprs.and(rest), filter.at()));
    }

    /** The last place that a condition lets through, if it lets all places before it through, too. */
    private static OptionalLong last(Expr condition, int place) {
        if (!(condition instanceof Compare compare)) {
            return OptionalLong.empty();
        }
        boolean turned = isPlace(compare.right(), place);
        Expr bound = turned ? compare.left() : compare.right();
        boolean isBound = isPlace(turned ? compare.right() : compare.left(), place)
                && bound instanceof Literal literal
                && literal.value() instanceof Long;
        if (!isBound) {
            return OptionalLong.empty();
        }
        long number = (Long) ((Literal) bound).value();
        return switch (compare.operator()) {
            case LESS_OR_EQUAL -> turned ? OptionalLong.empty() : OptionalLong.of(number);
            case LESS -> turned ? OptionalLong.empty() : OptionalLong.of(number - 1);
            case GREATER_OR_EQUAL -> turned ? OptionalLong.of(number) : OptionalLong.empty();
            case GREATER -> turned ? OptionalLong.of(number - 1) : OptionalLong.empty();
            case EQUAL -> number == 1 ? OptionalLong.of(1) : OptionalLong.empty();
            default -> OptionalLong.empty();
        };
    }

    private static boolean isPlace(Expr expression, int place) {
        return expression instanceof Column column && column.index() == place;
    }
}
