package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.grammar.source.Origin;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * By what rows are grouped, once or several times. Several groupings are a union of groups, in which a key that a grouping leaves out is
 * NULL; the number of the grouping stands behind what groups have.
 *
 * @param keys each one once, over the rows
 * @param sets for each grouping, which of them are its keys
 */
record Groupings(List<Expr> keys, List<Set<Integer>> sets) {
    Groupings {
        keys = List.copyOf(keys);
        sets = List.copyOf(sets);
    }

    /** Whether rows are grouped once, by all keys. */
    boolean isOne() {
        return sets.size() == 1;
    }

    /** Whether a key may be NULL because a grouping leaves it out. */
    boolean isLeftOut(int key) {
        return sets.stream().anyMatch(set -> !set.contains(key));
    }

    /**
     * The plan of all groups: the keys, what else groups have, and the number of the grouping.
     *
     * @param ofKeys the plan of the groups by some of the keys: these, and what else they have
     */
    LogicalPlan plan(Function<List<Expr>, LogicalPlan> ofKeys, Origin at) {
        List<LogicalPlan> groups = new ArrayList<>();
        for (int number = 0; number < sets.size(); number++) {
            List<Integer> by = List.copyOf(new TreeSet<>(sets.get(number)));
            LogicalPlan plan = ofKeys.apply(by.stream().map(keys::get).toList());
            List<Expr> columns = Plans.columns(plan, at);
            List<String> planNames = Plans.names(plan);
            List<Expr> expressions = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int key = 0; key < keys.size(); key++) {
                int column = by.indexOf(key);
                expressions.add(
                        column >= 0
                                ? columns.get(column)
                                : Expr.Literal.ofNull(keys.get(key).type(), at));
                names.add(keys.get(key) instanceof Expr.Column named ? named.name() : "key" + (key + 1));
            }
            expressions.addAll(columns.subList(by.size(), columns.size()));
            names.addAll(planNames.subList(by.size(), columns.size()));
            expressions.add(new Expr.Literal((long) number, Type.BIGINT, at));
            names.add("$grouping");
            groups.add(new LogicalPlan.Project(plan, expressions, names, at));
        }
        return new LogicalPlan.Union(groups, at);
    }

    /** {@code GROUPING(a, b)}: a bit per key, the last one the lowest, which is set if the grouping leaves the key out. */
    Expr leftOut(List<Integer> asked, Expr number, Origin at) {
        List<Expr.Case.Branch> branches = new ArrayList<>();
        for (int set = 0; set < sets.size(); set++) {
            Expr is = new Expr.Compare(
                    Expr.Compare.Operator.EQUAL, number, new Expr.Literal((long) set, Type.BIGINT, at), at);
            branches.add(new Expr.Case.Branch(is, new Expr.Literal(bits(asked, sets.get(set)), Type.BIGINT, at)));
        }
        Expr last = branches.remove(branches.size() - 1).result();
        return branches.isEmpty() ? last : new Expr.Case(branches, last, Type.BIGINT, at);
    }

    private static long bits(List<Integer> asked, Set<Integer> set) {
        long bits = 0;
        for (int key : asked) {
            bits = bits << 1 | (set.contains(key) ? 0 : 1);
        }
        return bits;
    }
}
