package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A subquery in an expression.
 *
 * @param question what is asked of its rows
 * @param plan its rows, which may speak of those outside by {@link Expr.Outer}
 * @param expiry how long its rows stand after their event time, which is the last column then
 * @param level of the rows outside
 * @param sought what is looked for in it, over the rows outside; none if nothing is
 * @param operator how what is looked for is compared with values of its rows
 */
record Subquery(
        Question question,
        LogicalPlan plan,
        Optional<Expiry> expiry,
        int level,
        List<Expr> sought,
        Compare.Operator operator,
        Origin at) {
    Subquery {
        sought = List.copyOf(sought);
    }

    /** What a subquery stands for. */
    enum Question {
        /** The value of its only row; NULL if there is none. */
        VALUE,
        /** Whether it has rows. */
        EXISTS,
        /** Whether values are among its rows, or compare with one of them; NULL if that is not known. */
        IN
    }

    Type type() {
        return question == Question.VALUE ? plan.output().get(0).type() : Type.BOOLEAN;
    }

    String name() {
        return question == Question.VALUE ? plan.output().get(0).name() : "matched";
    }

    /** The columns outside that its plan speaks of, in order. */
    List<Expr.Outer> outside() {
        return outside(plan, level);
    }

    /** The columns outside that a plan speaks of, each once and in order. */
    static List<Expr.Outer> outside(LogicalPlan plan, int level) {
        TreeMap<Integer, Expr.Outer> columns = new TreeMap<>();
        collect(plan, level, columns);
        return List.copyOf(columns.values());
    }

    private static void collect(LogicalPlan plan, int level, Map<Integer, Expr.Outer> into) {
        Plans.expressions(plan).forEach(each -> collect(each, level, into));
        plan.inputs().forEach(input -> collect(input, level, into));
    }

    private static void collect(Expr expression, int level, Map<Integer, Expr.Outer> into) {
        if (expression instanceof Expr.Outer outer && outer.level() == level) {
            into.putIfAbsent(outer.index(), outer);
        }
        expression.children().forEach(child -> collect(child, level, into));
    }

    /** With other values to look for. */
    Subquery change(UnaryOperator<Expr> change) {
        List<Expr> changed = new ArrayList<>();
        sought.forEach(each -> changed.add(change.apply(each)));
        return new Subquery(question, plan, expiry, level, changed, operator, at);
    }

    boolean isCorrelated() {
        return Plans.speaksOf(plan, level);
    }
}
