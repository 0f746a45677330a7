package io.leat.compiler.optimize;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.TableSizes;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.Join;
import io.leat.compiler.logical.LogicalPlan.Limit;
import io.leat.compiler.logical.LogicalPlan.Scan;
import io.leat.compiler.logical.LogicalPlan.Sort;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Traits;
import io.leat.compiler.logical.Traits.Changelog;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.connector.SourceTraits.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Joins tables that end in an order of its own: so that no rows are paired that a condition connects by way of others, and, if sizes of
 * tables are known, so that small ones are kept and large ones look into them. It comes behind all rules that move conditions, since
 * these say what connects.
 *
 * <p>What a row is judged by stays: a stream looks tables up, and none looks it up. Where something above goes by the place of rows in
 * their source, nothing is moved.
 */
final class JoinOrder {
    /** Under which it is switched off and explained. */
    static final String NAME = Optimizer.ORDER_JOINS;

    /** A shape has to cost clearly less than the one that is there: guesses are guesses. */
    private static final double WORTHWHILE = 0.9;

    /** So many times as many rows as they may find have to look for partners. */
    private static final double FEW = 2;

    private final TableSizes sizes;
    private final RowEstimates estimates;

    JoinOrder(TableSizes sizes) {
        this.sizes = sizes;
        this.estimates = new RowEstimates(sizes);
    }

    /** Whether plans of a job may be changed: none asks which rows of a table another one refused, which depends on when it is read. */
    static boolean suits(List<LogicalPlan> plans) {
        return plans.stream().noneMatch(JoinOrder::readsRefusedRows);
    }

    private static boolean readsRefusedRows(LogicalPlan plan) {
        if (plan instanceof Scan scan) {
            return scan.table().kind() == Table.Kind.LATE || scan.table().kind() == Table.Kind.REJECTED;
        }
        return plan.inputs().stream().anyMatch(JoinOrder::readsRefusedRows);
    }

    /** The same plan if nothing is to be gained. */
    LogicalPlan order(LogicalPlan plan) {
        return order(plan, false);
    }

    /**
     * @param placed whether something above goes by the place of the plan's rows in their source
     */
    private LogicalPlan order(LogicalPlan plan, boolean placed) {
        LogicalPlan tested = placed ? plan : tested(plan);
        LogicalPlan node =
                placed ? plan : JoinGraph.of(tested).flatMap(this::better).orElse(tested);
        List<LogicalPlan> inputs = new ArrayList<>();
        boolean same = true;
        for (int i = 0; i < node.inputs().size(); i++) {
            LogicalPlan input = node.inputs().get(i);
            LogicalPlan ordered = order(input, goesByPlace(node, i, placed));
            same &= ordered == input;
            inputs.add(ordered);
        }
        return same ? node : node.withInputs(inputs);
    }

    /** With tests on one relation below the joins of several, where few of its rows can pass. */
    private LogicalPlan tested(LogicalPlan plan) {
        if (!(plan instanceof Join test) || !knows(test.right()) || !mayBeKept(test.right())) {
            return plan;
        }
        double partners = estimates.rows(test.right());
        LogicalPlan left = tested(test.left());
        LogicalPlan node = left == test.left() ? test : test.withInputs(List.of(left, test.right()));
        return SemiJoins.pushed(node, rows -> knows(rows) && estimates.rows(rows) > FEW * partners)
                .orElse(node);
    }

    private boolean knows(LogicalPlan plan) {
        return sizes != TableSizes.UNKNOWN && estimates.knows(plan);
    }

    private static boolean goesByPlace(LogicalPlan node, int input, boolean placed) {
        if (node instanceof Over || node instanceof TopN) {
            return true;
        }
        if (node instanceof Aggregate aggregate) {
            return aggregate.calls().stream()
                    .anyMatch(call ->
                            call.argument().filter(Expr.Item.class::isInstance).isPresent());
        }
        if (node instanceof StreamJoin join) {
            return join.time() instanceof JoinTime.AsOf && input == 1;
        }
        if (node instanceof Join) {
            return placed && input == 0;
        }
        return placed && !(node instanceof Sort || node instanceof Limit);
    }

