package io.leat.compiler.optimize;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.ClockFilter;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Repeat;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Unnest;
import io.leat.compiler.logical.WindowCall;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.type.Type.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a node needs of its inputs, given what is needed of the node. One need per column; null for a column nobody needs. */
final class Needs implements LogicalPlan.Visitor<List<Need[]>> {
    private final Need[] needed;

    private Needs(Need[] needed) {
        this.needed = needed;
    }

    static List<Need[]> ofInputs(LogicalPlan node, Need[] needed) {
        return node.accept(new Needs(needed));
    }

    /** All columns, whole. */
    static Need[] all(int columns) {
        Need[] needs = new Need[columns];
        Arrays.setAll(needs, i -> Need.ofWhole());
        return needs;
    }

    @Override
    public List<Need[]> scan(LogicalPlan.Scan plan) {
        return List.of();
    }

    @Override
    public List<Need[]> values(LogicalPlan.Values plan) {
        return List.of();
    }

    @Override
    public List<Need[]> filter(LogicalPlan.Filter plan) {
        Need[] needs = needed.clone();
        collect(plan.condition(), needs);
        return List.<Need[]>of(needs);
    }

    @Override
    public List<Need[]> clockFilter(ClockFilter plan) {
        Need[] needs = needed.clone();
        Plans.expressions(plan).forEach(each -> collect(each, needs));
        return List.<Need[]>of(needs);
    }

    @Override
    public List<Need[]> admission(Admission plan) {
        Need[] needs = needed.clone();
        collect(plan.condition(), needs);
        return List.<Need[]>of(needs);
    }

    @Override
    public List<Need[]> project(LogicalPlan.Project plan) {
        Need[] needs = new Need[plan.input().output().size()];
        for (int i = 0; i < needed.length; i++) {
            if (needed[i] != null) {
                collect(plan.expressions().get(i), needed[i], needs);
            }
        }
        return List.<Need[]>of(needs);
    }

    @Override
    public List<Need[]> join(LogicalPlan.Join plan) {
        int width = plan.left().output().size();
        int columns = width + plan.right().output().size();
        boolean marks = plan.kind() == LogicalPlan.Join.Kind.MARK;
        Need[] both = Arrays.copyOf(marks ? Arrays.copyOf(needed, width) : needed, columns);
        collect(plan.condition(), both);
        return List.of(Arrays.copyOf(both, width), Arrays.copyOfRange(both, width, columns));
    }

    @Override
    public List<Need[]> streamJoin(StreamJoin plan) {
        int width = plan.left().output().size();
        int both = width + plan.right().output().size();
        Need[] ofOutput = plan.kind() == JoinKind.MARK ? Arrays.copyOf(needed, width) : needed;
        Need[] needs = Arrays.copyOf(ofOutput, both);
        collect(plan.condition(), needs);
        if (plan.time() instanceof JoinTime.Interval interval) {
            needs[interval.left().column()] = Need.ofWhole();
            needs[width + interval.right().column()] = Need.ofWhole();
        }
        if (plan.time() instanceof JoinTime.AsOf asOf) {
            needs[asOf.left().column()] = Need.ofWhole();
            needs[width + asOf.right().column()] = Need.ofWhole();
            asOf.ties().forEach(column -> needs[width + column] = Need.ofWhole());
            if (asOf.gone() >= 0) {
                needs[width + asOf.gone()] = Need.ofWhole();
            }
            // Which rows are late is told by the event time, whatever column is compared.
            plan.left().traits().eventTime().ifPresent(column -> needs[column] = Need.ofWhole());
        }
        if (plan.time() instanceof JoinTime.Lookup lookup) {
            lookup.left().forEach(column -> needs[column] = Need.ofWhole());
            lookup.right().forEach(column -> needs[width + column] = Need.ofWhole());
            plan.left().traits().eventTime().ifPresent(column -> needs[column] = Need.ofWhole());
        }
        return List.of(Arrays.copyOf(needs, width), Arrays.copyOfRange(needs, width, both));
    }

    @Override
    public List<Need[]> sessions(Sessions plan) {
        Need[] needs = Arrays.copyOf(needed, plan.input().output().size());
        needs[plan.timeColumn()] = Need.ofWhole();
        plan.keys().forEach(key -> needs[key] = Need.ofWhole());
        return List.<Need[]>of(needs);
    }

    @Override
    public List<Need[]> window(LogicalPlan.Window plan) {
        Need[] needs = Arrays.copyOf(needed, plan.input().output().size());
        needs[plan.timeColumn()] = Need.ofWhole();
        return List.<Need[]>of(needs);
    }

