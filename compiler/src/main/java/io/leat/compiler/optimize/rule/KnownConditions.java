package io.leat.compiler.optimize.rule;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Filter;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.LogicalPlan.Project;
import io.leat.compiler.logical.LogicalPlan.Union;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Repeat;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Unnest;
import io.leat.runtime.job.JoinKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Conditions that are TRUE for every row of a plan, because nodes below leave out all others. Their columns count as nullable, so that
 * conditions are the same wherever they were found.
 */
final class KnownConditions {
    private KnownConditions() {}

    /** What is known of the rows of a plan: conditions that cannot fail and that are the same for the same row, always. */
    static Set<Expr> of(LogicalPlan plan) {
        Set<Expr> known = new LinkedHashSet<>();
        if (plan instanceof Filter filter) {
            addConjuncts(filter.condition(), known);
            known.addAll(of(filter.input()));
        } else if (plan instanceof Admission admission) {
            addConjuncts(admission.condition(), known);
            known.addAll(of(admission.input()));
        } else if (plan instanceof Project project) {
            of(project.input()).forEach(each -> computed(each, project).ifPresent(known::add));
        } else if (plan instanceof LogicalPlan.Aggregate aggregate) {
            for (Expr each : of(aggregate.input())) {
                if (aggregate.keys().containsAll(Exprs.columns(each))) {
                    known.add(Exprs.move(each, aggregate.keys()::indexOf));
                }
            }
        } else if (plan instanceof Union union) {
            known.addAll(of(union.inputs().get(0)));
            union.inputs().forEach(input -> known.retainAll(of(input)));
        } else if (plan instanceof Join join) {
            boolean pairs = join.kind() == Join.Kind.INNER;
            addJoined(join, join.condition(), pairs, pairs || join.kind() == Join.Kind.SEMI, known);
        } else if (plan instanceof StreamJoin join) {
            boolean pairs = join.kind() == JoinKind.INNER;
            if (join.kind() != JoinKind.FULL) {
                addJoined(join, join.condition(), pairs, pairs || join.kind() == JoinKind.SEMI, known);
            }
        } else if (passes(plan)) {
            known.addAll(of(plan.inputs().get(0)));
        }
        return known;
    }

    /** Whether columns of the input stand in front, in rows that are all of the input. */
    private static boolean passes(LogicalPlan plan) {
        return plan instanceof LogicalPlan.Window
                || plan instanceof LogicalPlan.Sort
                || plan instanceof LogicalPlan.Limit
                || plan instanceof Repeat
                || plan instanceof Unnest
                || plan instanceof Sessions
                || plan instanceof Over
                || plan instanceof TopN;
    }

    /**
     * @param pairs whether every row is a pair for which the condition holds
     * @param partnered whether every row of the left side has a partner for which the condition holds
     */
    private static void addJoined(LogicalPlan join, Expr condition, boolean pairs, boolean partnered, Set<Expr> known) {
        int width = join.inputs().get(0).output().size();
        known.addAll(of(join.inputs().get(0)));
        if (pairs) {
            of(join.inputs().get(1)).forEach(each -> known.add(Exprs.move(each, column -> column + width)));
        }
        Set<Expr> asked = new LinkedHashSet<>();
        addConjuncts(condition, asked);
        asked.stream()
                .filter(each -> pairs || partnered && JoinConditions.isOfLeft(each, width))
                .forEach(known::add);
    }

    static void addConjuncts(Expr condition, Set<Expr> known) {
        for (Expr conjunct : Exprs.conjuncts(condition)) {
            boolean tells = !Exprs.columns(conjunct).isEmpty();
            if (tells && Exprs.isDeterministic(conjunct) && !Exprs.canFail(conjunct)) {
                known.add(normal(conjunct));
            }
        }
    }

    private static Expr normal(Expr condition) {
        return Exprs.rewrite(
                condition,
                each -> each instanceof Expr.Column column
                        ? new Expr.Column(column.index(), column.name(), column.type(), true, column.at())
                        : each);
    }

    /** A condition on what a projection reads as one on what it computes, if it speaks of nothing else. */
    private static Optional<Expr> computed(Expr condition, Project project) {
        List<Expr> expressions =
                project.expressions().stream().map(KnownConditions::normal).toList();
        return computed(condition, expressions, project.names());
    }

    private static Optional<Expr> computed(Expr expression, List<Expr> expressions, List<String> names) {
        int column = expressions.indexOf(expression);
        if (column >= 0 && !(expression instanceof Expr.Literal)) {
            return Optional.of(new Expr.Column(column, names.get(column), expression.type(), true, expression.at()));
        }
        if (expression instanceof Expr.Column) {
            return Optional.empty();
        }
        List<Expr> children = new ArrayList<>();
        for (Expr child : expression.children()) {
            Optional<Expr> found = computed(child, expressions, names);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            children.add(found.get());
        }
        return Optional.of(children.isEmpty() ? expression : expression.withChildren(children));
    }
}