    private Optional<LogicalPlan> better(JoinGraph graph) {
        if (!restMayBeKept(graph)) {
            return Optional.empty();
        }
        return graph.relations().stream().anyMatch(each -> knows(each.plan())) ? cheapest(graph) : connected(graph);
    }

    private static boolean restMayBeKept(JoinGraph graph) {
        int probe = graph.shape().probe();
        for (int i = 0; i < graph.relations().size(); i++) {
            if (i != probe && !mayBeKept(graph.relations().get(i).plan())) {
                return false;
            }
        }
        return true;
    }

    // ---- what may stand where
    // --------------------------------------------------------------------------------------------

    /** Whether rows may be read before others look into them, at any time before. */
    private static boolean mayBeKept(LogicalPlan plan) {
        return plan.traits().end() == End.BOUNDED && !isParticular(plan);
    }

    /** Whether something below can be read once only, or is read again and again. */
    private static boolean isParticular(LogicalPlan plan) {
        if (plan instanceof Scan scan) {
            boolean once = scan.table().source().map(SourceTraits::once).orElse(false);
            return once || scan.refresh() > 0;
        }
        return plan.inputs().stream().anyMatch(JoinOrder::isParticular);
    }

    /** Whether rows may look others up in the place of others: they have no time, and never go away. */
    private static boolean mayProbe(LogicalPlan plan) {
        Traits traits = plan.traits();
        return traits.end() == End.BOUNDED
                && traits.changelog() == Changelog.APPEND
                && traits.eventTime().isEmpty()
                && traits.window().isEmpty()
                && !Plans.comesAndGoes(plan);
    }

    // ---- orders
    // ---------------------------------------------------------------------------------------------------------

    private Optional<LogicalPlan> cheapest(JoinGraph graph) {
        int probe = graph.shape().probe();
        LogicalPlan first = graph.relations().get(probe).plan();
        boolean mayChange = mayProbe(first) && mayBeKept(first);
        JoinSizes sizesOf = new JoinSizes(graph, estimates);
        JoinSearch search = new JoinSearch(
                graph, sizesOf, each -> mayProbe(graph.relations().get(each).plan()), mayChange ? -1 : probe);
        return search.best()
                .filter(shape -> sizesOf.cost(shape) < WORTHWHILE * sizesOf.cost(graph.shape()))
                .map(graph::in);
    }

    /** In the order in which they are written, but for those that nothing connects with what stands in front of them yet. */
    private static Optional<LogicalPlan> connected(JoinGraph graph) {
        int probe = graph.shape().probe();
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < graph.relations().size(); i++) {
            if (i != probe) {
                left.add(i);
            }
        }
        JoinShape shape = new JoinShape.One(probe);
        while (!left.isEmpty()) {
            long set = shape.set();
            Integer next = left.stream()
                    .filter(each -> connects(graph, set, 1L << each))
                    .findFirst()
                    .orElse(left.get(0));
            left.remove(next);
            shape = new JoinShape.Two(shape, new JoinShape.One(next));
        }
        return pairings(graph, shape) < pairings(graph, graph.shape())
                ? Optional.of(graph.in(shape))
                : Optional.empty();
    }

    private static boolean connects(JoinGraph graph, long one, long other) {
        return graph.conditions().stream().anyMatch(each -> each.connects(one, other));
    }

    /** How many joins of a shape pair all rows of both sides. */
    private static int pairings(JoinGraph graph, JoinShape shape) {
        if (!(shape instanceof JoinShape.Two two)) {
            return 0;
        }
        int here = connects(graph, two.rows().set(), two.table().set()) ? 0 : 1;
        return here + pairings(graph, two.rows()) + pairings(graph, two.table());
    }
}
