package io.leat.compiler.oracle;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.ClockFilter;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Repeat;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Unnest;
import io.leat.runtime.job.JoinKind;
import java.util.BitSet;
import java.util.List;

/** Which columns of its inputs a node asks for, given which columns are asked of it. */
final class Needs implements LogicalPlan.Visitor<List<BitSet>> {
    private final BitSet needed;

    private Needs(BitSet needed) {
        this.needed = needed;
    }

    static List<BitSet> ofInputs(LogicalPlan plan, BitSet needed) {
        return plan.accept(new Needs(needed));
    }

    static BitSet all(LogicalPlan plan) {
        BitSet all = new BitSet();
        all.set(0, plan.output().size());
        return all;
    }

    static void add(Expr expression, BitSet into) {
        if (expression instanceof Expr.Column column) {
            into.set(column.index());
        }
        expression.children().forEach(child -> add(child, into));
    }

    private BitSet and(Expr expression) {
        BitSet both = (BitSet) needed.clone();
        add(expression, both);
        return both;
    }

    @Override
    public List<BitSet> scan(LogicalPlan.Scan plan) {
        return List.of();
    }

    @Override
    public List<BitSet> values(LogicalPlan.Values plan) {
        return List.of();
    }

    @Override
    public List<BitSet> filter(LogicalPlan.Filter plan) {
        return List.of(and(plan.condition()));
    }

    @Override
    public List<BitSet> clockFilter(ClockFilter plan) {
        BitSet columns = (BitSet) needed.clone();
        Plans.expressions(plan).forEach(each -> add(each, columns));
        return List.of(columns);
    }

    @Override
    public List<BitSet> admission(Admission plan) {
        return List.of(and(plan.condition()));
    }

    @Override
    public List<BitSet> project(LogicalPlan.Project plan) {
        BitSet columns = new BitSet();
        needed.stream().forEach(column -> add(plan.expressions().get(column), columns));
        return List.of(columns);
    }

    @Override
    public List<BitSet> join(LogicalPlan.Join plan) {
        int width = plan.left().output().size();
        boolean marks = plan.kind() == LogicalPlan.Join.Kind.MARK;
        BitSet both = marks ? needed.get(0, width) : (BitSet) needed.clone();
        add(plan.condition(), both);
        return List.of(both.get(0, width), both.get(width, Math.max(width, both.length())));
    }

    @Override
    public List<BitSet> streamJoin(StreamJoin plan) {
        int width = plan.left().output().size();
        BitSet both = plan.kind() == JoinKind.MARK ? needed.get(0, width) : (BitSet) needed.clone();
        add(plan.condition(), both);
        if (plan.time() instanceof JoinTime.Interval interval) {
            both.set(interval.left().column());
            both.set(width + interval.right().column());
        }
        if (plan.time() instanceof JoinTime.AsOf asOf) {
            both.set(asOf.left().column());
            both.set(width + asOf.right().column());
            asOf.ties().forEach(column -> both.set(width + column));
            if (asOf.gone() >= 0) {
                both.set(width + asOf.gone());
            }
            plan.left().traits().eventTime().ifPresent(both::set);
        }
        if (plan.time() instanceof JoinTime.Lookup lookup) {
            lookup.left().forEach(both::set);
            lookup.right().forEach(column -> both.set(width + column));
        }
        return List.of(both.get(0, width), both.get(width, Math.max(width, both.length())));
    }

    @Override
    public List<BitSet> sessions(Sessions plan) {
        BitSet columns = needed.get(0, plan.input().output().size());
        columns.set(plan.timeColumn());
        plan.keys().forEach(columns::set);
        return List.of(columns);
    }

    @Override
    public List<BitSet> window(LogicalPlan.Window plan) {
        BitSet columns = needed.get(0, plan.input().output().size());
        columns.set(plan.timeColumn());
        return List.of(columns);
    }

    @Override
    public List<BitSet> aggregate(LogicalPlan.Aggregate plan) {
        BitSet columns = new BitSet();
        plan.keys().forEach(columns::set);
        for (int i = 0; i < plan.calls().size(); i++) {
            if (needed.get(plan.keys().size() + i)) {
                plan.calls().get(i).argument().ifPresent(argument -> add(argument, columns));
                plan.calls().get(i).filter().ifPresent(filter -> add(filter, columns));
            }
        }
        return List.of(columns);
    }

    @Override
    public List<BitSet> union(LogicalPlan.Union plan) {
        return plan.inputs().stream().map(input -> needed).toList();
    }

    @Override
    public List<BitSet> repeat(Repeat plan) {
        return List.of(and(plan.times()));
    }

    @Override
    public List<BitSet> unnest(Unnest plan) {
        BitSet columns = needed.get(0, plan.input().output().size());
        plan.arrays().forEach(array -> add(array, columns));
        return List.of(columns);
    }

    @Override
    public List<BitSet> sort(LogicalPlan.Sort plan) {
        BitSet columns = (BitSet) needed.clone();
        plan.keys().forEach(key -> columns.set(key.column()));
        return List.of(columns);
    }

    @Override
    public List<BitSet> limit(LogicalPlan.Limit plan) {
        return List.of(needed);
    }

    @Override
    public List<BitSet> over(Over plan) {
        int width = plan.input().output().size();
        BitSet columns = needed.get(0, width);
        plan.partition().forEach(columns::set);
        plan.order().forEach(key -> columns.set(key.column()));
        for (int i = 0; i < plan.calls().size(); i++) {
            if (needed.get(width + i)) {
                plan.calls().get(i).arguments().forEach(argument -> add(argument, columns));
            }
        }
        return List.of(columns);
    }

    @Override
    public List<BitSet> topN(TopN plan) {
        BitSet columns = needed.get(0, plan.input().output().size());
        plan.partition().forEach(columns::set);
        plan.order().forEach(key -> columns.set(key.column()));
        return List.of(columns);
    }
}