    @Override
    public List<Need[]> aggregate(LogicalPlan.Aggregate plan) {
        Need[] needs = new Need[plan.input().output().size()];
        plan.keys().forEach(key -> needs[key] = Need.ofWhole());
        for (AggregateCall call : keptCalls(plan, needed)) {
            call.argument().ifPresent(argument -> collect(argument, needs));
            call.filter().ifPresent(filter -> collect(filter, needs));
        }
        return List.<Need[]>of(needs);
    }

    /** Groups stay, whatever is needed of them; of the aggregates those that are needed, and one if nothing else would be left. */
    static List<AggregateCall> keptCalls(Aggregate plan, Need[] needed) {
        List<AggregateCall> kept = new ArrayList<>();
        int keys = plan.keys().size();
        for (int i = 0; i < plan.calls().size(); i++) {
            if (needed[keys + i] != null) {
                kept.add(plan.calls().get(i));
            }
        }
        return kept.isEmpty() && keys == 0 && !plan.calls().isEmpty()
                ? List.of(plan.calls().get(0))
                : kept;
    }

    @Override
    public List<Need[]> union(LogicalPlan.Union plan) {
        List<Need[]> inputs = new ArrayList<>();
        for (int i = 0; i < plan.inputs().size(); i++) {
            Need[] needs = new Need[needed.length];
            // Inputs have the same types, so none of them is narrowed.
            Arrays.setAll(needs, column -> needed[column] == null ? null : Need.ofWhole());
            inputs.add(needs);
        }
        return inputs;
    }

    @Override
    public List<Need[]> repeat(Repeat plan) {
        Need[] needs = needed.clone();
        collect(plan.times(), needs);
        return List.<Need[]>of(needs);
    }

    @Override
    public List<Need[]> unnest(Unnest plan) {
        Need[] needs = Arrays.copyOf(needed, plan.input().output().size());
        plan.arrays().forEach(array -> collect(array, needs));
        return List.<Need[]>of(needs);
    }

    @Override
    public List<Need[]> sort(LogicalPlan.Sort plan) {
        Need[] needs = needed.clone();
        for (SortKey key : plan.keys()) {
            needs[key.column()] = Need.ofWhole();
        }
        return List.<Need[]>of(needs);
    }

    @Override
    public List<Need[]> limit(LogicalPlan.Limit plan) {
        return List.<Need[]>of(needed);
    }

    @Override
    public List<Need[]> over(Over plan) {
        Need[] needs = Arrays.copyOf(needed, plan.input().output().size());
        addOrder(plan.partition(), plan.order(), plan.ties(), needs);
        for (WindowCall call : keptCalls(plan, needed)) {
            call.arguments().forEach(argument -> collect(argument, needs));
        }
        return List.<Need[]>of(needs);
    }

    private static void addOrder(List<Integer> partition, List<SortKey> order, List<Integer> ties, Need[] needs) {
        partition.forEach(column -> needs[column] = Need.ofWhole());
        order.forEach(key -> needs[key.column()] = Need.ofWhole());
        ties.forEach(column -> needs[column] = Need.ofWhole());
    }

    /** The calls whose values are needed. */
    static List<WindowCall> keptCalls(Over plan, Need[] needed) {
        int width = plan.input().output().size();
        List<WindowCall> kept = new ArrayList<>();
        for (int i = 0; i < plan.calls().size(); i++) {
            if (needed[width + i] != null) {
                kept.add(plan.calls().get(i));
            }
        }
        return kept;
    }

    @Override
    public List<Need[]> topN(TopN plan) {
        Need[] needs = Arrays.copyOf(needed, plan.input().output().size());
        addOrder(plan.partition(), plan.order(), plan.ties(), needs);
        return List.<Need[]>of(needs);
    }

    // ---- expressions
    // ---------------------------------------------------------------------------------------------------

    /** Adds what an expression needs. */
    static void collect(Expr expression, Need[] into) {
        if (expression instanceof Expr.IsNull test && test.operand().type() instanceof RowType) {
            collect(test.operand(), Need.ofPresence(), into);
            return;
        }
        if (expression instanceof Expr.Column || expression instanceof Expr.FieldAccess) {
            collect(expression, Need.ofWhole(), into);
            return;
        }
        expression.children().forEach(child -> collect(child, into));
    }

    /** Adds what an expression needs of which itself only this much is needed. */
    private static void collect(Expr expression, Need need, Need[] into) {
        List<Integer> path = new ArrayList<>();
        Expr row = expression;
        while (row instanceof Expr.FieldAccess access) {
            path.add(0, access.index());
            row = access.row();
        }
        if (!(row instanceof Expr.Column column)) {
            row.children().forEach(child -> collect(child, into));
            return;
        }
        // Needs are shared between nodes until they grow.
        Need own = Need.ofPresence();
        if (into[column.index()] != null) {
            own.add(into[column.index()]);
        }
        own.at(path).add(need);
        into[column.index()] = own;
    }
}
